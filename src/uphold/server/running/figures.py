"""What /metrics says: requests as they were counted, and what the database says as it is asked.

In the text format of Prometheus. Where several processes serve, they count in files that all read
(`serving` makes a folder for them); what the database says is the same for all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.ledger import services as ledger
from uphold.server.worker import services as worker

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which the library learns where processes count together."""

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's own lack
_counted = CollectorRegistry()
_requests = Counter(
    "uphold_requests",
    "Requests answered, by view, method and status.",
    ("view", "method", "status"),
    registry=_counted,
)
_seconds = Histogram(
    "uphold_request_seconds",
    "Time from a request to its answer.",
    ("view",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_counted,
)
under_way = Gauge(
    "uphold_requests_under_way",
    "Requests that are being answered now.",
    multiprocess_mode="livesum",
    registry=_counted,
)
"""Pages and API alone, as all that is counted here."""


def count_request(view: str, method: str, status: int, nanoseconds: int) -> None:
    """One request more. Methods that nobody has heard of count as one, or names would pile up."""
    _requests.labels(view, method if method in _METHODS else "other", str(status)).inc()
    _seconds.labels(view).observe(nanoseconds / 1_000_000_000)


def text() -> bytes:
    """Every figure, in the text format of Prometheus. Raises what the database raises."""
    asked = CollectorRegistry(auto_describe=False)
    asked.register(_Asked())
    counted = _counted
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # the library's own lack
    return bytes(generate_latest(counted)) + bytes(generate_latest(asked))


class _Asked(Collector):
    """What the database says now."""

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: registering asks the database nothing."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Work that waits, workers that live, and how far each provider's ledger has come."""
        now = clock.now_us()
        waiting, parked, oldest_us = worker.waiting()
        yield _gauge("uphold_due_waiting", "Work that is due and not done.", waiting)
        yield _gauge(
            "uphold_due_parked", "Work that failed too often and waits for a person.", parked
        )
        yield _gauge(
            "uphold_due_oldest_seconds",
            "How long the work that waits longest has been due: how far the workers lag.",
            oldest_us / 1_000_000,
        )
        beat = worker.last_beat_us()
        if beat is not None:
            yield _gauge(
                "uphold_worker_beat_seconds",
                "Time since a worker last said that it lives.",
                (now - beat) / 1_000_000,
            )
        positions = GaugeMetricFamily(
            "uphold_ledger_position",
            "The last fact of each provider's ledger.",
            labels=["provider"],
        )
        for provider in accounts.providers():
            positions.add_metric([provider.key], ledger.position(provider.id))
        yield positions


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)
