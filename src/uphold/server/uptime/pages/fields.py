"""What each step's form asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from uphold.facts.table import CHANNELS
from uphold.messages import Message, Value, message
from uphold.server.desk.shapes import Field, Wrong
from uphold.server.uptime.kinds import KINDS, Action
from uphold.server.uptime.shapes import Values
from uphold.server.uptime.steps import Scope
from uphold.server.uptime.words import AUDIENCES, KIND_WORDS, audience_word


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes of which any number can be ticked: name, label, and each value with its words."""

    name: str
    label: Message
    help: Message
    boxes: tuple[tuple[str, Value, bool], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A step's fields and groups, each field with what is wrong with it."""

    fields: tuple[tuple[Field, Message | None], ...]
    groups: tuple[tuple[Group, Message | None], ...]
    wrong: Message | None


def form_of(
    action: Action,
    scope: Scope,
    audiences: Iterable[str],
    values: Values,
    wrong: Iterable[Wrong] = (),
) -> Form:
    """The form of a step, with what was filled in and what is wrong with it."""
    said = {each.field: each.said for each in wrong}
    fields = tuple(_filled(field, values) for field in _fields(action, scope))
    groups = tuple(_groups(action, scope, audiences, values))
    return Form(
        tuple((field, said.get(field.name)) for field in fields),
        tuple((group, said.get(group.name)) for group in groups),
        said.get(""),
    )


def _fields(action: Action, scope: Scope) -> Iterator[Field]:
    if action is Action.PLAN:
        yield Field("title", "text", message("uptime.field-title"), required=True)
        yield Field(
            "kind",
            "choice",
            message("uptime.field-kind"),
            message("uptime.field-kind-help"),
            required=True,
            choices=tuple((each, KIND_WORDS[each]) for each in KINDS),
            value=KINDS[0],
        )
    if action in (Action.PLAN, Action.CHANGE):
        yield Field("start", "time", message("uptime.field-start"), required=True)
        yield Field("end", "time", message("uptime.field-end"), required=True)
    if action is Action.PLAN:
        yield from _scope_fields(scope)
    if action in (Action.ANNOUNCE, Action.START, Action.END):
        help_text = message("uptime.field-at-help")
        yield Field("at", "time", message("uptime.field-at"), help_text)
    if action is Action.ANNOUNCE:
        yield Field(
            "channel",
            "choice",
            message("uptime.field-channel"),
            choices=tuple((each, message("uptime.word", word=each)) for each in CHANNELS),
        )
    if action is not Action.PLAN:
        label = _WORDS_LABEL.get(action, message("uptime.field-words"))
        yield Field("words", "words", label, required=action is Action.CANCEL)


_WORDS_LABEL: Mapping[Action, Message] = {
    Action.CANCEL: message("uptime.field-reason"),
    Action.ANNOUNCE: message("uptime.field-announcement"),
}


def _scope_fields(scope: Scope) -> Iterator[Field]:
    customers = tuple(
        (each, message("uptime.word", word=scope.customers[each])) for each in scope.customers
    )
    if customers:
        help_text = message("uptime.field-customer-help")
        label = message("uptime.field-customer")
        yield Field("customer", "choice", label, help_text, choices=customers)
    if scope.accounts:
        help_text = message("uptime.field-accounts-help", names=tuple(sorted(scope.accounts)[:5]))
        yield Field("accounts", "text", message("uptime.field-accounts"), help_text)
    yield Field("site", "text", message("uptime.field-site"))
    yield Field("requested_by", "text", message("uptime.field-requested-by"))


def _groups(
    action: Action, scope: Scope, audiences: Iterable[str], values: Values
) -> Iterator[Group]:
    if action is Action.ANNOUNCE:
        names = dict.fromkeys((*audiences, *AUDIENCES))
        boxes = ((name, audience_word(name)) for name in names)
        yield _group(
            "to", message("uptime.field-to"), message("uptime.field-to-help"), boxes, values
        )
    if action is Action.PLAN and scope.services:
        yield _group(
            "services",
            message("uptime.field-services"),
            message("uptime.field-services-help"),
            sorted(scope.services.items()),
            values,
        )
    if action is Action.PLAN and scope.regions:
        yield _group(
            "regions",
            message("uptime.field-regions"),
            message("uptime.field-regions-help"),
            ((each, each) for each in sorted(scope.regions)),
            values,
        )


def _group(
    name: str,
    label: Message,
    help_text: Message,
    boxes: Iterable[tuple[str, Value]],
    values: Values,
) -> Group:
    raw = values.get(name)
    ticked = {raw} if isinstance(raw, str) else set(raw or ())
    return Group(name, label, help_text, tuple((each, w, each in ticked) for each, w in boxes))


def _filled(field: Field, values: Values) -> Field:
    raw = values.get(field.name)
    return replace(field, value=raw) if isinstance(raw, str) else field
