"""Agreements that the kernel can measure, the checks and the facts they are measured with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from tests.batch.oracle import STATES, Look
from tests.engine.measure.figures.watch import MINUTE, SECOND, us
from tests.engine.pages import fact, page

from uphold.agreement import Agreement, load_agreement
from uphold.facts import Fact
from uphold.facts.times import to_datetime

AGREEMENTS = Path(__file__).parents[2] / "agreements"
SHIPPED = {
    "connexys.md": ("complete-service", "server-activity"),
    "lifesize.md": ("cloud-service",),
    "examples/caps.md": ("gateway", "gateway-check"),
    "examples/claims.md": ("gateway", "gateway-check"),
    "examples/days-of-service.md": ("gateway", "gateway-check"),
    "examples/fixed-days.md": ("gateway", "gateway-check"),
    "examples/per-hour.md": ("gateway", "gateway-check"),
    "examples/termination.md": ("gateway", "gateway-check"),
    "examples/tiers.md": ("storage", "read-and-write"),
}
"""Shipped agreements that the kernel can measure, with names that are each the whole service."""

EDGE = us("2026-11-01")
"""A month ends here in Oslo, and an hour later in the other agreements' zones."""

STEP = 20 * SECOND
_WINDOWS = ("calendar month", "calendar quarter", "12 months", "30 calendar days", "contract year")
_EVIDENCE = (
    ("{checks: every 1 minute}", "checks"),
    ("{checks: every 1 minute, logs: component logs}", "checks, or logs"),
    ("{checks: every 40 seconds, reports: customer reports}", "checks"),
)
_FRAMES = (
    "component log if there is one, else overlap",
    "union",
    "first failed to next good check",
)


@cache
def shipped(name: str) -> Agreement:
    """An agreement as it is shipped."""
    return load_agreement(AGREEMENTS / name)


def read(promise: str) -> Agreement:
    """The agreement of a shipped file's name, or of a page."""
    return shipped(promise) if promise in SHIPPED else load_agreement(("sample.md", promise))


@st.composite
def promises(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A shipped file or a page, and what its evidence bears: foreign names, or one of its own."""
    name = draw(st.sampled_from([*sorted(SHIPPED), *[""] * len(SHIPPED)]))
    own = SHIPPED.get(name, ("web", "inner", "front"))
    names = draw(st.sampled_from([("north", "south"), *((each,) for each in own)]))
    return name or draw(pages), names


@st.composite
def _terms(draw: st.DrawFn) -> str:
    """An availability term with any choice that the kernel can express."""
    said = {
        "window": draw(st.sampled_from(_WINDOWS)),
        "target": f"at least {draw(st.sampled_from(['50', '99.9', '99.995']))} %",
        "unknown": draw(st.sampled_from(["excluded", "counts as up", "counts as down"])),
        "late notice": draw(st.sampled_from(["excluded all the same", "not excluded"])),
        "counts": draw(st.sampled_from(["all outages", "outages of at least 2 minutes"])),
        "figure": f"cut off after {draw(st.integers(0, 5))} decimals",
        "zone": draw(st.sampled_from(["Europe/Oslo", "Etc/UTC"])),
        "per": draw(st.sampled_from(["account", "service"])),
    }
    if draw(st.booleans()):
        said["least coverage"] = draw(st.sampled_from(["1 %", "0.02 %"]))
    return (
        "availability: uptime\nof: web\n"
        "excludes: [planned maintenance, emergency maintenance, cause third-party]\n"
        + "".join(f"{name}: {value}\n" for name, value in said.items())
    )


@st.composite
def _evidence(draw: st.DrawFn) -> str:
    """An evidence term by which checks settle an outage."""
    sources, agreed = draw(st.sampled_from(_EVIDENCE))
    silent = draw(st.sampled_from(["", "silent after: 3 minutes\n"]))
    return (
        f"evidence: looks\nof: {draw(st.sampled_from(['web', 'inner', 'front']))}\n"
        f"sources: {sources}\nagreed when: {agreed}\n{silent}"
        f"frame: {draw(st.sampled_from(_FRAMES))}\n"
        f"degraded: {draw(st.sampled_from(['up', 'down']))}\n"
    )


pages = st.builds(
    lambda row, evidence, term, posted: page(
        "service: web\nparts: [inner]\ndown when: all parts are down\n",
        "service: inner\nparts: [front]\ndown when: any part is down\n",
        f"indicator: front\nof: inner\ndown when: {row}\n",
        evidence,
        term,
        "notice: ahead\nof: maintenance\nannounced: at least 2 calendar days before planned start\n"
        "to: [customers]\n",
        posted=posted,
    ),
    st.sampled_from(["1 check fails", "2 checks in a row fail"]),
    _evidence(),
    _terms(),
    # Long before the looks, within their month, and among them.
    st.sampled_from(
        ["2026-01-01T00:00:00+01:00", "2026-10-20T10:00:00+02:00", "2026-10-31T23:50:00+01:00"]
    ),
)


def looks(names: tuple[str, ...]) -> st.SearchStrategy[list[Look]]:
    """Looks around the end of a month: any state, any order, with silences and doubles."""
    each = st.builds(
        Look,
        check=st.sampled_from(names),
        at=st.integers(-90, 90).map(lambda step: EDGE + step * STEP),
        state=st.sampled_from(STATES),
        source=st.just("prober"),
        interval=st.none() | st.sampled_from([STEP, 2 * STEP]),
    )
    return st.lists(each, min_size=1, max_size=50)


@st.composite
def works(draw: st.DrawFn, names: tuple[str, ...]) -> list[Fact]:
    """Maintenance of any kind, for any name or for all, told in time or late, over-run or not."""
    found: list[Fact] = []
    for number in range(draw(st.integers(0, 3))):
        subject = f"maintenance:{number}"
        start = EDGE + draw(st.integers(-60, 60)) * MINUTE // 2
        end = start + draw(st.integers(1, 30)) * MINUTE // 2
        plan = {"start": to_datetime(start).isoformat(), "end": to_datetime(end).isoformat()}
        scope = draw(st.sampled_from([None, None, "web", "front", "another", *names]))
        told = draw(st.sampled_from(["2026-10-01 12:00", "2026-10-31 12:00"]))
        more = {"services": [scope]} if scope else {}
        kind = draw(st.sampled_from(["planned", "emergency", "requested"]))
        accounts = {"accounts": ["acme-1"]} if draw(st.integers(0, 4)) == 0 else {}
        late = draw(st.integers(-4, 4)) * MINUTE
        found += [
            fact("maintenance.planned", told, subject, kind=kind, **plan, **more, **accounts),
            fact("maintenance.announced", told, subject, to=["customers"]),
            fact("maintenance.started", to_datetime(start), subject),
            fact("maintenance.ended", to_datetime(max(start, end + late)), subject),
        ]
    return found
