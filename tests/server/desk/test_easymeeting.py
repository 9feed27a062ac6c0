"""Easymeeting: regions' hours, channels out of hours, the queue's order, notice of orders."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.server.desk.house import House, at

from uphold.facts.times import to_datetime
from uphold.server.desk import services as desk
from uphold.server.desk.shapes import ClockView, ThingView

pytestmark = pytest.mark.django_db

NINE = "2025-03-10T09:00:00+01:00"
EVENING = "2025-03-10T20:00:00+01:00"
HOUR = 3_600_000_000


def _us(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp()) * 1_000_000


def _agreed(house: House, customer: str, **rest: object) -> None:
    with at(NINE):
        house.tell(
            "customer.agreed",
            "2025-03-10T08:30:00+01:00",
            f"customer:{customer}",
            customer=customer,
            agreement="easymeeting",
            **rest,
        )


def _told(house: House, channel: str, **values: object) -> dict[str, object]:
    author = house.people["acme user"]
    told = {"customer": "acme", "author": author, "channel": channel, "title": "No picture"}
    return told | values


def _shown(house: House, subject: str, when: str, person: str = "agent") -> ThingView:
    with at(when):
        return desk.thing(house[person], subject)


def _clock(shown: ThingView, name: str = "response") -> ClockView:
    return next(each for each in shown.clocks if each.name == name)


def _opened(house: House, when: str, told: dict[str, object], person: str = "agent") -> ThingView:
    with at(when):
        subject = desk.act(house[person], "open", None, told).subject
        return desk.thing(house[person], subject)


@pytest.mark.requirement("E10")
def test_e_mail_in_the_evening_promises_nothing_before_the_next_working_day(
    easymeeting: House,
) -> None:
    with at(EVENING):
        preview = desk.preview(easymeeting["agent"], "open", None, _told(easymeeting, "e-mail"))
    (said,) = [each for each in preview.says if each.id == "desk.says-out-of-hours"]
    assert said.data["at"] == datetime.fromisoformat("2025-03-11T08:00:00+01:00")
    shown = _opened(easymeeting, EVENING, _told(easymeeting, "e-mail"))
    clock = _clock(shown)
    assert (clock.state, clock.used_us) == ("running", 0)
    assert clock.due_us == _us("2025-03-11T16:00:00+01:00")


@pytest.mark.requirement("E10")
def test_a_call_in_the_evening_is_best_effort_unless_24x7_was_added(easymeeting: House) -> None:
    _agreed(easymeeting, "acme")
    shown = _opened(easymeeting, EVENING, _told(easymeeting, "telephone"))
    assert _clock(shown).state == "not owed"
    assert [each.id for each in shown.says] == ["desk.says-best-effort-now"]
    with at(EVENING):
        easymeeting.tell(
            "customer.added", EVENING, "customer:acme", customer="acme", addition="24x7"
        )
    shown = _opened(easymeeting, "2025-03-10T20:30:00+01:00", _told(easymeeting, "telephone"))
    assert _clock(shown).due_us == _us("2025-03-11T04:30:00+01:00")
    assert not shown.says


@pytest.mark.requirement("E10")
def test_an_american_customers_clock_runs_in_new_york(easymeeting: House) -> None:
    _agreed(easymeeting, "acme", region="america")
    shown = _opened(easymeeting, EVENING, _told(easymeeting, "e-mail"))
    clock = _clock(shown)
    assert (clock.zone, clock.due_us) == ("America/New_York", _us("2025-03-11T15:00:00-04:00"))


@pytest.mark.requirement("E10")
def test_a_session_out_of_hours_is_arranged_in_advance(easymeeting: House) -> None:
    shown = _opened(easymeeting, NINE, _told(easymeeting, "e-mail"))
    subject = shown.row.subject
    with at(NINE):
        told = {"start": "2025-03-15T20:00", "end": "2025-03-15T19:00"}
        with pytest.raises(desk.NotTaken):
            desk.act(easymeeting["agent"], "arrange", subject, told)
        told["end"] = "2025-03-15T21:00"
        desk.act(easymeeting["agent"], "arrange", subject, told)
    shown = _shown(easymeeting, subject, NINE, "acme user")
    assert shown.story[-1].said.data["start"] == to_datetime(_us("2025-03-15T20:00:00+01:00"))
    assert _clock(_shown(easymeeting, subject, NINE), "arranged-help").state == "met"


@pytest.mark.requirement("E11")
def test_every_request_counts_as_high_and_the_levels_say_what_they_mean(
    easymeeting: House,
) -> None:
    shown = _opened(easymeeting, NINE, _told(easymeeting, "e-mail"))
    assert (shown.row.priority, _clock(shown).standing) == ("high", "endeavour")
    assert _clock(shown).due_us == _us("2025-03-11T09:00:00+01:00")
    offer = next(each for each in shown.offers if each.action == "classify")
    levels = next(each for each in offer.fields if each.name == "priority")
    assert [value for value, _ in levels.choices] == ["high", "medium", "low"]
    assert levels.choices[0][1].data["means"] == "a system or a service that does not work"
    assert levels.value == "high"
    with at(NINE):
        preview = desk.preview(
            easymeeting["agent"], "classify", shown.row.subject, {"priority": "medium"}
        )
    moved = next(each for each in preview.changes if each.clock == "response")
    assert moved.said.id == "desk.says-moves"
    assert moved.said.data["after"] == datetime.fromisoformat("2025-03-18T09:00:00+01:00")


@pytest.mark.requirement("E3")
def test_a_request_names_a_service_and_on_site_help_is_at_extra_cost(easymeeting: House) -> None:
    with at(NINE):
        opening = next(
            each for each in desk.openings(easymeeting["acme user"]) if each.thing == "request"
        )
    services = next(each for each in opening.fields if each.name == "service")
    labels = dict(services.choices)
    assert labels["on-site-assistance"].id == "desk.word-chargeable"
    assert labels["support"].id == "desk.word"
    told = _told(easymeeting, "on-site", service="on-site-assistance")
    shown = _opened(easymeeting, NINE, told)
    assert (shown.service, _clock(shown).state) == ("on-site-assistance", "not owed")
    assert [each.id for each in shown.says] == ["desk.says-best-effort"]


@pytest.mark.requirement("E4")
def test_waiting_for_the_representative_is_recorded_and_seen_on_the_clock(
    easymeeting: House,
) -> None:
    subject = _opened(easymeeting, NINE, _told(easymeeting, "e-mail")).row.subject
    with at("2025-03-10T10:00:00+01:00"):
        with pytest.raises(desk.NotTaken) as refused:
            desk.act(easymeeting["agent"], "wait", subject, {"cause": "representative"})
        assert [each.field for each in refused.value.wrong] == ["what"]
        told = {"cause": "representative", "what": "Somebody in the room"}
        desk.act(easymeeting["agent"], "wait", subject, told)
    shown = _shown(easymeeting, subject, "2025-03-10T12:00:00+01:00", "acme user")
    assert shown.row.waits_for == ("representative",)
    clock = _clock(shown)
    assert (clock.state, clock.left_us) == ("held", 7 * HOUR)
    assert clock.held == ((_us("2025-03-10T10:00:00+01:00"), _us("2025-03-10T12:00:00+01:00")),)


@pytest.mark.requirement("E16")
def test_the_queue_is_by_priority_then_arrival_and_says_so_of_every_row(
    easymeeting: House,
) -> None:
    subjects = {}
    for minute, priority in enumerate(("low", "high", "medium", "high")):
        when = f"2025-03-10T09:0{minute}:00+01:00"
        told = _told(easymeeting, "e-mail", priority=priority, title=f"Number {minute}")
        subjects[minute] = _opened(easymeeting, when, told).row.subject
    with at("2025-03-10T10:00:00+01:00"):
        rows = desk.queue(easymeeting["agent"], desk.Query()).rows
    assert [each.subject for each in rows] == [subjects[each] for each in (1, 3, 2, 0)]
    assert [each.why.id for each in rows] == [
        "desk.why-first", "desk.why-later", "desk.why-lower", "desk.why-lower",
    ]  # fmt: skip
    assert rows[1].why.data["place"] == 2
    assert rows[1].why.data["before"] == rows[0].number
    assert rows[1].why.data["clause"] == "4.4 Priority and order"


def _ordered(house: House, when: str, **told: object) -> ThingView:
    with at(when):
        subject = desk.act(house["acme user"], "place", None, told).subject
        return desk.thing(house["acme user"], subject)


@pytest.mark.requirement("E15")
def test_a_bridge_ordered_too_late_is_told_the_earliest_time(easymeeting: House) -> None:
    with at(NINE):
        preview = desk.preview(easymeeting["acme user"], "place", None, {"item": "meeting-bridge"})
        assert [each.id for each in preview.says] == ["desk.says-notice-needed"]
        told = {"item": "meeting-bridge", "wanted": "2025-03-14T10:00"}
        preview = desk.preview(easymeeting["acme user"], "place", None, told)
        (said,) = preview.says
        assert said.id == "desk.says-too-late"
        earliest = said.data["earliest"]
        assert earliest == datetime.fromisoformat("2025-03-17T09:00:00+01:00")
        in_time = desk.preview(
            easymeeting["acme user"], "place", None, told | {"wanted": "2025-03-17T09:00"}
        )
        assert not in_time.says and not preview.wrong
    shown = _ordered(easymeeting, NINE, **told)
    assert [each.id for each in shown.says] == ["desk.says-too-late"]
    assert _ordered(easymeeting, NINE, **(told | {"wanted": "2025-03-17T09:00"})).says == ()


@pytest.mark.requirement("E15")
def test_meeting_support_waits_for_remote_access_and_is_a_guideline(easymeeting: House) -> None:
    shown = _ordered(easymeeting, NINE, item="meeting-support", title="Board meeting")
    subject = shown.row.subject
    clock = _clock(shown, "meeting-support")
    assert (clock.standing, clock.due_us) == ("guideline", _us("2025-03-11T16:00:00+01:00"))
    with at("2025-03-10T10:00:00+01:00"):
        desk.act(easymeeting["agent"], "hold", subject, {"cause": "remote access"})
    shown = _shown(easymeeting, subject, "2025-03-11T10:00:00+01:00")
    assert (shown.row.state, _clock(shown, "meeting-support").state) == ("open", "held")
    with at("2025-03-11T10:00:00+01:00"):
        desk.act(easymeeting["agent"], "resume", subject, {})
        desk.act(easymeeting["agent"], "deliver", subject, {})
    shown = _shown(easymeeting, subject, "2025-03-11T10:00:00+01:00")
    assert (shown.row.state, _clock(shown, "meeting-support").state) == ("resolved", "met")


@pytest.mark.requirement("E15")
@pytest.mark.parametrize(
    ("item", "due"),
    [
        ("manual-licence", "2025-03-17T16:00:00+01:00"),
        ("number-registration", "2025-03-18T16:00:00+01:00"),
    ],
)
def test_an_order_placed_on_a_friday_is_due_by_working_days_and_withdrawn_stays_missed(
    easymeeting: House, item: str, due: str
) -> None:
    friday = "2025-03-14T15:00:00+01:00"
    subject = _ordered(easymeeting, friday, item=item).row.subject
    clock = _clock(_shown(easymeeting, subject, friday), item)
    assert (clock.state, clock.standing, clock.due_us) == ("running", "guideline", _us(due))
    late = "2025-03-18T16:00:01+01:00"
    with at(late):
        (row,) = desk.queue(easymeeting["agent"], desk.Query(thing="order")).rows
        assert (row.title, row.is_late, row.next_clock) == (item, True, item)
        desk.act(easymeeting["acme user"], "cancel", subject, {"reason": "For sent."})
        assert not desk.queue(easymeeting["agent"], desk.Query(thing="order")).rows
        done = desk.queue(easymeeting["agent"], desk.Query(thing="order", state="done")).rows
    assert [(each.subject, each.state) for each in done] == [(subject, "cancelled")]
    assert _clock(_shown(easymeeting, subject, late), item).state == "missed"


@pytest.mark.requirement("E6")
def test_what_is_said_of_a_cause_of_others_names_it(easymeeting: House) -> None:
    subject = _opened(easymeeting, NINE, _told(easymeeting, "e-mail")).row.subject
    with at("2025-03-10T10:00:00+01:00"):
        desk.act(easymeeting["agent"], "cause", subject, {"cause": "connection"})
        shown = desk.thing(easymeeting["acme user"], subject)
    (said,) = shown.says
    assert said.id == "desk.says-not-for-cause"
    assert said.data["clause"] == "2.4 What we do not answer for"
    assert _clock(shown).state == "not owed"


@pytest.mark.requirement("X2")
def test_every_clock_tells_its_clause_revision_facts_and_arithmetic(easymeeting: House) -> None:
    shown = _opened(easymeeting, NINE, _told(easymeeting, "e-mail"))
    clock = _clock(shown)
    assert (clock.agreement, clock.revision) == ("easymeeting", 1)
    told = {each.id: each.data for each in clock.because}
    assert told["reason.started"]["fact"] == shown.story[0].fact
    assert told["reason.target"]["clause"] == clock.clause
    stretches = [each for each in clock.because if each.id == "reason.stretch"]
    assert [(each.data["start"], each.data["end"]) for each in stretches] == [
        (to_datetime(start), to_datetime(end)) for start, end in clock.working
    ]
    assert told["reason.due"]["at"] == to_datetime(clock.due_us or 0)
