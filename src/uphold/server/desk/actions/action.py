"""What an action is: who may take it, when, what it asks for, and the facts that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from uphold.facts import BY_NAME, Fact, make_fact
from uphold.facts.times import to_datetime
from uphold.messages import Message
from uphold.server.accounts.kinds import May
from uphold.server.desk.prose import INTERNAL, PUBLIC, QUIET, joined, named
from uphold.server.desk.reading import Given
from uphold.server.desk.shapes import Field, Wrong
from uphold.server.desk.situation import Situation
from uphold.server.ledger.services import NewText, new_text


class Pen:
    """Writes an action's facts: all at one instant, with their words kept apart."""

    def __init__(self, situation: Situation, language: str = "") -> None:
        self.situation = situation
        self.language = language
        self.facts: list[Fact] = []
        self.texts: list[NewText] = []

    def fact(
        self,
        type: str,  # noqa: A002 - a fact's type is called that
        *,
        prose: Mapping[str, str | None] | None = None,
        at_us: int | None = None,
        **data: Any,
    ) -> None:
        """One fact about the thing; `prose` is what a person wrote, by the field that tells it.

        The words of the field `written` come first; fields that a fact of the type has not are
        part of them.
        """
        situation = self.situation
        told: dict[str, object] = {"customer": situation.customer, "account": situation.account}
        if BY_NAME[type].field("by") is not None:
            told["by"] = situation.viewer.person
        told |= data
        told |= self._told(
            type, prose or {}, internal=data.get("internal") is True or type in QUIET
        )
        given = {name: value for name, value in told.items() if value not in (None, "")}
        moment = to_datetime(situation.now_us if at_us is None else at_us)
        self.facts.append(make_fact(type, moment, situation.subject, **given))

    def _told(
        self, fact_type: str, prose: Mapping[str, str | None], *, internal: bool
    ) -> dict[str, object]:
        """What a fact says of the words: the digest of all, and each field's part of them."""
        parts = {name: text for name, text in prose.items() if text}
        if not parts:
            return {}
        every = [text or "" for text in prose.values()]
        viewer = self.situation.viewer
        text = new_text(
            viewer.provider,
            joined(every),
            kind=INTERNAL if internal else PUBLIC,
            person=viewer.person,
            language=self.language,
        )
        self.texts.append(text)
        places = {name: place for place, name in enumerate(prose, start=1)}
        fields = {name for name in parts if BY_NAME[fact_type].field(name) is not None}
        named_parts = {name: named(text.digest, places[name]) for name in fields - {"written"}}
        return {"written": text.digest, **named_parts}


def always(situation: Situation) -> bool:
    """Whatever the situation."""
    return situation is not None


def nothing_wrong(situation: Situation, given: Given) -> tuple[Wrong, ...]:
    """An action with which nothing is wrong once its fields can be read."""
    assert situation is not None
    assert given is not None
    return ()


def nothing_asked(situation: Situation) -> tuple[Field, ...]:
    """An action that asks for nothing."""
    assert situation is not None
    return ()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that people do.

    `states` are those in which it can be done, none for what makes a new thing; `when` narrows
    that. `fields` gives the form, `wrong` what is amiss with what was filled in, `write` its facts.
    """

    name: str
    thing: str
    label: Message
    may: May
    states: frozenset[str]
    write: Callable[[Situation, Given, Pen], None]
    fields: Callable[[Situation], tuple[Field, ...]] = nothing_asked
    when: Callable[[Situation], bool] = always
    wrong: Callable[[Situation, Given], tuple[Wrong, ...]] = nothing_wrong
    is_main: bool = False

    @property
    def makes(self) -> bool:
        """Whether it makes a new thing."""
        return not self.states

    def is_open(self, situation: Situation) -> bool:
        """Whether it can be done with the thing as it is now."""
        return (
            situation.viewer.may(self.may)
            and situation.state in (self.states or {""})
            and self.when(situation)
        )
