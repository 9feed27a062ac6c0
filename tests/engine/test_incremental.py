"""One more fact re-judges the things that it touches, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.engine.pages import DESK, PRIORITY, TARGETS, agreement, at, fact, response

from uphold.agreement import Agreement
from uphold.engine import Evaluation, State, Verdict, evaluate
from uphold.facts import Fact, make_fact

RELEASED = """\
clock: shipped
of: complaint
starts: complaint.received
stops: complaint.answered
target: next release
"""
WEEKLY = "retention: weekly\nof: backup\ntaken: every week\nkept: at least 20 calendar days\n"
PEOPLE = "applies: people\nto: [response]\nunless: [account has 24x7]\n"
FIRST = agreement(DESK, PRIORITY, response(TARGETS), RELEASED, WEEKLY, PEOPLE)
SECOND = agreement(
    DESK, response("1 business hour"), WEEKLY, revision=2, posted="2026-03-20T00:00:00+01:00"
)
NOW = at("2026-03-27 12:00")
FACTS = [
    fact("customer.agreed", "2026-01-05 09:00", "customer:acme", account="acme-1"),
    fact("customer.agreed", "2026-01-05 09:00", "customer:zen", account="zen-1"),
    fact("opened", "2026-03-06 08:00", "request:1", account="acme-1"),
    fact("opened", "2026-03-06 08:00", "request:2", customer="acme"),
    fact("opened", "2026-03-06 08:00", "request:3", account="zen-1"),
    fact("opened", "2026-03-06 08:00", "request:4"),
    fact("opened", "2026-03-17 08:00", "request:5", account="zen-1"),
    fact("opened", "2026-03-23 08:00", "request:6", account="zen-1"),
    fact("complaint.received", "2026-03-06 08:00", "complaint:1"),
    fact("release.planned", "2026-03-06 08:00", "release:1", planned=at("2026-03-30 08:00")),
    fact("backup.taken", "2026-03-06 08:00", "backup:1"),
    fact("backup.taken", "2026-03-19 08:00", "backup:2"),
]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The things that are judged from now on, in order."""
    seen: list[str] = []
    real = Evaluation._thing

    def spying(self: Evaluation, subject: str) -> Iterator[Verdict]:
        seen.append(subject)
        return real(self, subject)

    monkeypatch.setattr(Evaluation, "_thing", spying)
    return seen


def told(original: Fact, **more: Any) -> Fact:
    written = {**original.written, **more}
    return make_fact(written.pop("type"), written.pop("at"), written.pop("subject"), **written)


def grown(judged: list[str], new: Fact, facts: list[Fact] | None = None) -> tuple[str, ...]:
    """What adding the fact judges; its verdicts are those of judging everything anew."""
    facts = FACTS if facts is None else facts
    revisions: list[Agreement] = [FIRST, SECOND]
    before = Evaluation.of(revisions, facts, NOW)
    judged.clear()
    after = before.adding(new)
    found = tuple(judged)
    assert after.verdicts == evaluate(revisions, [*facts, new], NOW)
    return found


def test_a_fact_of_a_request_judges_that_request_only(judged: list[str]) -> None:
    assert grown(judged, fact("answered", "2026-03-06 09:00", "request:3")) == ("request:3",)
    assert grown(judged, fact("opened", "2026-03-06 09:00", "request:9")) == ("request:9",)


def test_a_fact_of_a_customer_judges_its_things_only(judged: list[str]) -> None:
    added = fact("customer.added", "2026-03-06 07:00", "customer:acme", addition="24x7")
    assert grown(judged, added) == ("customer:acme", "request:1", "request:2")
    unknown = fact("customer.added", "2026-03-06 07:00", "customer:new", addition="24x7")
    assert grown(judged, unknown) == ("customer:new",)


def test_a_customer_that_takes_an_account_over_or_gives_it_up_touches_both(
    judged: list[str],
) -> None:
    named = [told(FACTS[0], id="agreed"), *FACTS[1:]]
    added = fact("customer.added", "2026-03-06 07:00", "customer:acme", addition="24x7")
    taken_back = make_fact(
        "customer.agreed",
        FACTS[0].at,
        "customer:acme",
        retracts="agreed",
        recorded=at("2026-03-07 09:00"),
    )
    assert grown(judged, taken_back, [*named, added]) == (
        "customer:acme",
        "request:1",
        "request:2",
    )


def test_a_release_judges_only_what_a_release_may_end(judged: list[str]) -> None:
    shipped = fact("release.shipped", "2026-03-25 08:00", "release:1")
    assert grown(judged, shipped) == ("complaint:1", "release:1")


def test_a_posting_judges_only_what_it_puts_under_another_revision(judged: list[str]) -> None:
    posted = fact(
        "agreement.posted", "2026-03-16 00:00", "agreement:sample", agreement="sample", revision="2"
    )
    # request:6 is under the second revision either way, the older ones stay under the first.
    found = grown(judged, posted)
    assert found == ("agreement:sample", "backup:2", "request:5")
    other = told(posted, agreement="other", subject="agreement:other")
    assert grown(judged, other) == ("agreement:other",)


def test_a_backup_judges_itself_and_its_register(judged: list[str]) -> None:
    taken = fact("backup.taken", "2026-03-13 08:00", "backup:3")
    assert grown(judged, taken) == ("backup:3",)
    before = evaluate([FIRST], FACTS, NOW).of("register:all")
    after = evaluate([FIRST], [*FACTS, taken], NOW).of("register:all")
    assert [each.state for each in before] == [State.MISSED, State.MISSED]
    assert [each.state for each in after] == [State.MET, State.MET, State.MISSED]


def test_a_correction_that_moves_a_fact_judges_both_things(judged: list[str]) -> None:
    answered = fact("answered", "2026-03-06 09:00", "request:3", id="answer")
    moved = told(answered, subject="request:4", corrects="answer", id="better")
    assert grown(judged, moved, [*FACTS, answered]) == ("request:3", "request:4")


def test_a_fact_from_after_the_instant_changes_nothing(judged: list[str]) -> None:
    later = fact("answered", "2026-04-27 12:00", "request:3")
    assert grown(judged, later) == ("request:3",)


def test_the_first_evaluation_judges_each_thing_once(judged: list[str]) -> None:
    Evaluation.of([FIRST, SECOND], FACTS, NOW)
    assert sorted(judged) == sorted({each.subject for each in FACTS})
