"""Requests, complaints and orders as answers spell them, made from the desk's shapes."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from uphold.messages import Reader
from uphold.server.api.forms import (
    Instant,
    Length,
    SaidOut,
    every,
    instant,
    instant_or_none,
    said,
)
from uphold.server.desk import shapes


class StretchOut(Schema):
    """A half-open stretch of time."""

    start: Instant
    end: Instant


class ClockOut(Schema):
    """One promise about a thing, as it stands at `as_of`, with its reasons."""

    name: str
    cycle: int
    state: str = Field(
        description="not started, running, held, met, missed, unknown, not owed or cancelled"
    )
    party: str = Field(description="who promises")
    standing: str = Field(description="promise, guideline, best effort, internal or supplier")
    provisional: bool = Field(description="whether the due time may still move")
    agreement: str
    revision: int
    clause: str = Field(description="the anchor of the clause that promises it")
    zone: str = Field(description="the agreement's zone")
    starts: Instant | None
    due: Instant | None
    stopped: Instant | None
    used_us: Length | None
    left_us: Length | None
    as_of: Instant
    working: list[StretchOut] = Field(description="when the clock runs")
    held: list[StretchOut] = Field(description="when it is held")
    because: list[SaidOut]


class RowOut(Schema):
    """One line of a list, and why it stands where it does."""

    subject: str = Field(description="as facts name it, such as request:1001")
    number: int
    thing: str = Field(description="request, complaint or order")
    title: str
    customer: str
    customer_name: str
    priority: str
    kind: str
    state: str
    waits_for: list[str]
    assigned_name: str
    opened: Instant
    due: Instant | None
    left_us: Length | None
    next_clock: str
    is_late: bool
    why: SaidOut


class PageOut(Schema):
    """A page of a list."""

    rows: list[RowOut]
    position: int = Field(description="the place in the ledger that the rows reflect")
    total: int = Field(description="how many rows there are, counted up to a limit")
    after: str | None = Field(description="leads to the next page; null on the last one")


class EntryOut(Schema):
    """One line of a thing's story: a fact, who did it, and what was written."""

    at: Instant
    type: str
    said: SaidOut
    by: str
    by_name: str
    is_staff: bool
    is_internal: bool
    text: str | None
    is_erased: bool = Field(description="whether the words were erased; the fact stands")
    fact: str = Field(description="the fact's id")
    position: int


class ChoiceOut(Schema):
    """One value that a field takes."""

    value: str
    label: SaidOut


class FieldOut(Schema):
    """One field of an action."""

    name: str
    form: str = Field(description="text, words, choice, time, length, money or yes")
    label: SaidOut
    help: SaidOut | None
    required: bool
    choices: list[ChoiceOut]
    value: str = Field(description="what it is filled in with at first")


class OfferOut(Schema):
    """Something that the caller can do now, and the fields it takes."""

    action: str
    label: SaidOut
    fields: list[FieldOut]
    is_main: bool


class OffersOut(Schema):
    """All that the caller can do now."""

    offers: list[OfferOut]


class ThingOut(Schema):
    """A request, complaint or order with its clocks, its story, and what can be done with it."""

    row: RowOut
    account: str
    channel: str
    service: str
    team: str
    agreement: str
    position: int = Field(description="of its last fact; send it back as `seen` with an action")
    clocks: list[ClockOut]
    story: list[EntryOut]
    offers: list[OfferOut]
    says: list[SaidOut]


class ChangeOut(Schema):
    """What an action would do to one clock."""

    clock: str
    before: ClockOut | None
    after: ClockOut | None
    said: SaidOut


class WrongOut(Schema):
    """What is still wrong with an action: the field, or empty for the whole."""

    field: str
    said: SaidOut


class PreviewOut(Schema):
    """What an action would do; nothing has been done."""

    changes: list[ChangeOut]
    says: list[SaidOut]
    wrong: list[WrongOut]


class DoneOut(Schema):
    """An action that was taken."""

    subject: str
    number: int
    position: int = Field(description="the ledger's, behind the action")


def page_out(page: shapes.Page, reader: Reader) -> PageOut:
    """A page of rows."""
    return PageOut(
        rows=[row_out(each, reader) for each in page.rows],
        position=page.position,
        total=page.total,
        after=page.after,
    )


def row_out(row: shapes.Row, reader: Reader) -> RowOut:
    """One row."""
    return RowOut(
        subject=row.subject,
        number=row.number,
        thing=row.thing,
        title=row.title,
        customer=row.customer,
        customer_name=row.customer_name,
        priority=row.priority,
        kind=row.kind,
        state=row.state,
        waits_for=list(row.waits_for),
        assigned_name=row.assigned_name,
        opened=instant(row.opened_us),
        due=instant_or_none(row.due_us),
        left_us=row.left_us,
        next_clock=row.next_clock,
        is_late=row.is_late,
        why=said(row.why, reader),
    )


def thing_out(thing: shapes.ThingView, reader: Reader) -> ThingOut:
    """A thing with everything about it."""
    return ThingOut(
        row=row_out(thing.row, reader),
        account=thing.account,
        channel=thing.channel,
        service=thing.service,
        team=thing.team,
        agreement=thing.agreement,
        position=thing.position,
        clocks=[clock_out(each, reader) for each in thing.clocks],
        story=[_entry(each, reader) for each in thing.story],
        offers=[offer_out(each, reader) for each in thing.offers],
        says=every(thing.says, reader),
    )


def clock_out(clock: shapes.ClockView, reader: Reader) -> ClockOut:
    """One clock."""
    return ClockOut(
        name=clock.name,
        cycle=clock.cycle,
        state=clock.state,
        party=clock.party,
        standing=clock.standing,
        provisional=clock.provisional,
        agreement=clock.agreement,
        revision=clock.revision,
        clause=clock.clause,
        zone=clock.zone,
        starts=instant_or_none(clock.starts_us),
        due=instant_or_none(clock.due_us),
        stopped=instant_or_none(clock.stopped_us),
        used_us=clock.used_us,
        left_us=clock.left_us,
        as_of=instant(clock.as_of_us),
        working=[_stretch(each) for each in clock.working],
        held=[_stretch(each) for each in clock.held],
        because=every(clock.because, reader),
    )


def offer_out(offer: shapes.Offer, reader: Reader) -> OfferOut:
    """One offer with its fields."""
    return OfferOut(
        action=offer.action,
        label=said(offer.label, reader),
        fields=[_field(each, reader) for each in offer.fields],
        is_main=offer.is_main,
    )


def preview_out(preview: shapes.Preview, reader: Reader) -> PreviewOut:
    """What an action would do."""
    return PreviewOut(
        changes=[_change(each, reader) for each in preview.changes],
        says=every(preview.says, reader),
        wrong=[WrongOut(field=each.field, said=said(each.said, reader)) for each in preview.wrong],
    )


def done_out(done: shapes.Done) -> DoneOut:
    """An action that was taken."""
    return DoneOut(subject=done.subject, number=done.number, position=done.position)


def _change(change: shapes.Change, reader: Reader) -> ChangeOut:
    return ChangeOut(
        clock=change.clock,
        before=None if change.before is None else clock_out(change.before, reader),
        after=None if change.after is None else clock_out(change.after, reader),
        said=said(change.said, reader),
    )


def _entry(entry: shapes.Entry, reader: Reader) -> EntryOut:
    return EntryOut(
        at=instant(entry.at_us),
        type=entry.type,
        said=said(entry.said, reader),
        by=entry.by,
        by_name=entry.by_name,
        is_staff=entry.is_staff,
        is_internal=entry.is_internal,
        text=entry.text,
        is_erased=entry.is_erased,
        fact=entry.fact,
        position=entry.position,
    )


def _field(field: shapes.Field, reader: Reader) -> FieldOut:
    return FieldOut(
        name=field.name,
        form=field.form,
        label=said(field.label, reader),
        help=None if field.help is None else said(field.help, reader),
        required=field.required,
        choices=[
            ChoiceOut(value=value, label=said(label, reader)) for value, label in field.choices
        ],
        value=field.value,
    )


def _stretch(stretch: shapes.Stretch) -> StretchOut:
    return StretchOut(start=instant(stretch[0]), end=instant(stretch[1]))
