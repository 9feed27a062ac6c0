"""Gathering facts into histories, and histories into shapes, a line at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from uphold.agreement.agreement import Agreement
from uphold.engine.bulk.relevance import Relevance, relevance_of
from uphold.engine.bulk.shape import Shape, plan_shape
from uphold.facts.fact import Fact
from uphold.facts.scanning import Row, fact_of
from uphold.facts.shapes import Shape as RowShape
from uphold.facts.table import ORDER

BATCH = 50_000
"""How many things are gathered before they are judged; it bounds the memory."""

_MOST_SHAPES = 20_000
_SHARED = frozenset({"customer", "release", "agreement"})


class OutOfOrderError(ValueError):
    """The facts of a subject do not stand together, sorted by subject."""


class LeansOnOthersError(ValueError):
    """A fact bears on other things than its own: a customer's, a correction."""


@dataclass(slots=True)
class Batch:
    """Some things: their names, their shapes, and the facts that must be judged one by one."""

    subjects: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    single: list[Fact] = field(default_factory=list)


class Gatherer:
    """Gathers the things of one kind into batches."""

    def __init__(self, agreement: Agreement, thing: str, now: int) -> None:
        self.agreement = agreement
        self.prefix = f"{thing}:"
        self.now = now
        self.tokens = Tokens(relevance_of(agreement, thing))
        self.shapes: dict[tuple[int, ...], Shape] = {}
        self.batch = Batch()
        self.rest: list[Fact] = []
        self.facts = 0
        self.things = 0
        self.span: tuple[str, str] | None = None

    def sorted_rows(self, rows: Iterable[Row]) -> Iterator[Batch]:
        """Batches of facts that come sorted by subject; `OutOfOrderError` where they do not."""
        current, gathered = "", list[Row]()
        for row in rows:
            subject = row[0]
            if subject != current:
                if subject < current:
                    raise OutOfOrderError(subject)
                if gathered:
                    self.add(current, gathered)
                    if len(self.batch.subjects) >= BATCH:
                        yield self.take()
                current, gathered = subject, []
            gathered.append(row)
        if gathered:
            self.add(current, gathered)
        yield self.last()

    def grouped(self, groups: Mapping[str, list[Row]]) -> Iterator[Batch]:
        """Batches of things whose facts are already together."""
        for subject in sorted(groups):
            self.add(subject, groups[subject])
            if len(self.batch.subjects) >= BATCH:
                yield self.take()
        yield self.last()

    def last(self) -> Batch:
        """What is left, with all that is not of the kind gathered."""
        batch = self.take()
        batch.single += self.rest
        self.rest = []
        return batch

    def take(self) -> Batch:
        """The batch gathered so far; the next begins empty, its shapes kept planned."""
        batch, self.batch = self.batch, Batch()
        batch.shapes = [shape for shape in self.shapes.values() if shape.subjects]
        if len(self.shapes) > _MOST_SHAPES:
            self.shapes.clear()
        for key, shape in self.shapes.items():
            if shape.subjects:
                self.shapes[key] = Shape(shape.width, shape.cycles, shape.decided, shape.start_rank)
        return batch

    def add(self, subject: str, rows: list[Row]) -> None:
        """Puts a thing with its shape, or aside if it has facts twice or ids that clash."""
        self.facts += len(rows)
        self.things += 1
        self.span = (self.span[0] if self.span else subject), subject
        if not subject.startswith(self.prefix):
            if subject.partition(":")[0] in _SHARED:
                raise LeansOnOthersError(subject)
            self.rest += [fact_of(row) for row in rows]
            return
        numbers = self.tokens.numbers(rows)
        if _strictly_in_order(rows) and rows[-1][2] <= self.now:
            self._shaped(subject, rows, numbers)
        else:
            self._settled(subject, rows)

    def _settled(self, subject: str, rows: list[Row]) -> None:
        """Puts a thing whose facts must be put in order, or told apart, or left for later."""
        rows.sort(key=_order)
        times = [row[2] for row in rows]
        if _may_be_twice(rows, times):
            _refuse_corrections(rows)
            self.batch.single += [fact_of(row) for row in rows]
            return
        if times[-1] > self.now:
            _refuse_corrections(rows)
            rows = [row for row in rows if row[2] <= self.now]
        if rows:
            self._shaped(subject, rows, self.tokens.numbers(rows))

    def _shaped(self, subject: str, rows: list[Row], numbers: list[int]) -> None:
        """Puts a thing whose facts are in order with the others of its shape."""
        times: list[int] = []
        key: list[int] = []
        last = None
        for row, number in zip(rows, numbers, strict=True):
            if number or last is None:
                at = row[2]
                # The sign tells a new instant from one that facts share.
                if at != last:
                    times.append(at)
                    last = at
                    key.append(number)
                else:
                    key.append(-number)
        found = tuple(key)
        shape = self.shapes.get(found)
        if shape is None:
            shape = self.shapes[found] = self._plan(rows, numbers)
        shape.times += times
        shape.subjects.append(len(self.batch.subjects))
        self.batch.subjects.append(subject)

    def _plan(self, rows: list[Row], numbers: list[int]) -> Shape:
        """The shape of a thing whose like was not met before."""
        pairs = list(enumerate(zip(rows, numbers, strict=True)))
        kept = [row for place, (row, number) in pairs if number or place == 0]
        ranks = {at: rank for rank, at in enumerate(dict.fromkeys(row[2] for row in kept))}
        return plan_shape(
            self.agreement, [fact_of(row) for row in kept], [ranks[row[2]] for row in kept]
        )


class Tokens:
    """Numbers for facts that differ in something that matters; 0 for those that do not matter."""

    def __init__(self, relevance: Relevance) -> None:
        self.relevance = relevance
        self.known: dict[object, int] = {}
        self.shapes: list[RowShape] = []
        self.by_shape: dict[int, tuple[str | None, tuple[str, ...], dict[object, int]]] = {}

    def numbers(self, rows: list[Row]) -> list[int]:
        """The number of each row's fact. Raises `LeansOnOthersError` for a correction."""
        by_shape, found = self.by_shape, []
        for row in rows:
            _, _, _, written, _, shape = row
            try:
                name, names, numbers = by_shape[id(shape)]
                if name is not None:
                    found.append(numbers[written[name]])
                elif not names:
                    found.append(numbers[None])
                else:
                    found.append(numbers[tuple([written[name] for name in names])])
            except KeyError:
                found.append(self._number(row))
        return found

    def _number(self, row: Row) -> int:
        """The number worked out in full; what rows of this shape differ by is kept."""
        _, name, _, written, _, shape = row
        if "corrects" in written or "retracts" in written:
            raise LeansOnOthersError(name)
        token = self.relevance.token(name, written)
        number = 0 if token is None else self.known.setdefault(token, len(self.known) + 1)
        relevant = self.relevance.fields | self.relevance.noted
        names = tuple(key for key in written if key in relevant)
        if shape is None or any(isinstance(written[key], list) for key in names):
            return number
        if id(shape) not in self.by_shape:
            self.by_shape[id(shape)] = names[0] if len(names) == 1 else None, names, {}
            # Kept alive, so that its identity stays its own.
            self.shapes.append(shape)
        values = tuple(written[name] for name in names)
        of_shape = self.by_shape[id(shape)][2]
        of_shape[values if len(names) > 1 else values[0] if names else None] = number
        return number


def _refuse_corrections(rows: list[Row]) -> None:
    """Raises `LeansOnOthersError` for a correction, which may act whenever it happened."""
    for row in rows:
        if "corrects" in row[3] or "retracts" in row[3]:
            raise LeansOnOthersError(row[0])


def _may_be_twice(rows: list[Row], times: list[int]) -> bool:
    """Whether two facts bear one id, or only their ids can tell them apart or settle the order."""
    given = [row[3]["id"] for row in rows if "id" in row[3]]
    if len(set(given)) < len(given):
        return True
    return len(set(times)) < len(times) and any(
        _order(before) == _order(after) for before, after in pairwise(rows)
    )


def _strictly_in_order(rows: list[Row]) -> bool:
    """Whether each row is behind the one before by its time or `seq`, and no id is given twice.

    Then no two are one fact, and neither ids nor types are needed to order them.
    """
    last = None
    before: dict[str, object] = {}
    for row in rows:
        at = row[2]
        if last is not None and at <= last and (at < last or _seq(row[3]) <= _seq(before)):
            return False
        last, before = at, row[3]
    ids = [row[3].get("id") for row in rows]
    distinct = set(ids)
    if len(distinct) == len(ids):
        return True
    return len(distinct) == len(ids) - ids.count(None) + 1 and None in distinct


def _order(row: Row) -> tuple[int, int, int]:
    return row[2], _seq(row[3]), ORDER[row[1]]


def _seq(written: dict[str, object]) -> int:
    seq = written.get("seq", 0)
    assert isinstance(seq, int)
    return seq
