"""What somebody does with maintenance, as facts: planned, announced, moved, done, called off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from uphold.facts import Fact, FactError, make_fact
from uphold.facts.table import CHANNELS
from uphold.facts.times import to_datetime
from uphold.messages import message
from uphold.server.desk.shapes import Wrong
from uphold.server.ledger.services import NewText, new_text
from uphold.server.uptime.filling import LONGEST_TITLE, LONGEST_WORDS, Filled
from uphold.server.uptime.kinds import Action


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a plan may be for.

    Services by name with their titles, accounts with their customers, customers by key with their
    names.
    """

    services: Mapping[str, str]
    regions: frozenset[str]
    accounts: Mapping[str, str]
    customers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """Who does it, for which provider, and when; `scope` is what there is to name."""

    provider: int
    person: str
    language: str
    now_us: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Step:
    """A step as facts about a subject, with the words they name; or what is wrong with it."""

    facts: tuple[Fact, ...]
    texts: tuple[NewText, ...]
    wrong: tuple[Wrong, ...]


def step(case: Case, action: Action, subject: str, filled: Filled) -> Step:
    """The step that somebody filled in. Nothing is written."""
    data, words, at_us = _MADE[action](case, filled)
    texts: list[NewText] = []
    if words:
        kind = "title" if action is Action.PLAN else "public"
        texts.append(_text(case, words, kind))
        data["written"] = texts[0].digest
    if filled.wrong:
        return Step((), (), tuple(filled.wrong))
    try:
        fact = make_fact(_TYPE[action], to_datetime(at_us), subject, **_present(data))
    except FactError as error:
        wrong = tuple(Wrong("", problem.message) for problem in error.problems)
        return Step((), (), wrong)
    return Step((fact,), tuple(texts), ())


_TYPE = {
    Action.PLAN: "maintenance.planned",
    Action.ANNOUNCE: "maintenance.announced",
    Action.CHANGE: "maintenance.changed",
    Action.START: "maintenance.started",
    Action.END: "maintenance.ended",
    Action.CANCEL: "maintenance.cancelled",
}

Made = tuple[dict[str, object], str, int]
"""The fact's fields, the words that go with it, and when it happened."""


def _plan(case: Case, filled: Filled) -> Made:
    title = filled.text("title", LONGEST_TITLE, required=True)
    kind = filled.kind()
    start, end = filled.time("start", required=True), filled.time("end", required=True)
    _in_order(filled, start, end)
    customer = filled.text("customer")
    if customer and customer not in case.scope.customers:
        filled.wrong.append(Wrong("customer", message("uptime.wrong-customer", found=customer)))
    data: dict[str, object] = {
        "kind": kind,
        "start": _iso(start),
        "end": _iso(end),
        "services": filled.names("services", case.scope.services or None),
        "regions": filled.names("regions", case.scope.regions or None),
        "accounts": filled.names("accounts", case.scope.accounts or None),
        "site": filled.text("site"),
        "requested_by": filled.text("requested_by"),
        "customer": customer,
    }
    return data, title, case.now_us


def _announce(case: Case, filled: Filled) -> Made:
    to = filled.names("to")
    if not to:
        filled.wrong.append(Wrong("to", message("uptime.wrong-nobody")))
    channel = filled.text("channel")
    if channel and channel not in CHANNELS:
        filled.wrong.append(Wrong("channel", message("uptime.wrong-channel", found=channel)))
    at = _happened(case, filled)
    return {"to": to, "channel": channel}, filled.text("words", LONGEST_WORDS), at


def _change(case: Case, filled: Filled) -> Made:
    start, end = filled.time("start", required=True), filled.time("end", required=True)
    _in_order(filled, start, end)
    data: dict[str, object] = {"start": _iso(start), "end": _iso(end)}
    return data, filled.text("words", LONGEST_WORDS), case.now_us


def _begin_or_end(case: Case, filled: Filled) -> Made:
    at = _happened(case, filled)
    return {}, filled.text("words", LONGEST_WORDS), at


def _cancel(case: Case, filled: Filled) -> Made:
    return {}, filled.text("words", LONGEST_WORDS, required=True), case.now_us


_MADE: dict[Action, Callable[[Case, Filled], Made]] = {
    Action.PLAN: _plan,
    Action.ANNOUNCE: _announce,
    Action.CHANGE: _change,
    Action.START: _begin_or_end,
    Action.END: _begin_or_end,
    Action.CANCEL: _cancel,
}


def _happened(case: Case, filled: Filled) -> int:
    """When it happened; now where nothing else is said. Nothing has happened in the future."""
    at = filled.time("at")
    if at is None:
        return case.now_us
    if at > case.now_us:
        now = to_datetime(case.now_us)
        filled.wrong.append(
            Wrong("at", message("uptime.wrong-future", at=to_datetime(at), now=now))
        )
    return at


def _in_order(filled: Filled, start: int | None, end: int | None) -> None:
    if start is not None and end is not None and end <= start:
        told = message("uptime.wrong-order", start=to_datetime(start), end=to_datetime(end))
        filled.wrong.append(Wrong("end", told))


def _text(case: Case, words: str, kind: str) -> NewText:
    return new_text(case.provider, words, kind=kind, person=case.person, language=case.language)


def _iso(at_us: int | None) -> str | None:
    return None if at_us is None else to_datetime(at_us).isoformat()


def _present(data: Mapping[str, object]) -> dict[str, object]:
    """The fields that say something."""
    empty: Sequence[object] = (None, "", [], ())
    return {name: value for name, value in data.items() if value not in empty}
