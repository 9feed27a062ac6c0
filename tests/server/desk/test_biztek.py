"""Biztek: severities, what lowering one takes, faults of others, escalation, first replies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.server.desk.house import House, at

from uphold.server.accounts.access import NotFound
from uphold.server.desk import acting
from uphold.server.desk import services as desk
from uphold.server.desk.refusing import refusals
from uphold.server.desk.shapes import ClockView, ThingView, Wrong
from uphold.server.ledger.services import Moved

pytestmark = pytest.mark.django_db

NINE = "2025-03-10T09:00:00+01:00"
HOUR = 3_600_000_000


def _asked(house: House, when: str = NINE, **values: object) -> str:
    told = {"title": "Ingen får logget inn", "words": "Siden i morges.", "priority": "2"}
    with at(when):
        return desk.act(house["acme user"], "open", None, told | values).subject


def _done(house: House, when: str, action: str, subject: str, **values: object) -> None:
    with at(when):
        desk.act(house["agent"], action, subject, values)


def _shown(house: House, subject: str, when: str, person: str = "agent") -> ThingView:
    with at(when):
        return desk.thing(house[person], subject)


def _clock(house: House, subject: str, when: str, name: str = "response") -> ClockView:
    clocks = _shown(house, subject, when).clocks
    return next(each for each in clocks if each.name == name)


def _us(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp()) * 1_000_000


@pytest.mark.requirement("B1")
def test_portal_telephone_and_e_mail_reach_one_queue(biztek: House) -> None:
    subjects = [_asked(biztek)]
    for channel in ("telephone", "e-mail"):
        with at(NINE):
            told = {
                "customer": "acme",
                "author": biztek.people["acme user"],
                "channel": channel,
                "title": f"Per {channel}",
                "priority": "2",
            }
            subjects.append(desk.act(biztek["agent"], "open", None, told).subject)
    with at(NINE):
        rows = desk.queue(biztek["colleague"], desk.Query()).rows
    assert [each.subject for each in rows] == subjects
    assert [_shown(biztek, each, NINE).channel for each in subjects] == [
        "portal", "telephone", "e-mail",
    ]  # fmt: skip


@pytest.mark.requirement("B2")
def test_the_response_stops_when_contact_is_made_and_work_has_started(biztek: House) -> None:
    subject = _asked(biztek)
    assert _clock(biztek, subject, NINE).due_us == _us("2025-03-10T13:00:00+01:00")
    _done(biztek, "2025-03-10T10:00:00+01:00", "answer", subject, words="Vi ser på det.")
    assert _clock(biztek, subject, "2025-03-10T10:30:00+01:00").state == "running"
    with at("2025-03-10T11:00:00+01:00"):
        preview = desk.preview(biztek["agent"], "start", subject, {})
        assert [(each.clock, each.said.id) for each in preview.changes] == [
            ("response", "desk.says-met-with")
        ]
    _done(biztek, "2025-03-10T11:00:00+01:00", "start", subject)
    clock = _clock(biztek, subject, "2025-03-10T12:00:00+01:00")
    assert (clock.state, clock.used_us, clock.left_us) == ("met", 2 * HOUR, 2 * HOUR)


@pytest.mark.requirement("B2")
def test_one_answer_may_say_that_work_has_started_too(biztek: House) -> None:
    subject = _asked(biztek, priority="1")
    _done(biztek, "2025-03-10T09:59:59+01:00", "answer", subject, words="Er i gang.", starts="yes")
    assert _clock(biztek, subject, NINE.replace("09", "10", 1)).state == "met"
    late = _asked(biztek, priority="1")
    _done(biztek, "2025-03-10T10:00:00+01:00", "answer", late, words="Er i gang.", starts="yes")
    assert _clock(biztek, late, "2025-03-10T10:00:00+01:00").state == "missed"


@pytest.mark.requirement("B4")
def test_a_severity_is_lowered_only_while_the_customer_is_awaited_and_with_its_record(
    biztek: House,
) -> None:
    subject = _asked(biztek)
    with at("2025-03-10T09:30:00+01:00"), pytest.raises(desk.NotTaken) as refused:
        desk.act(biztek["agent"], "classify", subject, {"priority": "3"})
    wrong = {each.field: each.said for each in refused.value.wrong}
    assert wrong.keys() == {"reason", "decided_by", "unmet", ""}
    assert {each.data["clause"] for each in wrong.values()} == {"2.5 Nedgradering"}
    assert wrong[""].id == "desk.wrong-not-awaited"
    _done(biztek, "2025-03-10T09:45:00+01:00", "wait", subject, cause="customer", what="Hvem?")
    told = {
        "priority": "3",
        "reason": "Ingen å snakke med",
        "unmet": "En som kjenner nettet",
        "decided_by": biztek.people["lead"],
    }
    with at("2025-03-10T10:45:00+01:00"):
        preview = desk.preview(biztek["agent"], "classify", subject, told)
        assert not preview.wrong
        moved = next(each for each in preview.changes if each.clock == "response")
        assert moved.said.id == "desk.says-moves"
        assert moved.before and moved.after and moved.before.due_us and moved.after.due_us
        assert moved.after.due_us > moved.before.due_us
        assert "lowering-told" in [each.clock for each in preview.changes]
        desk.act(biztek["agent"], "classify", subject, told)
    shown = _shown(biztek, subject, "2025-03-10T10:46:00+01:00")
    said = shown.story[-1].said
    assert (said.data["reason"], said.data["unmet"]) == (
        "Ingen å snakke med", "En som kjenner nettet",
    )  # fmt: skip
    clocks = {each.name: each for each in shown.clocks}
    assert (clocks["lower-severity"].state, clocks["lowering-told"].state) == ("met", "running")
    recorded = next(
        each for each in clocks["lower-severity"].because if each.id == "reason.records"
    )
    assert "unmet: En som kjenner nettet" in recorded.data["recorded"]  # type: ignore[operator]


@pytest.mark.requirement("B3")
def test_an_escalation_at_night_needs_its_time_and_who_pays(biztek: House) -> None:
    subject = _asked(biztek, priority="1")
    night = "2025-03-10T23:00:00+01:00"
    with at(night):
        with pytest.raises(desk.NotTaken) as refused:
            desk.act(biztek["agent"], "escalate", subject, {"to": "Microsoft"})
        assert {each.field for each in refused.value.wrong} == {"spent", "billable"}
        told = {"to": "Microsoft", "spent": "1:30", "billable": "yes"}
        desk.act(biztek["agent"], "escalate", subject, told)
    shown = _shown(biztek, subject, night, "acme user")
    assert shown.story[-1].said.id == "desk.story-escalated-billed"
    staff = {each.name: each.state for each in _shown(biztek, subject, night).clocks}
    assert (staff["escalation"], staff["manufacturer-escalation"]) == ("met", "met")


@pytest.mark.requirement("B5")
def test_a_fault_of_a_third_party_leaves_reporting_and_keeping_informed(biztek: House) -> None:
    subject = _asked(biztek)
    when = "2025-03-10T10:00:00+01:00"
    told = {"supplier": "microsoft-365", "reference": "MS-1"}
    with at(when):
        preview = desk.preview(biztek["agent"], "hand-over", subject, told)
        said = {each.clock: each.said.id for each in preview.changes}
        assert said == {
            "response": "desk.says-no-longer-owed",
            "supplier-told": "desk.says-met-with",
            "customer-informed": "desk.says-begins",
        }
        desk.act(biztek["agent"], "hand-over", subject, told)
    clocks = {each.name: each for each in _shown(biztek, subject, when).clocks}
    assert clocks["response"].state == "not owed"
    assert clocks["supplier-told"].state == "met"
    assert clocks["customer-informed"].due_us == _us("2025-03-11T16:00:00+01:00")


@pytest.mark.requirement("B5")
def test_the_customer_is_kept_informed_day_by_day_and_a_note_informs_nobody(
    biztek: House,
) -> None:
    subject = _asked(biztek)
    for when, action, told in (
        ("2025-03-10T10:00", "hand-over", {"supplier": "microsoft-365"}),
        ("2025-03-11T10:00", "note", {"words": "Ringer dem igjen."}),
        ("2025-03-11T12:00", "update", {"words": "De leter ennå."}),
        ("2025-03-12T15:00", "note", {"words": "Fortsatt stille."}),
    ):
        _done(biztek, f"{when}:00+01:00", action, subject, **told)

    def informed(when: str) -> list[tuple[int, str, int | None]]:
        clocks = _shown(biztek, subject, when).clocks
        own = (each for each in clocks if each.name == "customer-informed")
        return sorted((each.cycle, each.state, each.due_us) for each in own)

    tuesday, wednesday, thursday = (_us(f"2025-03-{day}T16:00:00+01:00") for day in (11, 12, 13))
    assert informed("2025-03-12T15:30:00+01:00") == [
        (1, "met", tuesday), (2, "running", wednesday),
    ]  # fmt: skip
    with at("2025-03-12T16:00:01+01:00"):
        (row,) = desk.queue(biztek["agent"], desk.Query()).rows
        assert (row.next_clock, row.is_late) == ("customer-informed", True)
    _done(biztek, "2025-03-12T17:00:00+01:00", "update", subject, words="Nå vet vi mer.")
    assert informed("2025-03-12T18:00:00+01:00")[1:] == [
        (2, "missed", wednesday), (3, "running", thursday),
    ]  # fmt: skip
    _done(biztek, "2025-03-13T09:00:00+01:00", "resolve", subject, words="Løst hos dem.")
    states = [state for _, state, _ in informed("2025-03-20T09:00:00+01:00")]
    assert states == ["met", "missed", "met"]


def test_waiting_for_the_customer_holds_the_clock_and_shades_the_bar(biztek: House) -> None:
    subject = _asked(biztek)
    with at("2025-03-10T10:00:00+01:00"):
        preview = desk.preview(biztek["agent"], "wait", subject, {"cause": "customer"})
        assert [each.said.id for each in preview.changes] == ["desk.says-held"]
    _done(biztek, "2025-03-10T10:00:00+01:00", "wait", subject, cause="customer")
    held = _clock(biztek, subject, "2025-03-10T15:00:00+01:00")
    assert (held.state, held.used_us, held.left_us) == ("held", HOUR, 3 * HOUR)
    assert held.held == ((_us("2025-03-10T10:00:00+01:00"), _us("2025-03-10T15:00:00+01:00")),)
    with at("2025-03-11T08:00:00+01:00"):
        desk.act(biztek["acme user"], "reply", subject, {"words": "Nå er jeg her."})
    clock = _clock(biztek, subject, "2025-03-11T09:00:00+01:00")
    assert (clock.state, clock.used_us) == ("running", 2 * HOUR)
    assert clock.due_us == _us("2025-03-11T11:00:00+01:00")
    assert clock.working == (
        (_us("2025-03-10T09:00:00+01:00"), _us("2025-03-10T10:00:00+01:00")),
        (_us("2025-03-11T08:00:00+01:00"), _us("2025-03-11T11:00:00+01:00")),
    )


def test_notes_and_assignments_are_the_desks_own_and_never_the_customers(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "assign", subject, to=biztek.people["colleague"])
    _done(biztek, NINE, "note", subject, words="Kunden er hemmelig sur.")
    _done(biztek, NINE, "update", subject, words="Vi jobber med saken.")
    staff = _shown(biztek, subject, NINE)
    assert [each.text for each in staff.story if each.is_internal] == [
        None, "Kunden er hemmelig sur.",
    ]  # fmt: skip
    assert staff.row.assigned_name == "Biztek colleague"
    seen = _shown(biztek, subject, NINE, "acme user")
    assert [each.text for each in seen.story] == ["Siden i morges.", "Vi jobber med saken."]
    with at(NINE):
        hidden = desk.Query(state="all", text="hemmelig")
        assert desk.queue(biztek["agent"], hidden).rows
        assert not desk.queue(biztek["acme super user"], hidden).rows
        assert desk.queue(biztek["acme super user"], desk.Query(text="jobber")).rows


def test_what_is_given_to_a_team_is_nobodys_own(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "assign", subject, to=biztek.people["colleague"])
    _done(biztek, "2025-03-10T09:05:00+01:00", "assign", subject, team="nett")
    shown = _shown(biztek, subject, "2025-03-10T09:06:00+01:00")
    assert (shown.row.assigned_name, shown.team) == ("", "nett")


def test_who_saw_the_thing_before_something_happened_is_told_so(biztek: House) -> None:
    subject = _asked(biztek)
    seen = _shown(biztek, subject, NINE).position
    _done(biztek, NINE, "start", subject)
    with at(NINE), pytest.raises(Moved):
        desk.act(biztek["agent"], "answer", subject, {"words": "Hei"}, seen=seen)
    seen = _shown(biztek, subject, NINE).position
    with at(NINE):
        desk.act(biztek["agent"], "answer", subject, {"words": "Hei"}, seen=seen)


def test_a_wrong_fact_is_corrected_with_a_reason_and_the_verdict_follows(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, "2025-03-10T14:00:00+01:00", "answer", subject, words="Ringte.", starts="yes")
    after = "2025-03-10T15:00:00+01:00"
    assert _clock(biztek, subject, after).state == "missed"
    story = _shown(biztek, subject, after).story
    reason = {"reason": "Samtalen var klokken 12."}
    with at(after):
        assert "correct" not in [each.action for each in desk.offers(biztek["agent"], subject)]
        for entry in story[1:]:
            told = {"fact": entry.fact, "at": "2025-03-10T12:00"} | reason
            desk.act(biztek["lead"], "correct", subject, told)
    assert _clock(biztek, subject, after).state == "met"
    shown = _shown(biztek, subject, after)
    assert shown.row.title == "Ingen får logget inn"
    counting = [each.said.id for each in shown.story]
    assert counting.count("desk.story-not-counting") == 2
    assert counting.count("desk.story-corrected") == 2
    corrected = next(each for each in shown.story if each.said.id == "desk.story-corrected")
    with at(after):
        desk.act(biztek["lead"], "retract", subject, {"fact": corrected.fact} | reason)
    assert _clock(biztek, subject, after).state == "missed"


def test_correcting_the_opening_keeps_its_words(biztek: House) -> None:
    subject = _asked(biztek)
    opened = _shown(biztek, subject, NINE).story[0].fact
    with at(NINE):
        told = {"fact": opened, "priority": "1", "reason": "Feil grad"}
        desk.act(biztek["lead"], "correct", subject, told)
        with pytest.raises(desk.NotTaken):
            desk.act(biztek["lead"], "retract", subject, {"fact": opened, "reason": "x"})
    shown = _shown(biztek, subject, NINE)
    assert (shown.row.title, shown.row.priority) == ("Ingen får logget inn", "1")


def test_resolved_requests_are_opened_again_closed_merged_and_withdrawn(biztek: House) -> None:
    first, second = _asked(biztek), _asked(biztek, title="Det samme")
    with at(NINE):
        with pytest.raises(desk.NotTaken) as refused:
            desk.act(biztek["agent"], "merge", second, {"into": "99"})
        assert [each.field for each in refused.value.wrong] == ["into"]
        desk.act(biztek["agent"], "merge", second, {"into": first.partition(":")[2]})
        desk.act(biztek["agent"], "resolve", first, {"words": "Startet på nytt."})
        desk.act(biztek["acme user"], "reopen", first, {"words": "Ikke bra ennå."})
        assert desk.thing(biztek["agent"], first).row.state == "open"
        desk.act(biztek["acme user"], "cancel", first, {"reason": "Gikk over."})
        states = [desk.thing(biztek["agent"], each).row.state for each in (first, second)]
    assert states == ["cancelled", "merged"]
    with at(NINE), pytest.raises(desk.NotTaken) as late:
        desk.act(biztek["agent"], "answer", first, {"words": "For sent"})
    assert [each.said.id for each in late.value.wrong] == ["desk.wrong-not-now"]


@pytest.mark.requirement("B2")
def test_who_resolves_in_one_message_has_made_contact_and_done_the_work(biztek: House) -> None:
    first, second = _asked(biztek), _asked(biztek, title="Det samme")
    with at("2025-03-10T10:00:00+01:00"):
        told = {"words": "Startet på nytt, nå går det.", "answers": "yes"}
        preview = desk.preview(biztek["agent"], "resolve", first, told)
        assert [(each.clock, each.said.id) for each in preview.changes] == [
            ("response", "desk.says-met-with")
        ]
        desk.act(biztek["agent"], "resolve", first, told)
        desk.act(biztek["agent"], "answer", second, {"words": "Ser på det.", "starts": "yes"})
        offers = {each.action: each for each in desk.offers(biztek["agent"], second)}
        assert "answers" not in [each.name for each in offers["resolve"].fields]
    clock = _clock(biztek, first, "2025-03-10T11:00:00+01:00")
    assert (clock.state, clock.used_us) == ("met", HOUR)
    story = _shown(biztek, first, "2025-03-10T11:00:00+01:00", "acme user").story
    assert sorted(each.type for each in story[1:]) == [
        "request.answered", "request.resolved", "request.started",
    ]  # fmt: skip
    assert [each.text for each in story[1:] if each.text] == ["Startet på nytt, nå går det."]


def test_two_requests_never_go_on_in_each_other(
    biztek: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _asked(biztek), _asked(biztek, title="Det samme")
    numbers = [each.partition(":")[2] for each in (first, second)]
    judged = refusals

    def meanwhile(*given: Any) -> tuple[Wrong, ...]:
        monkeypatch.setattr(acting, "refusals", judged)
        desk.act(biztek["colleague"], "merge", second, {"into": numbers[0]})
        return judged(*given)

    monkeypatch.setattr(acting, "refusals", meanwhile)
    with at(NINE):
        with pytest.raises(desk.NotTaken) as refused:
            desk.act(biztek["agent"], "merge", first, {"into": numbers[1]})
        states = [desk.thing(biztek["agent"], each).row.state for each in (first, second)]
    assert [each.field for each in refused.value.wrong] == ["into"]
    assert states == ["open", "merged"]


def test_who_acts_while_another_does_is_told_what_happened_or_acts_on_it(
    biztek: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = _asked(biztek)
    seen = _shown(biztek, subject, NINE).position
    judged = refusals

    def meanwhile(*given: Any) -> tuple[Wrong, ...]:
        monkeypatch.setattr(acting, "refusals", judged)
        _done(biztek, "2025-03-10T09:00:01+01:00", "start", subject)
        return judged(*given)

    monkeypatch.setattr(acting, "refusals", meanwhile)
    with at("2025-03-10T09:00:02+01:00"), pytest.raises(Moved):
        desk.act(biztek["agent"], "start", subject, {}, seen=seen)
    story = _shown(biztek, subject, "2025-03-10T09:00:03+01:00").story
    assert [each.type for each in story] == ["request.opened", "request.started"]


def test_a_server_whose_clock_is_behind_goes_on_where_another_was(biztek: House) -> None:
    subject = _asked(biztek, "2025-03-10T09:00:03+01:00")
    shown = _shown(biztek, subject, NINE)
    assert (shown.row.state, shown.story[0].said.id) == ("open", "desk.story-opened")
    _done(biztek, NINE, "answer", subject, words="Er i gang.", starts="yes")
    clock = _clock(biztek, subject, "2025-03-10T09:00:04+01:00")
    assert (clock.state, clock.used_us) == ("met", 0)


def test_nobody_opens_a_request_for_anothers_customer(biztek: House) -> None:
    with at(NINE):
        done = desk.act(
            biztek["acme user"], "open", None, {"title": "x", "customer": "acme"}
        ).subject
        assert desk.thing(biztek["agent"], done).row.customer == "acme"
        with pytest.raises(NotFound):
            desk.act(biztek["acme user"], "open", None, {"title": "x", "customer": "other"})
        with pytest.raises(NotFound):
            desk.act(biztek["agent"], "open", None, {"title": "x", "customer": "nobody"})
        with pytest.raises(NotFound):
            desk.act(biztek["agent"], "dance", done, {})
