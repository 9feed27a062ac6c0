"""What the four published texts leave open is settled in the open, and shown where it matters."""

from pathlib import Path

import pytest

from uphold.agreement import load_agreement
from uphold.agreement.terms.duty import OpenTerm
from uphold.engine import State
from uphold.engine.examples import run_examples

AGREEMENTS = Path(__file__).parents[2] / "agreements"

SETTLED = [
    # the question, the agreement, and the term that answers it or says that it is open
    ("which holidays close the desk", "easymeeting", "europe-support"),
    ("which holidays close the desk", "biztek", "opening-hours"),
    ("which holidays close the desk", "connexys", "office"),
    ("what a change of priority does", "easymeeting", "response"),
    ("what a change of priority does", "biztek", "response"),
    ("what a change of priority does", "connexys", "reaction"),
    ("which language prevails", "easymeeting", "prevailing-language"),
    ("E9b how soon is immediately", "easymeeting", "unplanned-maintenance"),
    ("E9c how many users are significant", "easymeeting", "significant-users"),
    ("E9c another duty in the Norwegian text", "easymeeting", "prevailing-language"),
    ("E7 which windows are standard", "easymeeting", "standard-windows"),
    ("E10 local times or fixed offsets", "easymeeting", "america-support"),
    ("E10 does the addition reach beyond telephone", "easymeeting", "telephone-out-of-hours"),
    ("E12 months against a year", "easymeeting", "yearly-availability"),
    ("E14 full steps, from where", "easymeeting", "availability-credit"),
    ("E15 do support metrics reach the response", "easymeeting", "response"),
    ("E16 priority or arrival", "easymeeting", "support-priority"),
    ("L2 sign-in or calling, or both", "lifesize", "cloud-service"),
    ("L3 the month's zone", "lifesize", "monthly-uptime"),
    ("L5 who is eligible", "lifesize", "extreme-plan"),
    ("L5 the amount", "lifesize", "credit-amount"),
    ("B2 weekdays and zone", "biztek", "opening-hours"),
    ("B2 severity 1 in hours or round the clock", "biztek", "response"),
    ("C1 from making or passing on", "connexys", "reaction"),
    ("C1 office hours and zone", "connexys", "office"),
    ("C2 from reaction or its allowed time", "connexys", "resolution"),
    ("C2 custom work at level 3", "connexys", "level-3-custom"),
    ("C4 when a complaint's time starts", "connexys", "complaint-contacted"),
    ("C4 a limit for the outcome", "connexys", "complaint-outcome"),
    ("C6 mean over parts or over the month", "connexys", "monthly-uptime"),
]


@pytest.mark.requirement("X3")
@pytest.mark.parametrize(
    ("question", "name", "term"), SETTLED, ids=[f"{name}: {asked}" for asked, name, _ in SETTLED]
)
def test_each_open_reading_is_settled_by_a_term(question: str, name: str, term: str) -> None:
    found = load_agreement(AGREEMENTS / f"{name}.md").term(term)
    assert found is not None, question
    assert isinstance(found, OpenTerm) or found.interpretation


@pytest.mark.requirement("X3")
@pytest.mark.parametrize("name", ["easymeeting", "biztek", "connexys"])
def test_every_verdict_shows_the_readings_of_its_own_term(name: str) -> None:
    agreement = load_agreement(AGREEMENTS / f"{name}.md")
    shown = 0
    for run in run_examples(agreement):
        assert run.verdicts is not None
        for verdict in run.verdicts:
            term = agreement.term(verdict.clock.partition(".")[0])
            before_any = verdict.because[0].id == "reason.before-in-force"
            if term is None or (before_any and verdict.state is State.NOT_OWED):
                continue
            texts = {reason.data.get("text") for reason in verdict.because}
            assert set(term.interpretation) <= texts, verdict.key
            shown += len(term.interpretation)
    assert shown > 50
