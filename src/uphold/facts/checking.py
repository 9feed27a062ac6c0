"""Whether a JSON object is a sound fact, and if not, everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from uphold.facts.canonical import MOST_EXACT, NotCanonicalError, digest
from uphold.facts.fact import ENVELOPE, ENVELOPE_NAMES, VERSION, Fact
from uphold.facts.problems import Place, Problem
from uphold.facts.table import BY_NAME
from uphold.facts.times import MINUTE, TimeUnreadableError, format_time, from_datetime
from uphold.facts.types import FactType, Field, Kind, nearest
from uphold.facts.values import (
    Value,
    ValueUnreadableError,
    from_text,
    read_value,
)
from uphold.facts.versions import UPGRADERS, VersionUnknownError, brought_up
from uphold.messages import Message

# How far a clock that is not ours may be ahead of ours (design, "Facts").
MOST_AHEAD = 5 * MINUTE
_SHOWN = 60


class FactError(ValueError):
    """A fact made in Python is not sound; `problems` says all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        from uphold.messages import Reader

        super().__init__("\n".join(problem.text(Reader("en")) for problem in problems))
        self.problems = problems


def make_fact(type: str, at: datetime | str, subject: str, **rest: object) -> Fact:  # noqa: A002
    """A fact made in Python: `at` and other times as aware datetimes or RFC 3339 texts.

    A keyword that Python reserves (`from`) goes in as `**{"from": …}`. Raises `FactError`.
    """
    written = {"type": type, "at": at, "subject": subject, **rest}
    fact, problems = read_fact({name: _as_json(value) for name, value in written.items()})
    if fact is None:
        raise FactError(problems)
    return fact


def read_fact(
    written: Mapping[str, object],
    *,
    place: Place | None = None,
    place_of: Callable[[str], Place] | None = None,
    now_us: int | None = None,
    texts: bool = False,
) -> tuple[Fact | None, tuple[Problem, ...]]:
    """The fact that a JSON object is, or what is wrong with it.

    `place_of` tells where a key stands. With `now_us` an `at` further ahead than five minutes
    is refused. With `texts` all scalars are texts, as in the facts of an `example` term.
    """
    check = _Check(place, place_of, now_us)
    current = check.brought_up(_from_texts(written) if texts else dict(written))
    fact = None if current is None else check.fact(current)
    return fact, tuple(check.problems)


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return format_time(from_datetime(value))
    return list(value) if isinstance(value, tuple) else value


def _from_texts(written: Mapping[str, object]) -> dict[str, object]:
    name = written.get("type")
    fact_type = BY_NAME.get(name) if isinstance(name, str) else None
    kinds = {each.name: each.kind for each in (*ENVELOPE, *(fact_type.fields if fact_type else ()))}
    return {key: from_text(kinds.get(key, Kind.TEXT), raw) for key, raw in written.items()}


@dataclass(slots=True)
class _Check:
    """One object being checked, and the problems found in it so far."""

    place: Place | None
    place_of: Callable[[str], Place] | None
    now_us: int | None
    problems: list[Problem] = field(default_factory=list)

    def brought_up(self, written: dict[str, object]) -> dict[str, object] | None:
        """The object in the newest spelling; its id stays the one that its first spelling had."""
        version = written.get("v", VERSION)
        if version == VERSION and type(version) is int:
            return written
        if type(version) is not int or not 0 <= version <= MOST_EXACT:
            self.unreadable("v", Kind.WHOLE, version)
            return None
        try:
            current = brought_up(written, version, VERSION, UPGRADERS)
            return {"id": digest(_without_recorded(written)), **current}
        except VersionUnknownError as error:
            told = {"version": str(error.version), "newest": str(error.newest)}
            self.add("v", Message("problem.fact-version-unknown", told))
        except NotCanonicalError:
            self.add("v", Message("problem.fact-not-canonical"))
        return None

    def fact(self, written: dict[str, object]) -> Fact | None:
        """The fact, if nothing is wrong with it."""
        fact_type = self.type_of(written)
        values = self.values(written, ENVELOPE)
        if fact_type is not None:
            self.subject_fits(fact_type, values.get("subject"))
            self.fields_known(fact_type, written)
            values |= self.values(written, fact_type.fields, optional="retracts" in written)
            self.periods_forward(fact_type, values)
        self.not_ahead(values.get("at"))
        if "corrects" in written and "retracts" in written:
            self.add("retracts", Message("problem.fact-corrects-and-retracts", {}))
        self.characters_sound(written)
        if self.problems or fact_type is None:
            return None
        return self.made(written, values)

    def made(self, written: dict[str, object], values: Mapping[str, Value]) -> Fact:
        at_us, recorded_us = values["at"], values.get("recorded")
        assert isinstance(at_us, int)
        assert recorded_us is None or isinstance(recorded_us, int)
        name, subject = str(written["type"]), str(written["subject"])
        place = str(self.place) if self.place else None
        return Fact(name, at_us, subject, written, recorded_us, place)

    def type_of(self, written: Mapping[str, object]) -> FactType | None:
        name = written.get("type")
        if not isinstance(name, str) or not name.strip(" "):
            return None
        if name in BY_NAME:
            return BY_NAME[name]
        near = nearest(name, BY_NAME)
        hint = Message("hint.fact-nearest", {"names": near}) if near else Message("hint.fact-types")
        self.add("type", Message("problem.fact-type-unknown", {"type": name}), hint)
        return None

    def values(
        self, written: Mapping[str, object], fields: tuple[Field, ...], *, optional: bool = False
    ) -> dict[str, Value]:
        """The values of these fields that can be read; the others become problems."""
        values: dict[str, Value] = {}
        for each in fields:
            if each.name in written:
                value = self.value(each, written[each.name])
                if value is not None:
                    values[each.name] = value
            elif each.required and not optional:
                self.missing(each, written)
        return values

    def missing(self, missed: Field, written: Mapping[str, object]) -> None:
        if missed.name in ENVELOPE_NAMES:
            told: dict[str, str] = {"field": missed.name}
            hint = Message("hint.fact-envelope")
            self.add("", Message("problem.fact-key-missing", told), hint)
        else:
            told = {"type": str(written["type"]), "field": missed.name}
            hint = Message("hint.fact-expected", {"expected": expected(missed.kind)})
            self.add("type", Message("problem.fact-field-missing", told), hint)

    def value(self, named: Field, raw: object) -> Value | None:
        try:
            value = read_value(named.kind, raw)
        except TimeUnreadableError as error:
            self.bad_time(named.name, error)
            return None
        except ValueUnreadableError:
            self.unreadable(named.name, named.kind, raw)
            return None
        if named.words and value not in named.words:
            self.bad_word(named, str(value))
            return None
        if named.kind is Kind.TYPES:
            return self.known_types(named.name, value)
        return value

    def known_types(self, name: str, value: Value) -> Value | None:
        assert isinstance(value, tuple)
        unknown = [each for each in value if each not in BY_NAME]
        for each in unknown:
            near = nearest(each, BY_NAME)
            hint = Message("hint.fact-nearest", {"names": near}) if near else None
            self.add(name, Message("problem.fact-type-unknown", {"type": each}), hint)
        return None if unknown else value

    def bad_time(self, name: str, error: TimeUnreadableError) -> None:
        told = {"field": name, "found": shown(error.text)}
        if error.naive:
            message = Message("problem.fact-time-naive", told)
        else:
            message = Message("problem.fact-time-unreadable", told)
        self.add(name, message, Message("hint.fact-time"))

    def bad_word(self, named: Field, found: str) -> None:
        near = nearest(found, named.words)
        told = {"field": named.name, "found": shown(found)}
        hint = (
            Message("hint.fact-nearest", {"names": near})
            if near
            else Message("hint.fact-words", {"words": named.words})
        )
        self.add(named.name, Message("problem.fact-word-unknown", told), hint)

    def unreadable(self, name: str, kind: Kind, raw: object) -> None:
        told = {"field": name, "found": shown(raw)}
        hint = Message("hint.fact-expected", {"expected": expected(kind)})
        self.add(name, Message("problem.fact-value-unreadable", told), hint)

    def subject_fits(self, fact_type: FactType, subject: Value | None) -> None:
        if isinstance(subject, str) and subject.partition(":")[0] not in fact_type.things:
            told = {"type": fact_type.name, "subject": shown(subject)}
            hint = Message("hint.fact-subject", {"thing": fact_type.thing})
            self.add("subject", Message("problem.fact-subject-wrong", told), hint)

    def fields_known(self, fact_type: FactType, written: Mapping[str, object]) -> None:
        known = {each.name for each in fact_type.fields} | ENVELOPE_NAMES
        for name in written:
            if name in known:
                continue
            near = nearest(name, known)
            told = {"type": fact_type.name, "field": shown(name)}
            hint = (
                Message("hint.fact-nearest", {"names": near})
                if near
                else Message("hint.fact-fields", {"names": _names(fact_type)})
            )
            self.add(name, Message("problem.fact-field-unknown", told), hint)

    def periods_forward(self, fact_type: FactType, values: Mapping[str, Value]) -> None:
        for first, last in fact_type.periods:
            start, end = values.get(first), values.get(last)
            if isinstance(start, int) and isinstance(end, int) and end <= start:
                told = {"first": first, "last": last}
                self.add(last, Message("problem.fact-period-backwards", told))

    def not_ahead(self, at_us: Value | None) -> None:
        if self.now_us is None or not isinstance(at_us, int):
            return
        if at_us > self.now_us + MOST_AHEAD:
            told = {"at": format_time(at_us), "now": format_time(self.now_us)}
            self.add("at", Message("problem.fact-time-ahead", told))

    def characters_sound(self, written: Mapping[str, object]) -> None:
        """Half a surrogate pair is no character: it has no UTF-8, and so no digest."""
        for name, raw in written.items():
            if not encodable((name, raw)):
                self.add(name, Message("problem.fact-surrogate", {"field": ascii(name)[1:-1]}))

    def add(self, key: str, message: Message, hint: Message | None = None) -> None:
        place = self.place_of(key) if self.place_of else self.place
        code = message.id.removeprefix("problem.")
        self.problems.append(Problem(code, message, hint, place))


def expected(kind: Kind) -> Message:
    """What a value of the kind looks like, in words."""
    return _EXPECTED[kind]


_EXPECTED = {
    Kind.TEXT: Message("fact.kind-text"),
    Kind.WORD: Message("fact.kind-text"),
    Kind.PERSON: Message("fact.kind-text"),
    Kind.SUBJECT: Message("fact.kind-subject"),
    Kind.TIME: Message("fact.kind-time"),
    Kind.YES_NO: Message("fact.kind-yes-no"),
    Kind.WHOLE: Message("fact.kind-whole"),
    Kind.DECIMAL: Message("fact.kind-decimal"),
    Kind.MONEY: Message("fact.kind-money"),
    Kind.DURATION: Message("fact.kind-duration"),
    Kind.WORDS: Message("fact.kind-words"),
    Kind.TYPES: Message("fact.kind-types"),
}


def shown(raw: object) -> str:
    """A JSON value as it may be quoted in a message: on one line, and not too long."""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def encodable(raw: object) -> bool:
    """Whether every text in a JSON value can be written in UTF-8."""
    if isinstance(raw, str):
        return raw.isascii() or not any("\ud800" <= each <= "\udfff" for each in raw)
    return not isinstance(raw, list | tuple) or all(map(encodable, raw))


def _names(fact_type: FactType) -> tuple[str, ...]:
    own = tuple(each.name for each in fact_type.fields)
    return own or tuple(each.name for each in ENVELOPE)


def _without_recorded(written: Mapping[str, object]) -> dict[str, object]:
    return {name: raw for name, raw in written.items() if name != "recorded"}
