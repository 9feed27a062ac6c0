"""Deadlines in working time, one at a time and ten million at once, beside others.

Each contestant gets the same random questions (start and amount, in random order) on the
same calendar, in one run on one machine; answers are compared for equality with ours. The
calendar is that of an office in Oslo, 08:00-12:00 and 13:00-16:00, Monday to Friday, with
a list of holidays; where a library knows neither breaks nor holidays quickly, a plain
08:00-16:00 week stands beside it. Figures are the best of several rounds.

    python benchmarks/deadlines.py [--items 10000000] [--json FILE]
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from uphold.worktime import Calendar, CompiledCalendar

if TYPE_CHECKING:
    import workclock

OSLO = ZoneInfo("Europe/Oslo")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = date(2024, 1, 1), date(2031, 12, 31)
MOST = 40 * 3_600_000_000
# Peers are asked for millions in pieces: they turn arrays into lists of Python integers.
PIECE = 1_000_000
ROUNDS = 5
TO_REACH = {"one at a time": 2.5, "in bulk": 60}

Add = Callable[[datetime, timedelta], datetime]
AddMany = Callable[[np.ndarray, np.ndarray], np.ndarray]
Arrays = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Office:
    """A week of Monday to Friday with or without a break, and some holidays."""

    title: str
    shifts: tuple[tuple[int, int], ...]
    holidays: tuple[date, ...]

    @property
    def calendar(self) -> Calendar:
        hours = ", ".join(f"{begin:02}:00-{end:02}:00" for begin, end in self.shifts)
        return Calendar("Europe/Oslo", {"mon-fri": hours}, holidays=self.holidays or None)


@dataclass(frozen=True)
class Result:
    """What one contestant reached."""

    kind: str
    office: str
    name: str
    items: int
    per_second: float
    equal: bool
    ratio: float = 0.0


def norwegian_holidays() -> tuple[date, ...]:
    table = Calendar("Europe/Oslo", {}, holidays="NO").compiled(LAST, since=FIRST)
    return tuple(date.fromisoformat(day) for day in table.to_json()["rule"]["holidays"])


def questions(items: int, seed: int) -> Arrays:
    """Starts and amounts in microseconds; amounts are never zero."""
    random = np.random.default_rng(seed)
    first, last = (int(datetime(y, 6, 1, tzinfo=UTC).timestamp()) for y in (2024, 2031))
    starts = random.integers(first * 10**6, last * 10**6, items)
    return starts, random.integers(1, MOST, items)


# The contestants: each turns an office into a function from start and amount to due time.


def ours(office: Office) -> Add:
    return office.calendar.add


def workclock_schedule(office: Office) -> "workclock.Schedule":
    import workclock

    (begin, _), (_, end) = office.shifts[0], office.shifts[-1]
    rules: list[workclock.WorkDay | workclock.Break | workclock.Holidays] = [
        workclock.WorkDay(clock(begin), clock(end))
    ]
    for (_, pause), (again, _) in zip(office.shifts, office.shifts[1:], strict=False):
        rules.append(workclock.Break(clock(pause), clock(again)))
    if office.holidays:
        rules.append(workclock.Holidays(office.holidays))
    return workclock.Schedule(rules, time_zone="Europe/Oslo")


def with_workclock(office: Office) -> Add:
    return workclock_schedule(office).add


def with_businesstimedelta(office: Office) -> Add | None:
    import businesstimedelta
    import pytz

    if len(office.shifts) > 1 or office.holidays:
        return None
    ((begin, end),) = office.shifts
    zone = pytz.timezone("Europe/Oslo")
    rule = businesstimedelta.WorkDayRule(clock(begin), clock(end), [0, 1, 2, 3, 4], tz=zone)
    return lambda start, amount: start + businesstimedelta.BusinessTimeDelta(rule, timedelta=amount)


def with_bizcal(office: Office) -> Add:
    from django_bizcal import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider

    windows = [(f"{begin:02}:00", f"{end:02}:00") for begin, end in office.shifts]
    calendar = WorkingCalendar(
        tz="Europe/Oslo",
        weekly_schedule=dict.fromkeys(range(5), windows),
        holiday_provider=SetHolidayProvider(office.holidays),
    )
    add: Add = calendar.add_business_time
    return add


CONTESTANTS: dict[str, tuple[Callable[[Office], Add | None], int]] = {
    "uphold": (ours, 50_000),
    "workclock": (with_workclock, 50_000),
    "businesstimedelta": (with_businesstimedelta, 2_000),
    "django_bizcal": (with_bizcal, 1_000),
}


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """The shortest wall time of several rounds, in seconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def contestants(office: Office) -> dict[str, tuple[Add, int]]:
    """Those installed that can tell this office's hours, and how many items each is asked."""
    able = {}
    for name, (make, items) in CONTESTANTS.items():
        if find_spec(name) is None:
            print(f"{name} is not installed and is left out (make bench installs it)")
        elif (add := make(office)) is not None:
            able[name] = (add, items)
    return able


def one_at_a_time(office: Office) -> Iterator[Result]:
    """Processor time, the contestants in turn, so that other work on the machine matters less."""
    starts, amounts = questions(max(items for _, items in CONTESTANTS.values()), 1)
    moments = [(EPOCH + timedelta(microseconds=s)).astimezone(OSLO) for s in starts.tolist()]
    lengths = [timedelta(microseconds=a) for a in amounts.tolist()]
    able = contestants(office)
    pairs = list(zip(moments, lengths, strict=True))
    answers = {n: [add(m, a) for m, a in pairs[:items]] for n, (add, items) in able.items()}
    taken: dict[str, list[float]] = {name: [] for name in able}
    for _ in range(ROUNDS):
        for name, (add, items) in able.items():
            asked = pairs[:items]
            started = time.process_time()
            for moment, length in asked:
                add(moment, length)
            taken[name].append(time.process_time() - started)
    for name, (_, items) in able.items():
        equal = all(a == b for a, b in zip(answers[name], answers["uphold"], strict=False))
        rate = items / min(taken[name])
        yield Result("one at a time", office.title, name, items, rate, equal)


def searchsorted(table: CompiledCalendar) -> AddMany:
    """The plain numpy way, over the same spans: two binary searches."""
    spans = np.array(table.spans_us(table.since_us, table.until_us))
    begins, ends = spans[:, 0].copy(), spans[:, 1].copy()
    worked = np.concatenate([[0], np.cumsum(ends - begins)])

    def add(starts: np.ndarray, amounts: np.ndarray) -> np.ndarray:
        index = np.searchsorted(begins, starts, side="right") - 1
        done = worked[index] + np.minimum(starts, ends[index]) - begins[index]
        target = done + amounts
        last = np.searchsorted(worked, target, side="left") - 1
        due: np.ndarray = begins[last] + target - worked[last]
        return due

    return add


def in_pieces(add: AddMany, starts: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    cuts = [slice(at, at + PIECE) for at in range(0, len(starts), PIECE)]
    return np.concatenate([add(starts[cut], amounts[cut]) for cut in cuts])


def in_bulk(office: Office, items: int) -> Iterator[Result]:
    starts, amounts = questions(items, 2)
    moments, lengths = starts.view("M8[us]"), amounts.view("m8[us]")
    calendar = office.calendar
    answers = calendar.add_many(moments, lengths).view(np.int64)
    taken = best_of(5, lambda: calendar.add_many(moments, lengths))
    yield Result("in bulk", office.title, "uphold", items, items / taken, True)

    schedule = workclock_schedule(office)
    started = time.perf_counter()
    theirs = in_pieces(schedule.add_many, moments, lengths).view(np.int64)
    taken = time.perf_counter() - started
    equal = bool((theirs == answers).all())
    yield Result("in bulk", office.title, "workclock", items, items / taken, equal)

    plain = searchsorted(calendar.compiled(LAST, since=FIRST))
    equal = bool((in_pieces(plain, starts, amounts) == answers).all())
    taken = best_of(2, lambda: in_pieces(plain, starts, amounts))
    yield Result("in bulk", office.title, "numpy searchsorted", items, items / taken, equal)


def with_ratios(results: list[Result]) -> list[Result]:
    """How many times as fast we are as each, of the same kind and office."""
    speed = {(r.kind, r.office): r.per_second for r in results if r.name == "uphold"}
    return [
        Result(**{**asdict(r), "ratio": speed[r.kind, r.office] / r.per_second}) for r in results
    ]


def table(results: list[Result]) -> str:
    lines = [f"{'':14} {'calendar':28} {'':20} {'a second':>13} {'ours is':>9}  same answers"]
    for r in results:
        ratio = "" if r.name == "uphold" else f"{r.ratio:.1f} x"
        verdict = "yes" if r.equal else "NO"
        lines.append(
            f"{r.kind:14} {r.office:28} {r.name:20} {r.per_second:13,.0f} {ratio:>9}  {verdict}"
            f" ({r.items:,})"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000_000, help="deadlines in bulk")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    offices = (
        Office("08-16", ((8, 16),), ()),
        Office("08-12, 13-16, holidays", ((8, 12), (13, 16)), norwegian_holidays()),
    )
    results: list[Result] = []
    for office in offices:
        results += one_at_a_time(office)
    for office in offices:
        results += in_bulk(office, options.items)
    results = with_ratios(results)
    print(table(results))
    against = [r for r in results if r.name == "workclock"]
    reached = all(r.ratio >= TO_REACH[r.kind] for r in against)
    for kind, goal in TO_REACH.items():
        ratios = ", ".join(f"{r.ratio:.1f}" for r in against if r.kind == kind)
        print(f"{kind}: {ratios} times workclock; to reach: {goal}")
    if options.json:
        machine = {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "cores": os.cpu_count(),
            "processor": platform.machine(),
        }
        figures = {"machine": machine, "results": [asdict(r) for r in results]}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if reached and all(r.equal for r in results) else 1


if __name__ == "__main__":
    sys.exit(main())
