"""A real Prometheus and blackbox_exporter, probing a site that really fails (`make test-long`).

What the site itself answered, request by request, is the truth that the looks are held to.
"""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby, pairwise
from pathlib import Path

import httpx
import pytest

from uphold.connect.adapter import SourceError
from uphold.connect.prometheus import Options, looks
from uphold.facts.evidence import Run

PROGRAMS = ("prometheus", "prometheus-blackbox-exporter")
INTERVAL = timedelta(milliseconds=250)
PATIENCE = 30

pytestmark = pytest.mark.long

MODULES = "modules: {http_2xx: {prober: http, timeout: 1s, http: {preferred_ip_protocol: ip4}}}\n"
SCRAPING = """
global: {{scrape_interval: 250ms, scrape_timeout: 200ms}}
scrape_configs:
- job_name: blackbox
  metrics_path: /probe
  params: {{module: [http_2xx]}}
  static_configs: [{{targets: ['{site}']}}]
  relabel_configs:
  - {{source_labels: [__address__], target_label: __param_target}}
  - {{source_labels: [__param_target], target_label: instance}}
  - {{target_label: __address__, replacement: '{exporter}'}}
"""


@dataclass(slots=True)
class Site:
    """A site that answers as it is told, and remembers what it answered."""

    address: str = ""
    status: int = 200
    answered: list[int] = field(default_factory=list)


@dataclass(slots=True)
class System:
    """A site, and the programs that watch it."""

    site: Site
    folder: Path
    exporter: str
    prometheus: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where Prometheus answers."""
        return f"http://{self.prometheus}"

    def start(self, program: str) -> None:
        """Starts a program and waits until it answers."""
        told = {
            "prometheus": [
                f"--config.file={self.folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={self.folder / 'data'}",
                f"--web.listen-address={self.prometheus}",
            ],
            "prometheus-blackbox-exporter": [
                f"--config.file={self.folder / 'blackbox.yml'}",
                f"--web.listen-address={self.exporter}",
            ],
        }[program]
        with (self.folder / f"{program}.log").open("ab") as log:
            self.running[program] = subprocess.Popen([program, *told], stdout=log, stderr=log)
        ready = f"{self.address}/-/ready" if program == "prometheus" else f"http://{self.exporter}"
        until(lambda: answers(ready))

    def stop(self, program: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends a program."""
        process = self.running.pop(program)
        process.send_signal(how)
        process.wait(PATIENCE)

    def seen(self, options: Options | None = None) -> list[Run]:
        """All looks of the last minutes, in the order of time."""
        now = datetime.now(UTC)
        window = now - timedelta(minutes=5), now + timedelta(seconds=1)
        asked = options or Options(interval=INTERVAL)
        return sorted(looks(self.address, *window, asked, {}).runs, key=lambda run: run.first)


def until(true: Callable[[], bool]) -> None:
    """Waits for something to become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def answers(address: str) -> bool:
    """Whether something answers well."""
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


def free() -> str:
    """An address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{found.getsockname()[1]}"


@contextmanager
def serving() -> Iterator[Site]:
    """The site, until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.answered.append(site.status)
            self.send_response(site.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """Everything running, with a site that answers."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        # The Debian packages bear the programs' own names: `apt-get install` takes these words.
        pytest.skip(f"system part missing: {' '.join(missing)}")
    with serving() as site:
        found = System(site, tmp_path, free(), free())
        scraping = SCRAPING.format(site=site.address, exporter=found.exporter)
        (tmp_path / "prometheus.yml").write_text(scraping, encoding="utf-8")
        (tmp_path / "blackbox.yml").write_text(MODULES, encoding="utf-8")
        try:
            for program in reversed(PROGRAMS):
                found.start(program)
            yield found
        finally:
            for program in tuple(found.running):
                found.stop(program)


def answer(system: System, status: int) -> None:
    """Lets the site answer so until a few more looks have seen it."""
    before = len(system.site.answered)
    system.site.status = status
    until(lambda: len(system.site.answered) >= before + 8)


def test_looks_are_what_the_site_answered(system: System) -> None:
    for status in (200, 503, 200):
        answer(system, status)
    system.stop("prometheus-blackbox-exporter")
    truth = ["up" if status == 200 else "down" for status in system.site.answered]
    seen = system.seen()
    # The last probe may have been answered when its scrape was already cut off.
    assert [run.state for run in seen] == truth[: len(seen)]
    assert len(truth) - len(seen) <= 1
    assert {(run.source, run.check) for run in seen} == {("blackbox", system.site.address)}
    assert [state for state, _ in groupby(run.state for run in seen)] == ["up", "down", "up"]
    short = system.seen(Options(interval=timedelta(milliseconds=1)))  # asked in parts of 11 seconds
    assert [(run.first, run.state) for run in short] == [(run.first, run.state) for run in seen]


def test_silence_is_seen_in_samples_and_hidden_in_steps(system: System) -> None:
    answer(system, 200)
    system.stop("prometheus", signal.SIGKILL)  # an orderly end would mark the series as stale
    blind = time.monotonic() + 3
    until(lambda: time.monotonic() > blind)
    system.start("prometheus")
    answer(system, 200)
    assert longest_gap(system.seen()) >= timedelta(seconds=3)
    steps = system.seen(Options(step=INTERVAL))
    assert longest_gap(steps) in {INTERVAL, longest_gap(system.seen())}  # newer servers heed us


def longest_gap(runs: list[Run]) -> timedelta:
    """The longest time without a look."""
    times = [run.first for run in runs]
    gaps = (later - one for one, later in pairwise(times))
    return timedelta(microseconds=max(gaps))


def test_a_real_refusal_is_told_with_its_words(system: System) -> None:
    with pytest.raises(SourceError, match="method=range"):
        system.seen(Options(query="avg(probe_success)"))
    with pytest.raises(SourceError, match="parse error"):
        system.seen(Options(query="probe_success{"))
    answer(system, 200)
    mean = Options("avg(probe_success)", step=INTERVAL, check="site", source="mean")
    assert {run.state for run in system.seen(mean)} == {"up"}
