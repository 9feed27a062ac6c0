"""The examples of all shipped agreements: seen from both sides, explained, and stated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from uphold.agreement import Agreement, load_agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm, TerminationTerm
from uphold.engine.examples import ExampleRun, run_examples, run_of_row
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.figure_json import figure_json
from uphold.engine.money.credit import Credit
from uphold.engine.money.leaving import Right
from uphold.engine.settle import Settlement
from uphold.facts import FactSet
from uphold.messages import LANGUAGES, Message, Reader
from uphold.statement import Asked, Status, build, seal, verify

FOLDER = Path(__file__).resolve().parents[2] / "agreements"
PRICED = (AvailabilityTerm, CreditTerm, TerminationTerm)
ARITHMETIC = {"reason.share", "reason.share-of-known", "reason.share-as-down", "reason.mean"}
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
SALT = b"a salt for tests"
SHOWN = ("state", "availability", "lowest", "highest", "downtime_seconds", "unknown_seconds")


@cache
def shipped() -> dict[str, Agreement]:
    """Every shipped agreement that measures or prices, by its file's name."""
    loaded = {
        path.stem: load_agreement(path)
        for path in sorted(FOLDER.rglob("*.md"))
        if len(path.suffixes) == 1
    }
    return {
        name: agreement
        for name, agreement in loaded.items()
        if any(isinstance(term, PRICED) for term in agreement.terms)
    }


@cache
def runs_of(name: str) -> tuple[ExampleRun, ...]:
    """The examples of an agreement that measure or price, run."""
    agreement = shipped()[name]
    terms = {term.name for term in agreement.terms if isinstance(term, PRICED)}
    return tuple(
        run
        for run in run_examples(agreement)
        if any(terms & set(key.split("/")) for key in run.example.expect)
    )


def settlements(name: str) -> Iterator[Settlement]:
    for run in runs_of(name):
        assert run.settlement is not None
        yield run.settlement


def told_by(settlement: Settlement) -> tuple[Figure | Credit | Right, ...]:
    """Its figures, credits and rights."""
    return (*settlement.history, *settlement.all_credits, *settlement.rights)


NAMES = sorted(shipped())
EACH = pytest.mark.parametrize("name", NAMES)


# -- both sides --------------------------------------------------------------------------------


@EACH
def test_each_promise_is_seen_met_and_missed_and_each_credit_earned_and_not(name: str) -> None:
    seen: dict[str, set[str]] = {}
    for run in runs_of(name):
        for key, expected in run.example.expect.items():
            for part in key.split("/"):
                seen.setdefault(part, set()).add(expected.get("state", ""))
    missing = {
        term.name: seen.get(term.name)
        for term in shipped()[name].terms
        if (isinstance(term, AvailabilityTerm) and not seen.get(term.name, set()) >= BOTH)
        or (isinstance(term, CreditTerm | TerminationTerm) and not _earned_and_not(seen, term.name))
    }
    assert missing == {}


BOTH = {"met", "missed"}
NOTHING = {"none", "not owed"}
SPENT = {"", "barred", "refused", "lapsed"}


def _earned_and_not(seen: dict[str, set[str]], term: str) -> bool:
    """Whether a credit or right is seen to be there, and seen not to be, or no longer."""
    states = seen.get(term, set())
    return bool(states - NOTHING - SPENT) and bool(states & (NOTHING | SPENT - {""}))


# -- reasons -----------------------------------------------------------------------------------


@pytest.mark.requirement("X2", "X3")
@EACH
def test_every_figure_and_every_credit_explains_itself(name: str) -> None:
    """The clause, the revision, the arithmetic, and every reading of its own term."""
    agreement, explained = shipped()[name], 0
    for settlement in settlements(name):
        for each in told_by(settlement):
            assert agreement.clause(each.clause) is not None, each.key
            assert each.revision == agreement.revision
            term = agreement.term(each.term)
            assert term is not None
            texts = {reason.data.get("text") for reason in each.because}
            assert set(term.interpretation) <= texts, each.key
            explained += _has_grounds(each)
    assert explained >= len(runs_of(name))


def _has_grounds(each: Figure | Credit | Right) -> bool:
    """What it was worked out from: the sum of a figure, the misses of a credit or right."""
    ids = {reason.id for reason in each.because}
    if isinstance(each, Figure):
        if each.availability is None:
            return False
        assert {"reason.window", "reason.downtime"} <= ids, each.key
        assert ids & {"reason.owed-time", "reason.owed-without"}, each.key
        assert ids & ARITHMETIC, each.key
        return True
    assert each.earned_by, each.key
    assert ids & {"reason.credit-missed", "reason.credit-figure-missed"}, each.key
    return True


@pytest.mark.requirement("X2")
@EACH
def test_every_reason_names_only_facts_that_there_are(name: str) -> None:
    for settlement in settlements(name):
        known = {fact.id for fact in settlement.evaluation.facts.facts}
        for each in told_by(settlement):
            named = {reason.data["fact"] for reason in each.because if "fact" in reason.data}
            assert named <= known, each.key


@pytest.mark.requirement("X2")
@EACH
def test_every_reason_is_told_in_five_languages(name: str) -> None:
    reasons: dict[str, Message] = {}
    for settlement in settlements(name):
        for each in told_by(settlement):
            reasons |= {reason.id: reason for reason in each.because}
    assert reasons
    for language in LANGUAGES:
        reader = Reader(language)
        untold = [reader.text(reason) for reason in reasons.values()]
        assert [text for text in untold if text.startswith("[")] == []


# -- statements --------------------------------------------------------------------------------


def _stated(run: ExampleRun) -> Iterator[tuple[str, Figure]]:
    """The last figure of an example that is over, and each customer it concerns."""
    assert run.settlement is not None
    now = run.settlement.evaluation.now
    over = [each for each in run.settlement.history if each.window.whole[1] <= now]
    for customer in run.settlement.evaluation.accounts.by_customer:
        theirs = [each for each in over if each.customer in (None, customer)]
        if theirs:
            yield customer, theirs[-1]


@pytest.mark.requirement("X4")
@EACH
def test_what_an_example_comes_to_can_be_stated_and_checked_alone(name: str) -> None:
    """The statement holds the same figures and credits, and they follow from it alone."""
    agreement, stated = shipped()[name], 0
    for run in runs_of(name):
        settlement = run.settlement
        assert settlement is not None
        facts = FactSet.of(settlement.evaluation.facts.facts)
        for customer, figure in _stated(run):
            asked = Asked(customer, figure.window, run.example.at, run.example.known, salt=SALT)
            made = build([agreement], facts, map(run_of_row, run.example.evidence), asked)
            assert verify(seal(made, KEY).to_bytes(), KEY.public_key()).status is Status.INTACT
            told = {each["key"]: each for each in made.parts["verdicts"]["figures"]}
            ours = figure_json(figure, agreement)
            assert {part: told[figure.key][part] for part in SHOWN} == {
                part: ours[part] for part in SHOWN
            }
            earned = {each["key"]: each["state"] for each in made.parts["verdicts"]["credits"]}
            known = {each.key: str(each.state) for each in settlement.all_credits}
            assert earned == {key: known[key] for key in earned}
            stated += 1
    assert stated or not agreement.of(AvailabilityTerm)
