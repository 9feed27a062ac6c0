"""The fields that actions ask for, with their choices from the agreement and the people."""

from __future__ import annotations

from uphold.agreement.phrases.conditions import Path
from uphold.facts.table import CHANNELS
from uphold.messages import Message, message
from uphold.server.accounts.kinds import OrganisationKind
from uphold.server.accounts.services import parties, party, people_of
from uphold.server.desk.shapes import Field
from uphold.server.desk.situation import Situation, accounts_of
from uphold.server.desk.vocabulary import (
    Choices,
    choices_of,
    hold_causes,
    known_words,
    level_choices,
    service_choices,
    word,
)

SPOKEN = ("telephone", "e-mail", "chat", "video", "on-site", "portal", "api")
"""How a request that an agent writes down came, the commonest first."""


def words(*, required: bool = True) -> Field:
    """What is written to the customer, or by them."""
    return Field("words", "words", message("desk.field-words"), required=required)


def note() -> Field:
    """What only the desk reads."""
    return Field("words", "words", message("desk.field-note"), required=True)


def reason(*, required: bool) -> Field:
    """Why."""
    return Field("reason", "words", message("desk.field-reason"), required=required)


def customer(situation: Situation) -> tuple[Field, ...]:
    """Whose thing it is, for those who act for several; and which account, where there are some."""
    viewer = situation.viewer
    found = []
    if viewer.customers is None or len(viewer.customers) > 1:
        kept = parties(viewer.provider, OrganisationKind.CUSTOMER)
        choices = tuple((each.key, word(each.name)) for each in kept if viewer.acts_for(each.key))
        label = message("desk.field-customer")
        found.append(Field("customer", "choice", label, None, True, choices, situation.customer))
    accounts = accounts_of(situation.judged, situation.customer) if situation.customer else ()
    if len(accounts) > 1:
        label = message("desk.field-account")
        choices = tuple((each, word(each)) for each in accounts)
        found.append(Field("account", "choice", label, None, False, choices, situation.account))
    return tuple(found)


def author(situation: Situation) -> tuple[Field, ...]:
    """Who asked, where an agent writes it down for them."""
    if not situation.viewer.is_staff:
        return ()
    label = message("desk.field-author")
    people = _customers_people(situation)
    return (Field("author", "choice", label, message("desk.help-author"), False, people),)


def _customers_people(situation: Situation) -> Choices:
    found = party(situation.viewer.provider, situation.customer) if situation.customer else None
    if found is None:
        return ()
    return tuple((each.key, word(each.name)) for each in people_of(found.id) if each.is_active)


def came(situation: Situation) -> tuple[Field, ...]:
    """How and when it came, where an agent writes it down."""
    if not situation.viewer.is_staff:
        return ()
    channels = tuple((each, channel_word(each)) for each in SPOKEN if each in CHANNELS)
    return (
        Field("channel", "choice", message("desk.field-channel"), None, True, channels),
        Field("at", "time", message("desk.field-came"), message("desk.help-came")),
        Field(
            "channel_reason",
            "text",
            message("desk.field-channel-reason"),
            message("desk.help-channel-reason"),
        ),
    )


def channel_word(channel: str) -> Message:
    """A channel in the reader's words."""
    match channel:
        case "telephone":
            return message("desk.channel-telephone")
        case "e-mail":
            return message("desk.channel-e-mail")
        case "chat":
            return message("desk.channel-chat")
        case "video":
            return message("desk.channel-video")
        case "on-site":
            return message("desk.channel-on-site")
        case "api":
            return message("desk.channel-api")
    return message("desk.channel-portal")


def classification(situation: Situation) -> tuple[Field, ...]:
    """Kind, part, service and priority, as far as the agreement makes something of them."""
    agreement = situation.agreement
    if agreement is None:
        return ()
    current = situation.history
    found = []
    for name, label in (
        ("kind", message("desk.field-kind")),
        ("part", message("desk.field-part")),
    ):
        choices = choices_of(known_words(agreement, Path("request", name)))
        if choices:
            value = current.field(name).at(situation.now_us) or ""
            found.append(Field(name, "choice", label, None, False, choices, value))
    services = service_choices(agreement)
    if services and situation.is_new:
        label = message("desk.field-service")
        found.append(Field("service", "choice", label, None, False, services))
    return (*found, *_priority(situation))


def _priority(situation: Situation) -> tuple[Field, ...]:
    agreement = situation.agreement
    term = agreement.priority_of("request") if agreement else None
    if agreement is None or term is None:
        return ()
    found = []
    labels = (message("desk.field-impact"), message("desk.field-urgency"))
    for path, label in zip(term.by or (), labels, strict=False):
        choices = choices_of(known_words(agreement, path)) or choices_of(
            _sides(situation)[label.id]
        )
        value = situation.history.field(path.field).at(situation.now_us) or ""
        found.append(Field(path.field, "choice", label, None, False, choices, value))
    case = situation.judged.case(situation.subject)
    value = (case.priority.at(situation.now_us) or "") if case else ""
    label = message("desk.field-priority")
    levels = level_choices(agreement, "request")
    return (*found, Field("priority", "choice", label, None, False, levels, value))


def _sides(situation: Situation) -> dict[str, tuple[str, ...]]:
    """The rows and columns of the table that gives the priority by impact and urgency."""
    term = situation.agreement.priority_of("request") if situation.agreement else None
    table = (term.table if term else None) or {}
    columns = dict.fromkeys(column for row in table.values() for column in row)
    return {"desk.field-impact": tuple(table), "desk.field-urgency": tuple(columns)}


def colleague(situation: Situation, name: str, *, required: bool = False) -> Field:
    """One of the provider's people."""
    match name:
        case "owner":
            label = message("desk.field-owner")
        case "decided_by":
            label = message("desk.field-decided-by")
        case _:
            label = message("desk.field-to")
    people = people_of(situation.viewer.provider)
    choices = tuple((each.key, word(each.name)) for each in people if each.is_active)
    value = situation.viewer.person if name == "decided_by" else ""
    return Field(name, "choice", label, None, required, choices, value)


def awaited(situation: Situation) -> Field:
    """What the thing is to wait for: what its agreement makes something of, or the customer."""
    agreement, thing = situation.agreement, situation.thing
    causes = hold_causes(agreement, thing) if agreement else ()
    choices = choices_of(dict.fromkeys((*causes, "customer")))
    return Field("cause", "choice", message("desk.field-awaits"), None, True, choices)


def ended(situation: Situation) -> tuple[Field, ...]:
    """Which of several waits is over; nothing to ask where there is one."""
    waits = situation.standing.waits_for if situation.standing else ()
    if len(waits) < 2:
        return ()
    return (Field("cause", "choice", message("desk.field-ended"), None, False, choices_of(waits)),)


def waits(situation: Situation) -> bool:
    """Whether the thing waits for something."""
    return situation.standing is not None and bool(situation.standing.waits_for)
