"""Facts in bulk from JSON Lines: each line checked in full, a sound one at little cost.

Files hold millions of facts but only some dozens of shapes: a type and the keys, in their
order. What a shape demands is worked out once; a line is then parsed, and compared with its
shape. Whatever the quick comparison cannot vouch for goes to the slow and exact check.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from pydantic_core import from_json

from uphold.facts.canonical import MOST_EXACT
from uphold.facts.checking import read_fact
from uphold.facts.fact import Fact
from uphold.facts.lines import LONGEST, Source, lines_in, source_name
from uphold.facts.problems import Place, Problem, problem_order
from uphold.facts.shapes import QuickTimes, Shape, shape_key, shape_of
from uphold.facts.strict_json import JsonError, column_of, parse_object
from uphold.facts.times import from_datetime, parse_time
from uphold.facts.values import SUBJECT
from uphold.messages import Message

# subject, type, at in microseconds (UTC), the whole JSON object, the line it stands on, and the
# shape that rows of one type and the same keys in one order share, None where it is not known
Row: TypeAlias = tuple[str, str, int, dict[str, object], int, Shape | None]

_BOM = b"\xef\xbb\xbf"
_NOT_TEXT = (b"\x1f\x8b", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"PAR1")
_NO_LIMIT = 1 << 62
_MOST_SHAPES = 1 << 12


def scan(source: Source, problems: list[Problem], *, now: datetime | None = None) -> Iterator[Row]:
    """The sound facts of a path or stream, in its order; what is wrong goes to `problems`.

    Lines are taken as they come: identity, corrections and order are the caller's to settle
    (`FactSet`). With `now` an `at` more than five minutes ahead of it is refused.
    """
    return Scanner(source, problems, None if now is None else from_datetime(now)).rows()


def fact_of(row: Row, file: str = "") -> Fact:
    """The fact of a scanned row."""
    subject, name, at_us, written, line, _ = row
    recorded = written.get("recorded")
    recorded_us = parse_time(recorded) if isinstance(recorded, str) else None
    return Fact(name, at_us, subject, written, recorded_us, f"{file}:{line}" if file else None)


class Scanner:
    """One reading of one source."""

    def __init__(self, source: Source, problems: list[Problem], now_us: int | None) -> None:
        self.source = source
        self.file = source_name(source)
        self.problems = problems
        self.now_us = now_us
        self.shapes: dict[tuple[str, ...], Shape] = {}
        self.times = QuickTimes()

    def rows(self) -> Iterator[Row]:
        """The rows of the source; an unreadable source is a problem like any other."""
        first = 1
        try:
            for lines in lines_in(self.source):
                if first == 1:
                    if self.foreign(lines[0]):
                        return
                    lines[0] = lines[0].removeprefix(_BOM)
                yield from self.block(lines, first)
                first += len(lines)
        except OSError as error:
            told = {"reason": error.strerror or str(error)}
            message = Message("problem.facts-file-unreadable", told)
            self.add(message, None, Place(self.file))

    def block(self, lines: list[bytes], first: int) -> Iterator[Row]:
        """The rows of some lines, the first of which has the number `first`."""
        shapes, hours, tails = self.shapes, self.times.hours, self.times.tails
        latest = _NO_LIMIT if self.now_us is None else self.now_us
        joined = b"\n".join(lines)
        too_long = len(joined) > LONGEST and max(map(len, lines)) > LONGEST
        suspicious = too_long or _has_blank(joined)
        subject = thing = ""
        for number, line in enumerate(lines, first):
            try:
                found = from_json(line, cache_strings="keys")
                name = found["type"]
                shape = shapes[name, *found]
                at = found["at"]
                at_us = hours[at[:13]] + tails[at[13:]]
                if subject != found["subject"]:
                    subject = found["subject"]
                    thing = _thing(subject)
                if tuple(map(type, found.values())) != shape.types:
                    raise ValueError
                quotes = shape.quotes
                if shape.lists:
                    quotes += shape.quotes_in_lists(found)
                if (
                    line.count(b'"') != quotes
                    or thing not in shape.things
                    or at_us > latest
                    or (suspicious and (_has_blank(line) or len(line) > LONGEST))
                ):
                    raise ValueError
                for key in shape.wholes:
                    if not 0 <= found[key] <= MOST_EXACT:
                        raise ValueError
                for key, allowed in shape.words:
                    if found[key] not in allowed:
                        raise ValueError
                for key in shape.times:
                    hours[found[key][:13]] + tails[found[key][13:]]
            except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
                row = self.slowly(line, number)
                if row is not None:
                    yield row
                continue
            yield subject, name, at_us, found, number, shape

    def slowly(self, line: bytes, number: int) -> Row | None:
        """The row of a line by the exact check; its shape is learned for the lines after it."""
        place = Place(self.file, number, 1)
        try:
            parsed = parse_object(line)
        except JsonError as error:
            self.add(error.message, error.hint, Place(self.file, number, error.column))
            return None
        if parsed is None:
            return None
        text, written = parsed

        def place_of(key: str) -> Place:
            return Place(self.file, number, column_of(text, key))

        fact, problems = read_fact(written, place=place, place_of=place_of, now_us=self.now_us)
        self.problems.extend(sorted(problems, key=problem_order))
        if fact is None:
            return None
        key = shape_key(fact.type, written)
        if key not in self.shapes and len(self.shapes) < _MOST_SHAPES:
            shape = shape_of(fact.type, written)
            if shape is not None:
                self.shapes[key] = shape
        return fact.subject, fact.type, fact.at_us, dict(fact.written), number, None

    def foreign(self, first: bytes) -> bool:
        """Whether the first line shows that the file is no JSON Lines at all."""
        if first.startswith(_NOT_TEXT):
            message = Message("problem.facts-not-text")
        elif first.lstrip(b"\xef\xbb\xbf \t\r").startswith(b"["):
            message = Message("problem.facts-a-list")
        else:
            return False
        self.add(message, Message("hint.facts-object"), Place(self.file, 1, 1))
        return True

    def add(self, message: Message, hint: Message | None, place: Place) -> None:
        """Notes a problem."""
        code = message.id.removeprefix("problem.")
        self.problems.append(Problem(code, message, hint, place))


def _has_blank(text: bytes) -> bool:
    """Whether lines may hold an empty text, or one that is or begins with spaces."""
    return b'""' in text or b'" ' in text


def _thing(subject: str) -> str:
    """The kind of a subject, "" if it is not written as one."""
    return subject.partition(":")[0] if SUBJECT.fullmatch(subject) else ""
