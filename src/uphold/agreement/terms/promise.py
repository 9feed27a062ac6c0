"""Promises for one request: `priority`, `applies`, `clock` and `judgement`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from uphold.agreement.phrases.calendars import (
    ALWAYS,
    Choice,
    parse_calendar_ref,
    parse_choice,
)
from uphold.agreement.phrases.events import THINGS, Event, Events, Starts, parse_event, parse_starts
from uphold.agreement.phrases.targets import (
    Alert,
    DayRule,
    NoTarget,
    Target,
    parse_alert,
    parse_day_rule,
    parse_hold,
    parse_target,
)
from uphold.agreement.terms.base import (
    Conditions,
    EventsField,
    ListOf,
    Name,
    Names,
    PathField,
    Phrase,
    Table,
    TableOr,
    Term,
    Words,
    one_of,
)

ThingField = Annotated[str, one_of("thing", *THINGS)]
TARGET_PHRASE = Phrase(parse_target, "A target.", ("8 business hours", "under 1 business hour"))
CALENDAR_PHRASE = Phrase(parse_calendar_ref, "A calendar.", ("oslo-office", "always"))
_CHOICE = Phrase(parse_choice, "A calendar, and when.", ("always when account has 24x7",))
_CHOICES = ListOf(_CHOICE)
PARTIES = ("provider", "customer", "reseller", "partner", "supplier")
CHANGE_RULES = ("keep start", "restart", "no change")


class CalendarChoice(TableOr):
    """Annotates a calendar: a name, a table by a path, or choices, the first that holds."""

    def __get_pydantic_json_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        choice = _CHOICE.__get_pydantic_json_schema__(source, handler)
        schema = super().__get_pydantic_json_schema__(source, handler)
        return {"anyOf": [*schema["anyOf"], {"type": "array", "items": choice}]}

    def read(self, value: Any, depth: int = 0) -> Any:
        """The name, the table, or the choices."""
        return _CHOICES.read(value) if isinstance(value, list) else super().read(value, depth)


class PriorityTerm(Term):
    """The levels of priority, highest first, and how impact and urgency give one."""

    kind: ClassVar[str] = "priority"
    example: ClassVar[str] = """\
priority: fault-priority
of: request
by: [request.impact, request.urgency]
table:
  everybody: {stopped: critical, slowed: high}
  somebody: {stopped: high, slowed: normal}
default: high
quotes: [stops everybody is critical, without a priority is high]
"""

    of: ThingField = "request"
    by: tuple[PathField, PathField] | None = Field(
        None, description="The two paths that the table is read by."
    )
    table: dict[str, dict[str, Name]] | None = Field(
        None, description="Rows by the first path, columns by the second: the level."
    )
    levels: Words = Field((), description="The levels, highest first; from the table if absent.")
    default: str | None = Field(None, description="The level of a request that has none.")
    means: dict[str, str] = Field(
        {}, description="What each level means, shown to the person who classifies."
    )
    same_as: dict[str, str] = Field(
        {}, alias="same as", description="Other words for a level: {4: 3}."
    )
    queue: Annotated[str | None, one_of("queue order", "priority, then arrival", "arrival")] = (
        Field(None, description="The order of work.")
    )

    def order(self) -> tuple[str, ...]:
        """The levels, highest first."""
        if self.levels:
            return self.levels
        rows = (self.table or {}).values()
        return tuple(dict.fromkeys(level for row in rows for level in row.values()))


class AppliesTerm(Term):
    """To whom and when promises hold; outside it they are not owed."""

    kind: ClassVar[str] = "applies"
    example: ClassVar[str] = """\
applies: trained-people
to: [response, resolution]
only if: [request.author is trained, request is forwarded]
quotes: [Only people we have trained, a super user forwards it]
"""

    to: Names = Field(description="The terms whose promises are limited.")
    only_if: Conditions = Field((), alias="only if", description="All must hold.")
    unless: Conditions = Field((), description="None may hold.")
    otherwise: Annotated[str, one_of("otherwise", "not owed", "best effort")] = Field(
        "not owed", description="What is owed outside: nothing, or best effort."
    )


class ClockTerm(Term):
    """One time promise for each thing: what starts and stops it, its hours, its target."""

    kind: ClassVar[str] = "clock"
    example: ClassVar[str] = """\
clock: response
of: request
starts: request.opened
stops: request.answered
calendar: oslo-office
target: {by: request.priority, high: 8 business hours, low: 5 working days}
held while: [awaiting customer]
on change of priority: keep start
alerts: [75 %, 1 business hour before]
quotes: [within 8 business hours, within 5 working days]
"""

    of: ThingField = "request"
    when: Conditions = Field((), description="The clock exists only while all of these hold.")
    starts: Annotated[
        Starts | None, Phrase(parse_starts, "What starts it.", ("request.opened", "response.due"))
    ] = Field(None, description="Absent only for a target counted back from a planned time.")
    stops: EventsField | None = Field(None, description="What stops it.")
    repeats_on: Annotated[Event | None, Phrase(parse_event, "An event.", ("request.updated",))] = (
        Field(None, alias="repeats on", description="Each such fact ends a cycle and begins one.")
    )
    until: EventsField | None = Field(None, description="What ends a repeating clock.")
    calendar: Annotated[str | Table[str] | tuple[Choice, ...], CalendarChoice(CALENDAR_PHRASE)] = (
        Field(ALWAYS, description="The hours it runs in.")
    )
    target: Annotated[Target | Table[Target], TableOr(TARGET_PHRASE)] = Field(
        NoTarget(), description="How much time there is, or a table of it by a path."
    )
    days: Annotated[
        DayRule, Phrase(parse_day_rule, "How days end.", ("closing", "same time", "end of day"))
    ] = Field(DayRule("closing"), description="How working or calendar days are counted.")
    held_while: Annotated[
        tuple[str, ...],
        ListOf(Phrase(parse_hold, "A cause of waiting.", ("awaiting customer",)), "awaiting "),
    ] = Field((), alias="held while", description="Causes during which the clock does not run.")
    on_change_of_priority: Annotated[str | None, one_of("rule", *CHANGE_RULES)] = Field(
        None, alias="on change of priority", description="What a change does to a running clock."
    )
    on_reopening: Annotated[str | None, one_of("rule", "new cycle", "no change")] = Field(
        None,
        alias="on reopening",
        description="A new cycle where the clock stops at request.resolved, else no change.",
    )
    standing: Annotated[
        str,
        one_of("standing", "promise", "endeavour", "guideline", "internal", "supplier"),
    ] = Field("promise", description="How binding it is, and on whom.")
    team: str | None = Field(None, description="The team that an internal target is for.")
    supplier: str | None = Field(None, description="The supplier whose target it is.")
    alerts: Annotated[tuple[Alert, ...], ListOf(Phrase(parse_alert, "A warning.", ("75 %",)))] = (
        Field((), description="When to warn; a setting of ours that needs no quote.")
    )

    def targets(self) -> tuple[Target, ...]:
        """Every target that the clock may have."""
        if isinstance(self.target, Table):
            return tuple(target for _, target in self.target.leaves())
        return (self.target,)


class JudgementTerm(Term):
    """What someone may decide, when, and what must be recorded with the decision."""

    kind: ClassVar[str] = "judgement"
    example: ClassVar[str] = """\
judgement: lower-priority
by: provider
permits: request.classified
when: request.priority is lowered
while: awaiting customer
records: [reason, decided by]
quotes: [may lower the priority, does not supply the people or access]
"""

    of: ThingField = "request"
    by: Annotated[str, one_of("party", *PARTIES)] = Field(description="Who may decide.")
    permits: EventsField = Field(description="The facts that record the decision.")
    when: Conditions = Field((), description="Which of those facts are meant.")
    while_: Annotated[
        str | None,
        Phrase(
            parse_hold, "A cause of waiting.", ("awaiting customer",), write="awaiting {}".format
        ),
    ] = Field(None, alias="while", description="It is permitted only during this wait.")
    records: Words = Field((), description="Fields that the deciding fact must carry.")


def clock_events(term: ClockTerm) -> tuple[Event, ...]:
    """Every event that the clock names."""
    groups: list[Events | None] = [term.starts.events if term.starts else None]
    groups += [term.stops, term.until]
    found = [event for group in groups if group for event in group.events]
    return tuple(found + ([term.repeats_on] if term.repeats_on else []))
