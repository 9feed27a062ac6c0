"""Connexys' agreement on facts: each row's verdict, from the shipped file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from uphold.agreement import Agreement, load_agreement, read_document
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine import Verdict, Verdicts, evaluate
from uphold.facts import Fact, make_fact

FILE = Path(__file__).resolve().parents[2] / "agreements" / "connexys.md"


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


def local(text: str) -> str:
    """A wall time in the Dutch winter, `2025-03-10 10:00` or with seconds, as RFC 3339."""
    day, _, time = text.partition(" ")
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}+01:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(local(text))


def fact(what: str, time: str, subject: str = "request:1", **rest: Any) -> Fact:
    said = {name: value for name, value in rest.items() if value is not None}
    return make_fact(what, local(time), subject, **({"customer": "acme"} | said))


def trained(person: str = "p1", time: str = "2025-01-02 10:00") -> Fact:
    return fact("customer.trained", time, "customer:acme", person=person)


def opened(kind: str, time: str = "2025-03-10 10:00", **rest: Any) -> Fact:
    said: dict[str, Any] = {"author": "p1", "author_role": "super user", "channel": "portal"}
    return fact("request.opened", time, kind=kind, **(said | rest))


def judge(agreement: Agreement, time: str, *facts: Fact) -> Verdicts:
    return evaluate([agreement], list(facts), at(time))


def the(verdicts: Verdicts, clock: str) -> Verdict:
    (found,) = (verdict for verdict in verdicts if verdict.clock == clock)
    return found


# -- reaction and resolution


@pytest.mark.requirement("C1")
@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("gebruikersvraag", "2025-03-11 14:00"),
        ("niveau-1", "2025-03-10 13:00"),
        ("niveau-2", "2025-03-11 17:00"),
        ("niveau-3", "2025-03-11 17:00"),
        ("wijzigingsverzoek", "2025-03-12 17:00"),
    ],
)
def test_each_kind_of_call_has_its_reaction_time(agreement: Agreement, kind: str, due: str) -> None:
    in_time = fact("request.answered", due)
    late = fact("request.answered", f"{due}:01")
    for answer, state in ((in_time, "met"), (late, "missed")):
        verdicts = judge(agreement, "2025-03-13 09:00", trained(), opened(kind), answer)
        assert (the(verdicts, "reaction").state, the(verdicts, "reaction").due) == (state, at(due))


@pytest.mark.requirement("C2")
@pytest.mark.parametrize(
    ("kind", "part", "starts", "due"),
    [
        ("gebruikersvraag", None, "2025-03-11 14:00", "2025-03-13 10:00"),
        ("niveau-1", None, "2025-03-10 13:00", "2025-03-11 13:00"),
        ("niveau-2", "maatwerk", "2025-03-11 17:00", "2025-03-18 17:00"),
    ],
)
def test_resolution_starts_where_the_reaction_time_ends(
    agreement: Agreement, kind: str, part: str | None, starts: str, due: str
) -> None:
    early = fact("request.answered", "2025-03-10 10:05")
    for time, state in ((due, "met"), (f"{due}:01", "missed")):
        verdicts = judge(agreement, "2025-03-20 09:00", trained(), opened(kind, part=part), early,
                         fact("request.resolved", time))  # fmt: skip
        resolution = the(verdicts, "resolution")
        assert (resolution.state, resolution.starts, resolution.due) == (
            state, at(starts), at(due),
        )  # fmt: skip


def released(number: int, time: str) -> Fact:
    return fact("release.shipped", time, f"release:{number}")


@pytest.mark.requirement("C2")
def test_the_standard_application_is_mended_in_the_coming_release_or_the_next(
    agreement: Agreement,
) -> None:
    facts = [trained(), opened("niveau-2", part="standaard")]
    first, second = released(8, "2025-04-01 08:00"), released(9, "2025-05-06 08:00")
    solved = fact("request.resolved", "2025-05-06 08:00")
    assert the(judge(agreement, "2025-03-20 09:00", *facts), "resolution").state == "unknown"
    assert the(judge(agreement, "2025-04-02 09:00", *facts, first), "resolution").due is None
    met = the(judge(agreement, "2025-05-07 09:00", *facts, first, second, solved), "resolution")
    missed = the(judge(agreement, "2025-05-07 09:00", *facts, first, second), "resolution")
    assert (met.state, met.due) == ("met", at("2025-05-06 08:00"))
    assert missed.state == "missed"


@pytest.mark.requirement("C2")
@pytest.mark.parametrize(("kind", "part"), [("niveau-3", "standaard"), ("wijzigingsverzoek", None)])
def test_possibly_is_no_promise_and_none_is_none(
    agreement: Agreement, kind: str, part: str | None
) -> None:
    verdicts = judge(agreement, "2025-06-20 09:00", trained(), opened(kind, part=part))
    assert the(verdicts, "resolution").state == "not owed"


@pytest.mark.requirement("C2")
def test_custom_work_of_level_three_is_left_open(agreement: Agreement) -> None:
    verdicts = judge(agreement, "2025-06-20 09:00", trained(), opened("niveau-3", part="maatwerk"))
    assert the(verdicts, "resolution").state == "unknown"


@pytest.mark.requirement("C3")
@pytest.mark.parametrize("mark", ["**", "†", "[^2]"])
def test_the_mark_that_the_page_never_explains_is_reported_when_put_back(mark: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    row = "| incident van niveau 1 | 3 kantooruren |"
    assert row in text
    marked = text.replace(row, f"| incident van niveau 1 | 3 kantooruren {mark} |")
    line = marked[: marked.index(mark)].count("\n") + 1
    clean = read_document(("connexys.md", text))
    found = read_document(("connexys.md", marked))
    assert clean.problems == ()
    assert [(each.code, each.place.line) for each in found.problems] == [("note-missing", line)]


# -- complaints


@pytest.mark.requirement("C4")
@pytest.mark.parametrize(("late", "state"), [("", "met"), (":01", "missed")])
def test_a_complaint_is_confirmed_by_name_and_that_person_makes_contact(
    agreement: Agreement, late: str, state: str
) -> None:
    verdicts = judge(
        agreement, "2025-03-12 09:00",
        fact("complaint.received", "2025-03-07 16:00", "complaint:1"),
        fact("complaint.confirmed", f"2025-03-10 17:00{late}", "complaint:1", owner="m3"),
        fact("complaint.contacted", f"2025-03-11 17:00{late}", "complaint:1", by="m3"),
    )  # fmt: skip
    assert the(verdicts, "complaint-confirmed").state == state
    assert the(verdicts, "complaint-contacted").state == state


@pytest.mark.requirement("C4")
def test_a_confirmation_without_a_name_and_a_contact_by_another_do_not_count(
    agreement: Agreement,
) -> None:
    verdicts = judge(
        agreement, "2025-03-12 09:00",
        fact("complaint.received", "2025-03-07 16:00", "complaint:1"),
        fact("complaint.confirmed", "2025-03-10 09:00", "complaint:1"),
        fact("complaint.contacted", "2025-03-10 09:30", "complaint:1", by="m8"),
    )  # fmt: skip
    assert the(verdicts, "complaint-confirmed").state == "missed"
    assert the(verdicts, "complaint-contacted").state == "missed"


# -- the customer's part


@pytest.mark.requirement("C7")
def test_an_untrained_users_request_has_no_clock_and_says_why(agreement: Agreement) -> None:
    verdicts = judge(agreement, "2025-03-12 09:00", trained("p9"), opened("niveau-1"))
    for clock in ("reaction", "resolution"):
        assert the(verdicts, clock).state == "not owed"
        assert the(verdicts, clock).leans_on("trained-users")


@pytest.mark.requirement("C8")
def test_a_request_waits_at_the_customer_until_a_super_user_passes_it_on(
    agreement: Agreement,
) -> None:
    facts = [trained(), opened("niveau-1", "2025-03-10 09:30", author_role="user")]
    waiting = judge(agreement, "2025-03-10 11:30", *facts)
    assert the(waiting, "reaction").state == "not started"
    assert the(waiting, "at-customer").starts == at("2025-03-10 09:30")
    assert the(waiting, "at-customer").stopped is None
    passed_on = judge(agreement, "2025-03-10 13:00", *facts,
                      fact("request.forwarded", "2025-03-10 12:00"))  # fmt: skip
    assert the(passed_on, "reaction").starts == at("2025-03-10 12:00")
    assert the(passed_on, "reaction").due == at("2025-03-10 15:00")
    waited = the(passed_on, "at-customer")
    assert (waited.starts, waited.stopped) == (at("2025-03-10 09:30"), at("2025-03-10 12:00"))


@pytest.mark.requirement("C8")
def test_a_super_users_own_request_is_ours_at_once(agreement: Agreement) -> None:
    verdicts = judge(agreement, "2025-03-10 11:00", trained(), opened("niveau-1"))
    assert the(verdicts, "reaction").starts == at("2025-03-10 10:00")
    assert [each for each in verdicts if each.clock == "at-customer"] == []


@pytest.mark.requirement("C9")
def test_another_channel_is_used_with_a_recorded_reason(agreement: Agreement) -> None:
    by_mail = opened("niveau-1", channel="e-mail", channel_reason="the service desk is down")
    by_telephone = opened("niveau-1", channel="telephone")
    with_reason = judge(agreement, "2025-03-10 11:00", trained(), by_mail)
    without = judge(agreement, "2025-03-10 11:00", trained(), by_telephone)
    in_the_desk = judge(agreement, "2025-03-10 11:00", trained(), opened("niveau-1"))
    assert the(with_reason, "other-channel").state == "met"
    assert the(with_reason, "reaction").state == "running"
    assert the(without, "other-channel").state == "missed"
    assert [each for each in in_the_desk if each.clock == "other-channel"] == []


def test_the_uptime_is_of_the_whole_service_in_a_calendar_month(agreement: Agreement) -> None:
    (uptime,) = agreement.of(AvailabilityTerm)
    assert (str(uptime.target), str(uptime.window), uptime.per, uptime.excludes) == (
        "at least 99.5 %", "calendar month", "service", (),
    )  # fmt: skip
