"""A slow judge of outages: second by second, written from the words of docs/language/measuring.md.

It knows nothing of the engine. Time is whole seconds from 0 to `END`; a cell is the second from
one instant to the next. Sources look at the parts `a` and `b` of one service.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

END = 90
CELLS = range(END)
KINDS = ("checks", "logs", "reports")
INTERVAL, ALLOWED = 3, 8
"""How long each look speaks for itself, and how long a pause may be, in seconds."""

Looks = dict[int, str]
"""What one source saw, by second: up, down or unknown."""


@dataclass(frozen=True)
class Case:
    """What was seen by (kind, source, part), what was reported and judged, and the rule."""

    looks: dict[tuple[str, str, str], Looks]
    reports: tuple[tuple[str | None, int, int], ...] = ()
    judged: tuple[int, int, bool] | None = None
    agreed: tuple[tuple[tuple[str, int], ...], ...] = ()
    frames: tuple[str, ...] = ("union",)
    row: int = 1
    every_part: bool = False


@dataclass(frozen=True)
class Found:
    """An outage: its time, and the least and the most of it; whether it counts."""

    span: tuple[int, int]
    least: tuple[int, int]
    most: tuple[int, int]
    counted: bool = True


@dataclass
class Told:
    """What the oracle says."""

    outages: list[Found] = field(default_factory=list)
    questions: list[tuple[int, int]] = field(default_factory=list)
    known: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Edge:
    """A failed look, with the good look before and behind it as far as its source kept looking."""

    at: int
    behind: int
    ahead: int


@dataclass(frozen=True)
class Seen:
    """What one source shows of one part: its cells of each sort, and its failed looks."""

    known: frozenset[int]
    down: frozenset[int]
    edges: tuple[Edge, ...]


def source(looks: Looks, row: int) -> Seen:
    """Walks through one source's looks, second by second."""
    seen = _rows({at: state for at, state in looks.items() if at <= END}, row)
    times = sorted(seen)
    known, down = set(), set()
    for cell in CELLS:
        before = [at for at in times if at <= cell]
        if not before:
            continue
        last = before[-1]
        speaks = next((at for at in times if at > last and at - last <= ALLOWED), last + INTERVAL)
        if cell < speaks and seen[last] != "unknown":
            known.add(cell)
            if seen[last] == "down":
                down.add(cell)
    edges = tuple(
        Edge(at, _walk(seen, times, at, -1), _walk(seen, times, at, 1))
        for at in times
        if seen[at] == "down"
    )
    return Seen(frozenset(known), frozenset(down), edges)


def _rows(looks: Looks, row: int) -> Looks:
    """Failed looks that are fewer in a row than the rule asks for count as up."""
    seen = dict(looks)
    known = [at for at in sorted(looks) if looks[at] != "unknown"]
    for at in known:
        place = known.index(at)
        first = last = place
        while first > 0 and looks[known[first - 1]] == "down":
            first -= 1
        while last + 1 < len(known) and looks[known[last + 1]] == "down":
            last += 1
        if looks[at] == "down" and last - first + 1 < row:
            seen[at] = "up"
    return seen


def _walk(seen: Looks, times: Sequence[int], at: int, step: int) -> int:
    """The good look on one side of a failed one, else where the source stops speaking."""
    place = times.index(at)
    while True:
        beside = place + step
        if not 0 <= beside < len(times) or abs(times[beside] - times[place]) > ALLOWED:
            return times[place] if step < 0 else min(times[place] + INTERVAL, END)
        place = beside
        if seen[times[place]] == "up":
            return times[place]


def stretches(cells: Iterable[int]) -> list[tuple[int, int]]:
    """Cells that lie side by side, as spans."""
    found: list[tuple[int, int]] = []
    for cell in sorted(cells):
        if found and found[-1][1] == cell:
            found[-1] = found[-1][0], cell + 1
        else:
            found.append((cell, cell + 1))
    return found


def inside(cells: Iterable[int], span: tuple[int, int]) -> set[int]:
    """The cells within a span."""
    return {cell for cell in cells if span[0] <= cell < span[1]}


class Judge:
    """Works out one case for a service that is down when any part is (or all are).

    What a kind shows of a part is worked out once and kept.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.seen = {
            name: source(looks, case.row if name[0] == "checks" else 1)
            for name, looks in case.looks.items()
        }
        self.parts: dict[tuple[str, str, int], set[int]] = {}

    def down(self, kind: str, places: int = 1) -> set[int]:
        """When a kind of evidence from so many places shows the service down."""
        if kind == "reports":
            return {cell for _, start, end in self.case.reports for cell in range(start, end)}
        a, b = (self._part(part, kind, places) for part in "ab")
        if not self.case.every_part:
            return a | b
        return {
            cell for cell in a | b if self._also("a", kind, cell) and self._also("b", kind, cell)
        }

    def _also(self, part: str, kind: str, cell: int) -> bool:
        """Whether a part is down by a kind; where the kind is silent about it, by any other."""
        mine = [seen for (k, _, p), seen in self.seen.items() if (k, p) == (kind, part)]
        if any(cell in seen.known for seen in mine):
            return any(cell in seen.down for seen in mine)
        return self._state(part, cell) == "down"

    def _part(self, part: str, kind: str, places: int) -> set[int]:
        if (part, kind, places) not in self.parts:
            self.parts[part, kind, places] = self._shown(part, kind, places)
        return self.parts[part, kind, places]

    def _shown(self, part: str, kind: str, places: int) -> set[int]:
        shown = [seen.down for (k, _, p), seen in self.seen.items() if (k, p) == (kind, part)]
        anyone = {cell for cells in shown for cell in cells}
        return {
            cell
            for span in stretches(anyone)
            if any(sum(cell in cells for cells in shown) >= places for cell in range(*span))
            for cell in range(*span)
        }

    def known(self) -> set[int]:
        """When it is known whether the service is down by any source."""
        found = set()
        for cell in CELLS:
            states = [self._state(part, cell) for part in ("a", "b")]
            one, both = ("up", "down") if self.case.every_part else ("down", "up")
            if one in states or states == [both, both]:
                found.add(cell)
        return found

    def _state(self, part: str, cell: int) -> str:
        mine = [seen for (_, _, p), seen in self.seen.items() if p == part]
        if any(cell in seen.down for seen in mine):
            return "down"
        return "up" if any(cell in seen.known for seen in mine) else "unknown"

    def told(self) -> Told:
        """Everything: outages in order, questions, and the known cells."""
        told = Told(known=self.known())
        every = {cell for kind in KINDS for cell in self.down(kind)}
        judged = self.case.judged
        for group in stretches(every):
            if judged and group[0] <= judged[1] and group[1] >= judged[0]:
                continue
            sets = [each for each in self.case.agreed if self._present(each, group)]
            if not sets:
                told.questions.append(group)
                told.known -= set(range(*group))
                continue
            told.outages += [self._outage(span, kinds) for span, kinds in self._frame(group, sets)]
        if judged:
            told.outages.append(Found(judged[:2], judged[:2], judged[:2], judged[2]))
        told.outages.sort(key=lambda each: each.span)
        for outage in told.outages:
            told.known |= set(range(*outage.span))
        return told

    def _present(self, wanted: Sequence[tuple[str, int]], group: tuple[int, int]) -> bool:
        return all(inside(self.down(*each), group) for each in wanted)

    def _frame(
        self, group: tuple[int, int], sets: Sequence[Sequence[tuple[str, int]]]
    ) -> list[tuple[tuple[int, int], list[tuple[str, int]]]]:
        for frame in (*self.case.frames, "union"):
            if frame == "component log":
                kinds, cells = [("logs", 1)], self.down("logs")
            elif frame == "first failed to next good check":
                kinds, cells = [("checks", 1)], self.down("checks")
            else:
                kinds = [each for wanted in sets for each in wanted]
                cells = {cell for each in kinds for cell in self.down(*each)}
            spans = stretches(inside(cells, group))
            if spans:
                return [(span, kinds) for span in spans]
        raise AssertionError(group)

    def _outage(self, span: tuple[int, int], kinds: Sequence[tuple[str, int]]) -> Found:
        """The least goes from first to last failed look, the most from good to good look."""
        names = {kind for kind, _ in kinds}
        edges = [
            edge
            for (kind, _, part), seen in self.seen.items()
            for edge in seen.edges
            if span[0] <= edge.at < span[1]
            if any(edge.at in self._part(part, *each) for each in kinds if each[0] == kind)
        ]
        told = [
            (start, end)
            for _, start, end in self.case.reports
            if "reports" in names and span[0] <= start < span[1]
        ]
        first = min([edge.at for edge in edges] + [start for start, _ in told])
        last = max([edge.at for edge in edges] + [end for _, end in told])
        start = min([edge.behind for edge in edges] + [start for start, _ in told])
        end = max([edge.ahead for edge in edges] + [end for _, end in told])
        return Found(span, (first, last), (start, end))
