"""Rules that an agreement cannot do without: what nobody wrote cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.check.mentions import calendar_refs, conditions_of
from uphold.agreement.check.subject import Entry, Subject
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.conditions import Happened, Has, Moved, Path
from uphold.agreement.phrases.targets import LeadTarget, Target, TimeTarget
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Table
from uphold.agreement.terms.duty import AmendmentTerm, NoticeTerm, RetentionTerm
from uphold.agreement.terms.hours import WindowTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm, PriorityTerm
from uphold.agreement.tree import Scalar
from uphold.messages import Value
from uphold.worktime.durations import Elapsed, Working, WorkingDays


def rules_are_there(subject: Subject) -> Iterator[Problem]:
    """Every clock says what starts and stops it, its time, and what a change does to it."""
    for entry in subject.entries:
        term = entry.term
        if isinstance(term, ClockTerm):
            yield from _ends(subject, entry, term)
            yield from _change_of_priority(subject, entry, term)
            yield from _levels_have_targets(subject, entry, term)
            yield from _hours_for_working_time(subject, entry, term)
        else:
            yield from _says_something(subject, entry)
    yield from _amendment(subject)
    yield from _default_priority(subject)


def _ends(subject: Subject, entry: Entry, term: ClockTerm) -> Iterator[Problem]:
    if term.starts is None and not _counts_back(term.target):
        yield subject.at_name("clock-without-start", entry)
    if term.stops is None and term.repeats_on is None:
        yield subject.at_name("clock-without-stop", entry)
    if "target" not in entry.block.root:
        yield subject.at_name("clock-without-target", entry)
    if term.repeats_on is not None and term.until is None:
        yield subject.at_key("repeats-without-end", entry, "repeats on")


def _counts_back(target: Target | Table[Target]) -> bool:
    if isinstance(target, Table):
        return any(isinstance(leaf, LeadTarget) for _, leaf in target.leaves())
    return isinstance(target, LeadTarget)


def _change_of_priority(subject: Subject, entry: Entry, term: ClockTerm) -> Iterator[Problem]:
    """What depends on the priority must say what its change does to a running clock."""
    if term.on_change_of_priority is not None:
        return
    for key, path in _paths(term):
        if path.field == "priority":
            yield subject.at_key("rule-missing", entry, key, {"path": str(path)})
            return


def _paths(term: ClockTerm) -> Iterator[tuple[str, Path]]:
    for key, table in (("target", term.target), ("calendar", term.calendar)):
        if isinstance(table, Table):
            yield from ((key, path) for path in table.paths())
    for key, condition in conditions_of(term):
        for part in condition.parts:
            # A clock that starts at a lowering is about the change itself.
            if not isinstance(part, Happened | Has | Moved):
                yield key, part.path


def _levels_have_targets(subject: Subject, entry: Entry, term: ClockTerm) -> Iterator[Problem]:
    """A table by priority has a row for each level, or says `otherwise`."""
    for priority, _ in subject.of(PriorityTerm):
        path = Path(priority.of, "priority")
        for key, table in (("target", term.target), ("calendar", term.calendar)):
            if not isinstance(table, Table) or table.by != path or table.otherwise is not None:
                continue
            rows = {value for value, _ in table.rows}
            lacking = [level for level in priority.order() if level not in rows]
            if lacking and not _is_limited_to(term, path, rows):
                told: dict[str, Value] = {"level": ", ".join(lacking)}
                yield subject.at_key("level-without-row", entry, key, told)


def _is_limited_to(term: ClockTerm, path: Path, rows: set[str]) -> bool:
    """Whether the clock's `when` leaves only levels that have a row."""
    for condition in term.when:
        for part in condition.parts:
            if getattr(part, "path", None) == path:
                return set(getattr(part, "values", ())) <= rows
    return False


def _hours_for_working_time(subject: Subject, entry: Entry, term: ClockTerm) -> Iterator[Problem]:
    """Working time needs a calendar's hours; plain hours beside a calendar do not count in it."""
    leaves = (
        [leaf for _, leaf in term.target.leaves()]
        if isinstance(term.target, Table)
        else [term.target]
    )
    lengths = [leaf.duration for leaf in leaves if isinstance(leaf, TimeTarget | LeadTarget)]
    calendars = set(calendar_refs(term))
    working = [each for each in lengths if isinstance(each, Working | WorkingDays)]
    if working and calendars <= {ALWAYS}:
        told: dict[str, Value] = {"duration": str(working[0])}
        yield subject.at_key("working-time-without-hours", entry, "target", told)
    plain = [each for each in lengths if isinstance(each, Elapsed)]
    if plain and not working and calendars and ALWAYS not in calendars:
        told = {"duration": str(plain[0]), "calendar": ", ".join(sorted(calendars))}
        yield subject.at_key("hours-beside-calendar", entry, "target", told, severity="warning")


def _says_something(subject: Subject, entry: Entry) -> Iterator[Problem]:
    """A term of which every part that could promise anything is left out."""
    term, needs = entry.term, ""
    if isinstance(term, NoticeTerm) and not term.duties():
        needs = "scheduled, announced, placed, posted"
    elif isinstance(term, RetentionTerm) and term.taken is None and term.kept is None:
        needs = "taken, kept"
    elif isinstance(term, CreditTerm) and not (term.amount or term.tiers or term.by_misses):
        needs = "amount, tiers, by misses"
    elif isinstance(term, AppliesTerm) and not (term.only_if or term.unless):
        needs = "only if, unless"
    elif isinstance(term, WindowTerm) and not (term.hours or term.at_most or term.for_):
        needs = "hours, at most, for"
    if needs:
        yield subject.at_name("term-says-nothing", entry, {"needs": needs})


def _amendment(subject: Subject) -> Iterator[Problem]:
    """When a new revision takes effect must be said somewhere."""
    if subject.entries and not any(True for _ in subject.of(AmendmentTerm)):
        node = subject.document.header.get("revision")
        if isinstance(node, Scalar) and not any(
            block.kind == "amendment" for block in subject.document.blocks
        ):
            yield subject.at("amendment-missing", node)


def _default_priority(subject: Subject) -> Iterator[Problem]:
    """A thing without a priority has no target where a table goes by priority."""
    for priority, entry in subject.of(PriorityTerm):
        path = Path(priority.of, "priority")
        tables = [
            term.target for term, _ in subject.of(ClockTerm) if isinstance(term.target, Table)
        ]
        if priority.default is None and any(
            table.by == path and table.otherwise is None for table in tables
        ):
            yield subject.at_name("priority-without-default", entry, severity="warning")
