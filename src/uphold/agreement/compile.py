"""From a page to an agreement that runs: terms typed, calendars written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from uphold.agreement.agreement import Agreement
from uphold.agreement.document import Document, read_document
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.notices import InForce
from uphold.agreement.phrases.numbers import parse_instant
from uphold.agreement.problem import Problem, found, limited
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import AmendmentTerm
from uphold.agreement.terms.hours import CalendarTerm, WindowTerm
from uphold.agreement.terms.load import load_terms
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.tree import Scalar, scalars
from uphold.worktime import Calendar, CalendarError, CompiledCalendar

YEARS_WRITTEN_OUT = 15
POSTED_BETWEEN = range(1970, 2201)
"""The years in which a revision can be posted: those that instants and calendars reach."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class AgreementError(ValueError):
    """An agreement cannot be run; `problems` says what is wrong, each with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place} {problem.code}" for problem in problems))
        self.problems = tuple(problems)


def load_agreement(
    source: str | Path | tuple[str, str | bytes],
    since: datetime | None = None,
    until: datetime | None = None,
) -> Agreement:
    """The agreement at a path, or of a name and its text, compiled for its life.

    `since` and `until` bound the time that calendars are written out for: by default from a
    year before the revision was posted to fifteen years after. Raises `AgreementError` when
    what is wrong keeps it from running; the checker finds the rest.
    """
    reading = read_document(source)
    if reading.document is None:
        raise AgreementError(reading.problems)
    agreement, problems = compile_agreement(reading.document, since=since, until=until)
    if agreement is None:
        raise AgreementError(problems)
    return agreement


def compile_agreement(
    document: Document,
    terms: Sequence[Term] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Agreement | None, tuple[Problem, ...]]:
    """The agreement of a document, or what keeps it from running."""
    problems: list[Problem] = []
    if terms is None:
        terms, unread = load_terms(document)
        problems.extend(unread)
    posted = _instant(document, "posted", problems)
    if posted is None:
        return None, limited(problems)
    first = min(since, posted) if since else posted - timedelta(days=366)
    last = until or posted + timedelta(days=366 * YEARS_WRITTEN_OUT)
    calendars = _calendars(document, terms, (first, max(last, posted)), problems)
    if problems:
        return None, limited(problems)
    return assemble(document, terms, calendars)


def assemble(
    document: Document, terms: Sequence[Term], calendars: Mapping[str, CompiledCalendar]
) -> tuple[Agreement | None, tuple[Problem, ...]]:
    """The agreement of a page whose terms are typed and whose calendars are written out.

    No installed table is read. `calendars` must hold `always` in the agreement's zone.
    """
    problems: list[Problem] = []
    posted = _instant(document, "posted", problems)
    revision = _revision(document, problems)
    if posted is None or revision is None:
        return None, limited(problems)
    in_force = next((t.in_force for t in terms if isinstance(t, AmendmentTerm)), InForce())
    agreement = Agreement(
        name=document.header_text("agreement"),
        title=document.header_text("title"),
        revision=revision,
        posted_us=(posted - _EPOCH) // _MICROSECOND,
        in_force_us=_effect(posted, in_force, calendars[ALWAYS]),
        language=document.header_text("language"),
        provider=document.header_text("provider"),
        zone=document.header_text("zone"),
        currency=document.header_text("currency") or None,
        terms=tuple(terms),
        calendars=calendars,
        document=document,
        in_force=in_force,
    )
    return agreement, ()


def _effect(posted: datetime, in_force: InForce, always: CompiledCalendar) -> int:
    """When a revision posted then takes effect, in microseconds."""
    posted_us = (posted - _EPOCH) // _MICROSECOND
    if in_force.after is None:
        return posted_us
    return add_plain(always, posted_us, in_force.after)


def _instant(document: Document, key: str, problems: list[Problem]) -> datetime | None:
    node = document.header.get(key)
    try:
        instant = parse_instant(node.text if isinstance(node, Scalar) else "")
    except PhraseError as error:
        problems.append(_header_problem(document, key, error.code, error.data))
        return None
    if instant.year not in POSTED_BETWEEN:
        data = {"first": str(POSTED_BETWEEN[0]), "last": str(POSTED_BETWEEN[-1])}
        problems.append(_header_problem(document, key, "instant-out-of-range", data))
        return None
    return instant


def _revision(document: Document, problems: list[Problem]) -> int | None:
    text = document.header_text("revision")
    if text.isdigit() and len(text) < 10:
        return int(text)
    problems.append(_header_problem(document, "revision", "revision-unreadable", {"found": text}))
    return None


def _header_problem(document: Document, key: str, code: str, data: dict[str, str]) -> Problem:
    node = document.header.get(key)
    place = node.place if node else document.header.place
    length = node.length if isinstance(node, Scalar) else 1
    return found(
        code,
        place,
        document.line(place.line),
        {"key": key, **data},
        length=length,
        hint="nearest" if data.get("near") else "",
    )


def _calendars(
    document: Document,
    terms: Sequence[Term],
    life: tuple[datetime, datetime],
    problems: list[Problem],
) -> dict[str, CompiledCalendar]:
    """Every calendar written out, `always` in the agreement's zone, and the hours and zones that
    standing windows and availability windows need.
    """
    zone = document.header_text("zone")
    compiled: dict[str, CompiledCalendar] = {}
    try:
        compiled[ALWAYS] = Calendar.always(zone).compiled(life[1], since=life[0])
    except CalendarError as error:
        problems.append(_header_problem(document, "zone", f"calendar-{error.code}", _told(error)))
    for term in terms:
        try:
            named = _calendar_of(term, zone, Path(document.file).parent)
            if named is None:
                continue
            name, calendar = named
            written_out = calendar.compiled(life[1], since=life[0])
            if written_out.is_empty:
                raise written_out.refusal(written_out.since_us, 1)
            compiled[name] = written_out
        except CalendarError as error:
            problems.append(_calendar_problem(document, term, error))
    return compiled


def _calendar_of(term: Term, zone: str, folder: Path) -> tuple[str, Calendar] | None:
    """The calendar that a term has or needs, and its name; None where it needs none."""
    if isinstance(term, CalendarTerm):
        return term.name, make_calendar(term, zone, folder)
    if isinstance(term, WindowTerm) and term.hours is not None:
        return term.name, Calendar(term.zone or zone, term.hours, name=term.name)
    if isinstance(term, AvailabilityTerm) and term.zone not in ("", zone):
        return f"{ALWAYS} in {term.zone}", Calendar.always(term.zone)
    return None


def make_calendar(term: CalendarTerm, zone: str, folder: Path) -> Calendar:
    """The calendar of a term; `zone` where it names none, `.ics` paths beside the agreement.

    Raises `uphold.worktime.CalendarError`.
    """
    return Calendar(
        term.zone or zone,
        term.hours,
        holidays=_holidays(term.holidays, folder),
        closed=term.closed,
        opened=term.opened,
        name=term.name,
    )


def _holidays(written: tuple[str, ...], folder: Path) -> str | tuple[str, ...] | None:
    if not written or written == ("none",):
        return None
    if len(written) == 1 and not written[0][:1].isdigit():
        return str(folder / written[0]) if written[0].endswith(".ics") else written[0]
    return written


def _calendar_problem(document: Document, term: Term, error: CalendarError) -> Problem:
    """The problem at the value that the error is about, else at the term's name."""
    block = next(
        block for block in document.blocks if (block.kind, block.name) == (term.kind, term.name)
    )
    place, length = block.name_place, len(block.name)
    wrong = {str(value) for value in error.data.values()}
    for key, value in block.root.entries[1:]:
        if key.text in ("zone", "holidays", "hours", "closed", "opened"):
            for node in scalars(value):
                if any(node.text == each or each.endswith(f"/{node.text}") for each in wrong):
                    place, length = node.place, node.length
    data = {**_told(error), "calendar": term.name}
    return found(
        f"calendar-{error.code}",
        place,
        document.line(place.line),
        data,
        length=length,
        hint="nearest" if data.get("near") else "",
    )


def _told(error: CalendarError) -> dict[str, str]:
    return {name: _text(value) for name, value in error.data.items()} | {"reason": str(error)}


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
