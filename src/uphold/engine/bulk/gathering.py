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
from uphold.facts.table import ORDER

BATCH = 50_000
"""How many things are gathered before they are judged; it bounds the memory."""

_MOST_SHAPES = 20_000
Line = tuple[int, int, int, str, dict[str, object], int]
"""at, seq, the type's place in the table, type, the JSON object, and its line in the file."""


_SHARED = frozenset({"customer", "release", "agreement"})


class OutOfOrderError(ValueError):
    """The facts of a subject do not stand together, sorted by subject."""


class LeansOnOthersError(ValueError):
    """A fact bears on other things than its own: a customer's, a correction."""


def line_of(name: str, at_us: int, written: dict[str, object], number: int) -> Line:
    """A scanned row as what a history is sorted by. Raises `LeansOnOthersError`."""
    if "corrects" in written or "retracts" in written:
        raise LeansOnOthersError(name)
    seq = written.get("seq", 0)
    assert isinstance(seq, int)
    return at_us, seq, ORDER[name], name, written, number


@dataclass(slots=True)
class Batch:
    """Some things: their names, their shapes, and those that must be judged one by one."""

    subjects: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    single: list[Fact] = field(default_factory=list)


class Gatherer:
    """Gathers the things of one kind into batches."""

    def __init__(self, agreement: Agreement, thing: str, now: int) -> None:
        self.agreement = agreement
        self.prefix = f"{thing}:"
        self.now = now
        self.relevance: Relevance = relevance_of(agreement, thing)
        self.shapes: dict[object, Shape] = {}
        self.tokens: dict[object, int] = {}
        self.batch = Batch()
        self.rest: list[Fact] = []

    def sorted_rows(self, rows: Iterable[Row]) -> Iterator[Batch]:
        """Batches of facts that come sorted by subject; `OutOfOrderError` where they do not."""
        current, lines = "", list[Line]()
        for subject, name, at_us, written, number in rows:
            if subject != current:
                if subject < current:
                    raise OutOfOrderError(subject)
                if lines:
                    self.add(current, lines)
                    if len(self.batch.subjects) >= BATCH:
                        yield self.take()
                current, lines = subject, []
            lines.append(line_of(name, at_us, written, number))
        if lines:
            self.add(current, lines)
        yield self.last()

    def grouped(self, groups: Mapping[str, list[Line]]) -> Iterator[Batch]:
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
        for key, shape in self.shapes.items():
            if shape.subjects:
                self.shapes[key] = Shape(shape.width, shape.cycles, shape.decided, shape.start_rank)
        if len(self.shapes) > _MOST_SHAPES:
            self.shapes.clear()
        return batch

    def add(self, subject: str, lines: list[Line]) -> None:
        """Puts a thing with its shape, or aside if it has facts twice or ids that clash."""
        if not subject.startswith(self.prefix):
            if subject.partition(":")[0] in _SHARED:
                raise LeansOnOthersError(subject)
            self.rest += [_fact(subject, line) for line in lines]
            return
        now, tokens, token_of = self.now, self.tokens, self.relevance.token
        if len(lines) > 1:
            lines.sort(key=_order)
            if self._doubtful(lines):
                self._aside(subject, lines)
                return
        key: list[int] = []
        times: list[int] = []
        kept: list[Line] = []
        last = None
        for line in lines:
            at = line[0]
            if at > now:
                break
            token = token_of(line[3], line[4])
            if token is None:
                if kept:
                    continue
                token = ("",)
            number = tokens.get(token)
            if number is None:
                number = tokens[token] = len(tokens) + 1
            if at != last:
                times.append(at)
                key.append(number)
                last = at
            else:
                key.append(-number)
            kept.append(line)
        if not kept:
            return
        found = tuple(key)
        shape = self.shapes.get(found)
        if shape is None:
            shape = self.shapes[found] = self._plan(subject, kept, key)
        shape.times += times
        shape.subjects.append(len(self.batch.subjects))
        self.batch.subjects.append(subject)

    def _plan(self, subject: str, lines: list[Line], key: list[int]) -> Shape:
        ranks, rank = [], -1
        for number in key:
            rank += number > 0
            ranks.append(rank)
        facts = [_fact(subject, line) for line in lines]
        return plan_shape(self.agreement, facts, ranks)

    def _doubtful(self, lines: list[Line]) -> bool:
        """Whether two facts may be one, or bear one id: then identity must be settled first."""
        ids = [line[4].get("id") for line in lines]
        if None in ids:
            keys = [line[:3] for line in lines]
            return len(set(keys)) < len(keys)
        return len(set(ids)) < len(ids) or any(
            before[:3] == after[:3] for before, after in pairwise(lines)
        )

    def _aside(self, subject: str, lines: list[Line]) -> None:
        self.batch.single += [_fact(subject, line) for line in lines]


def _order(line: Line) -> tuple[int, int, int]:
    return line[0], line[1], line[2]


def _fact(subject: str, line: Line) -> Fact:
    at, _, _, name, written, number = line
    return fact_of((subject, name, at, written, number))
