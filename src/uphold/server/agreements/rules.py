"""What keeps a sound page from being posted beside the revisions that are there already.

"A change takes effect when posted" (E2): so a page bears the day on which it is posted, goes
beyond the last revision, and never takes effect before the one it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from uphold.agreement.agreement import Agreement
from uphold.agreement.document import Document
from uphold.agreement.problem import Place, Problem
from uphold.agreement.tree import Scalar
from uphold.facts.times import to_datetime
from uphold.messages import Message, message

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Names that stand in addresses and in facts."""
LONGEST_TITLE: Final = 300
LONGEST_LANGUAGE: Final = 10
_DAY: Final = 24 * 3_600_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """A revision that is posted already, and from when it is in force (microseconds, UTC)."""

    agreement: Agreement
    in_force_us: int
    is_supplier: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A compiled page that would be posted at `now_us` and be in force from `in_force_us`."""

    agreement: Agreement
    posted: Sequence[Known]
    now_us: int
    in_force_us: int
    is_supplier: bool
    elsewhere: bool

    @property
    def before(self) -> Known | None:
        """The last revision of the same name."""
        return last_of(self.posted, self.agreement.name)


def first_of(posted: Sequence[Known], name: str) -> Agreement | None:
    """The first revision of that name."""
    found = (each.agreement for each in posted if each.agreement.name == name)
    return min(found, key=lambda each: each.revision, default=None)


def last_of(posted: Sequence[Known], name: str) -> Known | None:
    """The revision of that name with the highest number."""
    found = (each for each in posted if each.agreement.name == name)
    return max(found, key=lambda each: each.agreement.revision, default=None)


def problems(case: Case) -> Iterator[Problem]:
    """All that keeps the page from being posted."""
    yield from _name(case)
    yield from _length(case.agreement.document, "title", LONGEST_TITLE)
    yield from _length(case.agreement.document, "language", LONGEST_LANGUAGE)
    before = case.before
    if before is not None and case.agreement.revision <= before.agreement.revision:
        yield behind(case.agreement, before.agreement)
    else:
        yield from _date(case)


def is_a_translation(document: Document) -> Problem:
    """A translation alone: it is posted with the page that it translates."""
    name = document.header_text("translation of")
    return _at(
        document,
        "translation of",
        "posting-translation",
        message("posting.translation-alone", agreement=name),
        message("posting.translation-alone-hint"),
    )


def language_twice(document: Document, language: str) -> Problem:
    """Two translations into one language."""
    return _at(
        document,
        "language",
        "posting-language",
        message("posting.language-twice", language=language),
        message("posting.language-twice-hint"),
    )


def reads_a_file(document: Document, calendar: str, file: str) -> Problem:
    """A calendar whose holidays stand in a file."""
    block = next(each for each in document.blocks if each.name == calendar)
    return Problem(
        "posting-file",
        block.place,
        message("posting.reads-a-file", calendar=calendar, file=file),
        message("posting.reads-a-file-hint"),
        document.line(block.place.line),
    )


def _name(case: Case) -> Iterator[Problem]:
    name, document = case.agreement.name, case.agreement.document
    if not NAME.fullmatch(name):
        told = message("posting.name-form", name=name)
        yield _at(document, "agreement", "posting-name", told, message("posting.name-form-hint"))
        return
    for known in case.posted:
        other = known.agreement.name
        if other != name and other.casefold() == name.casefold():
            told = message("posting.name-alike", name=name, other=other)
            hint = message("posting.name-alike-hint", other=other)
            yield _at(document, "agreement", "posting-name", told, hint)
            return
    before = case.before
    if before is not None and before.is_supplier != case.is_supplier:
        told = (
            message("posting.name-of-supplier", name=name)
            if before.is_supplier
            else message("posting.name-of-own", name=name)
        )
        hint = message("posting.name-taken-hint")
        yield _at(document, "agreement", "posting-name", told, hint)


def _length(document: Document, key: str, most: int) -> Iterator[Problem]:
    found = len(document.header_text(key))
    if found > most:
        told = message("posting.too-long", key=key, length=found, most=most)
        yield _at(document, key, "posting-length", told, message("posting.too-long-hint"))


def behind(agreement: Agreement, last: Agreement) -> Problem:
    """A revision that does not go beyond the last one."""
    told = message(
        "posting.revision-behind",
        found=agreement.revision,
        last=last.revision,
        at=to_datetime(last.posted_us),
    )
    hint = message("posting.revision-behind-hint", next=last.revision + 1)
    return _at(agreement.document, "revision", "posting-revision", told, hint)


def _date(case: Case) -> Iterator[Problem]:
    document, posted, before = case.agreement.document, case.agreement.posted_us, case.before
    dated = to_datetime(posted)
    if posted > case.now_us:
        told = message("posting.date-ahead", at=dated, now=to_datetime(case.now_us))
        yield _at(document, "posted", "posting-date", told, message("posting.date-ahead-hint"))
        return
    if before is None:
        return
    if posted < before.agreement.posted_us:
        earlier = to_datetime(before.agreement.posted_us)
        told = message(
            "posting.date-behind", at=dated, revision=before.agreement.revision, earlier=earlier
        )
        yield _at(document, "posted", "posting-date", told, message("posting.date-behind-hint"))
    elif not case.elsewhere and case.now_us - posted > _DAY:
        told = message("posting.date-past", at=dated, now=to_datetime(case.now_us))
        yield _at(document, "posted", "posting-date", told, message("posting.date-past-hint"))
    if case.in_force_us < before.in_force_us:
        told = message(
            "posting.overtakes",
            at=to_datetime(case.in_force_us),
            revision=before.agreement.revision,
            later=to_datetime(before.in_force_us),
        )
        yield _at(document, "posted", "posting-overtakes", told, message("posting.overtakes-hint"))


def _at(document: Document, key: str, code: str, said: Message, hint: Message) -> Problem:
    """A problem at the value of a key of the header, or at the page's top."""
    node = document.header.get(key)
    place = node.place if node is not None else Place(document.file, 1, 1)
    length = node.length if isinstance(node, Scalar) else 1
    return Problem(code, place, said, hint, document.line(place.line), length)
