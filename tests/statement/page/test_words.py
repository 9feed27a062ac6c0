"""Reasons in other languages than English: no word of ours is left untranslated in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.statement.page.made import LANGUAGES, march, page
from tests.statement.page.tree import tree

from uphold.agreement import load_agreement
from uphold.agreement.terms.measure import EXCLUDABLE
from uphold.engine.examples import run_examples
from uphold.engine.measure.exclusion_words import exclusion_words
from uphold.engine.money.credit import CreditState
from uphold.engine.money.leaving import RightState
from uphold.engine.settle import Settlement
from uphold.engine.verdict import State
from uphold.messages import Message, Reader, Value
from uphold.statement.page.availability import left_out

AGREEMENTS = Path(__file__).resolve().parents[3] / "agreements"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
EVIDENCE = ("checks", "logs", "reports", "component log", "component logs", "evidence")
MAINTENANCE = ("planned", "unplanned", "emergency", "requested", "maintenance", "standing window")
OURS = {*EXCLUDABLE, *EVIDENCE, *MAINTENANCE, *State, *CreditState, *RightState}
SHARED = {"nl": {"open", "logs", "met"}}
"""English words that are words of the other language, too."""

NAMES = {"agreed", "check", "clause", "name", "part", "service", "source", "sources", "term"}
"""Placeholders of names that others chose, and of what is quoted from the agreement."""

MASK = "§"
WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(OURS, key=len, reverse=True))})(?![\w-])")
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^”]*”")


def reasons_of(settlement: Settlement) -> Iterator[Message]:
    told = (
        settlement.verdicts,
        settlement.history,
        settlement.outages,
        settlement.questions,
        settlement.all_credits,
        settlement.rights,
        settlement.gaps,
    )
    for each in (one for some in told for one in some):
        yield from each.because


@cache
def reasons() -> tuple[Message, ...]:
    """Each reason that the examples of the agreements come to, and with each message in it."""
    found: dict[object, Message] = {}
    for path in sorted(each for each in AGREEMENTS.rglob("*.md") if len(each.suffixes) == 1):
        for run in run_examples(load_agreement(path)):
            assert run.settlement is not None
            for reason in reasons_of(run.settlement):
                inner = tuple(each.id for each in reason.data.values() if isinstance(each, Message))
                found.setdefault((reason.id, inner), reason)
    return tuple(found.values())


def texts(said: Message) -> Iterator[tuple[str, str]]:
    """The plain text that a message holds, with the placeholder that it fills."""
    for name, value in said.data.items():
        yield from _texts(name, value)


def _texts(name: str, value: Value) -> Iterator[tuple[str, str]]:
    match value:
        case Message():
            yield from texts(value)
        case tuple():
            for each in value:
                yield from _texts(name, each)
        case str():
            yield name, value


def masked(value: Value) -> Value:
    """A value without the text in it: what is left are the words of the catalogue."""
    match value:
        case Message():
            return Message(value.id, {name: masked(each) for name, each in value.data.items()})
        case tuple():
            return tuple(map(masked, value))
        case str():
            return MASK
        case _:
            return value


def test_the_examples_come_to_most_reasons() -> None:
    assert len({reason.id for reason in reasons()}) > 90


def test_no_reason_holds_a_word_of_ours_as_plain_text() -> None:
    for reason in reasons():
        held = {text for name, text in texts(reason) if name not in NAMES}
        assert held & OURS == set(), reason


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_reason_is_told_with_an_english_word_of_ours(language: str) -> None:
    reader = Reader(language, "Europe/Oslo")
    for reason in reasons():
        told = QUOTED.sub(
            "",
            reader.text(
                Message(reason.id, {name: masked(value) for name, value in reason.data.items()})
            ),
        )
        assert set(WORD.findall(told)) <= SHARED.get(language, set()), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_ends_in_two_full_stops(language: str) -> None:
    reader = Reader(language, "Europe/Oslo")
    for reason in reasons():
        assert not re.search(r"\w\.\.(?!\w)", reader.text(reason))


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_left_out_is_named_in_the_language(language: str) -> None:
    reader = Reader(language)
    for kind in EXCLUDABLE:
        words = reader.text(exclusion_words(kind))
        assert words not in OURS
        assert reader.text(left_out(kind)).endswith(f": {words}")
    assert "third-party" in reader.text(exclusion_words("cause third-party"))
    assert "cause " not in reader.text(exclusion_words("cause third-party"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_names_the_maintenance_it_leaves_out_in_its_language(language: str) -> None:
    assert march().parts["verdicts"]["figures"]
    words = Reader(language).text(exclusion_words("planned maintenance"))
    notes = [each.text for each in tree(page(language)).every("li")]
    told = [note for note in notes if "maintenance:88" in note and "(" in note]
    assert told
    assert all(words in note and "planned" not in note for note in told)
