"""Connexys: super users pass on, only trained people are owed times, complaints need a name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.server.desk.house import House, at

from uphold.facts.times import parse_time, to_datetime
from uphold.server.accounts.access import NotAllowed, NotFound
from uphold.server.desk import services as desk
from uphold.server.desk.models import Thing

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TEN = "2025-03-10T10:00:00+01:00"


def _trained(house: House, *people: str) -> None:
    with at("2025-03-10T08:30:00+01:00"):
        for person in people:
            house.tell(
                "customer.trained",
                "2025-03-10T08:30:00+01:00",
                "customer:acme",
                customer="acme",
                person=house.people[person],
            )


def _asked(house: House, person: str, when: str = TEN, **values: object) -> str:
    told = {"title": "De export loopt vast", "words": "Sinds vanochtend.", "kind": "niveau-1"}
    with at(when):
        return desk.act(house[person], "open", None, told | values).subject


def _states(house: House, person: str, subject: str, when: str) -> dict[str, str]:
    with at(when):
        return {each.name: each.state for each in desk.thing(house[person], subject).clocks}


@pytest.mark.requirement("C8")
def test_a_users_request_waits_for_a_super_user_and_no_clock_runs_before(connexys: House) -> None:
    _trained(connexys, "acme user", "acme super user")
    subject = _asked(connexys, "acme user")
    with at("2025-03-11T10:00:00+01:00"):
        shown = desk.thing(connexys["acme super user"], subject)
        assert shown.row.state == "waiting"
        assert "desk.says-waiting" in [each.id for each in shown.says]
        clocks = {each.name: each for each in shown.clocks}
        assert clocks["reaction"].state == "not started"
        assert clocks["at-customer"].used_us == 24 * 3_600_000_000
        assert not desk.queue(connexys["agent"], desk.Query()).rows
        with pytest.raises(NotAllowed):
            desk.act(connexys["acme user"], "pass-on", subject, {})
        desk.act(connexys["acme super user"], "pass-on", subject, {})
        shown = desk.thing(connexys["acme super user"], subject)
        reaction = next(each for each in shown.clocks if each.name == "reaction")
        assert (reaction.state, shown.row.state) == ("running", "open")
        assert reaction.starts_us and reaction.due_us
        assert reaction.due_us - reaction.starts_us == 3 * 3_600_000_000
        assert [each.subject for each in desk.queue(connexys["agent"], desk.Query()).rows] == [
            subject
        ]


@pytest.mark.requirement("C8")
def test_a_super_user_declines_and_no_clock_ever_ran(connexys: House) -> None:
    _trained(connexys, "acme user")
    subject = _asked(connexys, "acme user")
    with at("2025-03-10T11:00:00+01:00"):
        with pytest.raises(desk.NotTaken) as refused:
            desk.act(connexys["acme super user"], "decline", subject, {})
        assert [each.field for each in refused.value.wrong] == ["reason"]
        desk.act(connexys["acme super user"], "decline", subject, {"reason": "Staat in de FAQ."})
        shown = desk.thing(connexys["acme user"], subject)
        assert shown.row.state == "cancelled"
        assert shown.story[-1].said.data["reason"] == "Staat in de FAQ."
        states = {each.name: each.state for each in shown.clocks}
        assert states["reaction"] == "cancelled"


@pytest.mark.requirement("C7")
def test_an_untrained_user_gets_no_clock_and_a_kind_exact_reason(connexys: House) -> None:
    with at(TEN):
        told = {"title": "Hoe werkt dit?", "kind": "gebruikersvraag"}
        preview = desk.preview(connexys["acme super user"], "open", None, told)
        assert [each.id for each in preview.says] == ["desk.says-untrained"]
        assert preview.says[0].data["clause"] == "5.1 Training"
        assert not preview.wrong
    subject = _asked(connexys, "acme super user")
    states = _states(connexys, "acme super user", subject, TEN)
    assert states["reaction"] == states["resolution"] == "not owed"
    assert "desk.says-untrained" in [
        each.id for each in desk.thing(connexys["acme super user"], subject).says
    ]


@pytest.mark.requirement("C9")
def test_telephone_and_e_mail_need_the_reason_why_the_desk_could_not_be_reached(
    connexys: House,
) -> None:
    _trained(connexys, "acme super user")
    told = {
        "customer": "acme",
        "author": connexys.people["acme super user"],
        "channel": "telephone",
        "title": "Inloggen lukt niet",
        "kind": "niveau-1",
    }
    with at(TEN):
        with pytest.raises(desk.NotTaken) as refused:
            desk.act(connexys["agent"], "open", None, told)
        (wrong,) = refused.value.wrong
        assert (wrong.field, wrong.said.id) == ("channel_reason", "desk.wrong-lacks")
        done = desk.act(
            connexys["agent"], "open", None, told | {"channel_reason": "servicedesk ligt eruit"}
        )
        shown = desk.thing(connexys["agent"], done.subject)
    assert shown.story[0].said.data["reason"] == "servicedesk ligt eruit"
    clocks = {each.name: each for each in shown.clocks}
    assert clocks["reaction"].state == "running"
    assert clocks["other-channel"].state == "met"


@pytest.mark.requirement("C1")
def test_the_kind_of_call_sets_the_time(connexys: House) -> None:
    _trained(connexys, "acme super user")
    subject = _asked(connexys, "acme super user", kind="gebruikersvraag")
    with at("2025-03-10T11:00:00+01:00"):
        before = desk.thing(connexys["agent"], subject)
        preview = desk.preview(connexys["agent"], "classify", subject, {"kind": "niveau-1"})
        moves = {each.clock: each.said for each in preview.changes}
        assert moves["reaction"].id == "desk.says-moves"
        assert moves["reaction"].data["after"] == datetime.fromisoformat("2025-03-10T13:00+01:00")
        assert desk.thing(connexys["agent"], subject) == before
        desk.act(connexys["agent"], "classify", subject, {"kind": "niveau-1"})
        assert desk.thing(connexys["agent"], subject).row.kind == "niveau-1"


@pytest.mark.requirement("C4")
def test_a_complaint_confirmed_without_a_name_does_not_count(connexys: House) -> None:
    with at(TEN):
        subject = desk.act(
            connexys["acme user"], "receive", None, {"title": "Te traag", "words": "Al weken."}
        ).subject
        assert subject.startswith("complaint:")
        preview = desk.preview(connexys["agent"], "confirm", subject, {})
        assert [each.id for each in preview.says] == ["desk.says-names-nobody"]
        desk.act(connexys["agent"], "confirm", subject, {})
        assert _states(connexys, "agent", subject, TEN)["complaint-confirmed"] == "running"
        desk.act(connexys["agent"], "confirm", subject, {"owner": connexys.people["lead"]})
        assert _states(connexys, "agent", subject, TEN)["complaint-confirmed"] == "met"
        other = desk.preview(connexys["agent"], "contact", subject, {})
        assert [each.id for each in other.says] == ["desk.says-not-the-owner"]
        desk.act(connexys["lead"], "contact", subject, {})
        desk.act(connexys["lead"], "answer", subject, {"words": "Opgelost."})
        shown = desk.thing(connexys["acme user"], subject)
    assert {each.name: each.state for each in shown.clocks} == {
        "complaint-confirmed": "met",
        "complaint-contacted": "met",
    }
    assert (shown.row.state, shown.story[-1].text) == ("resolved", "Opgelost.")


def test_a_user_sees_neither_a_colleagues_request_nor_another_customers(connexys: House) -> None:
    subject = _asked(connexys, "acme super user")
    with at(TEN):
        for person in ("acme user", "other user", "other super user"):
            with pytest.raises(NotFound):
                desk.thing(connexys[person], subject)
            with pytest.raises(NotFound):
                desk.act(connexys[person], "reply", subject, {"words": "x"})
            assert not desk.queue(connexys[person], desk.Query(state="all")).rows


def _clocks(house: House, subject: str, when: str) -> dict[str, tuple[str, str | None]]:
    """State and due time in Amsterdam of each clock, by name and cycle."""
    with at(when):
        return {
            f"{each.name}/{each.cycle}": (
                each.state,
                to_datetime(each.due_us).astimezone(AMSTERDAM).isoformat()[:16]
                if each.due_us is not None
                else None,
            )
            for each in desk.thing(house["agent"], subject).clocks
            if each.name != "at-customer"
        }


@pytest.mark.requirement("C1", "C2")
@pytest.mark.parametrize(
    ("kind", "reaction", "resolution"),
    [
        ({"kind": "gebruikersvraag"}, "2025-03-11T14:00", "2025-03-13T10:00"),
        ({"kind": "niveau-1"}, "2025-03-10T13:00", "2025-03-11T13:00"),
        ({"kind": "niveau-2", "part": "maatwerk"}, "2025-03-11T17:00", "2025-03-18T17:00"),
        ({"kind": "niveau-3", "part": "standaard"}, "2025-03-11T17:00", None),
        ({"kind": "wijzigingsverzoek"}, "2025-03-12T17:00", None),
    ],
    ids=lambda each: each.get("kind") if isinstance(each, dict) else None,
)
def test_each_type_of_call_has_its_time_to_react_and_then_to_resolve(
    connexys: House, kind: dict[str, str], reaction: str, resolution: str | None
) -> None:
    _trained(connexys, "acme super user")
    subject = _asked(connexys, "acme super user", **kind)
    clocks = _clocks(connexys, subject, "2025-03-10T10:30:00+01:00")
    assert clocks["reaction/1"] == ("running", reaction)
    with at("2025-03-10T11:00:00+01:00"):
        desk.act(connexys["agent"], "answer", subject, {"words": "We kijken ernaar."})
    state = "not owed" if resolution is None else "running"
    after = _clocks(connexys, subject, "2025-03-12T17:30:00+01:00")
    assert after["reaction/1"][0] == "met"
    if resolution is not None and resolution < "2025-03-12T17:30":
        state = "missed"
    assert after["resolution/1"] == (state, resolution)


@pytest.mark.requirement("C2")
def test_what_is_standard_is_due_with_the_second_release_that_ships(connexys: House) -> None:
    _trained(connexys, "acme super user")
    releases = ("14.0", "2025-03-21"), ("15.0", "2025-04-18"), ("16.0", "2025-05-16")
    with at(TEN):
        for number, day in releases:
            planned = f"{day}T14:00:00+01:00"
            connexys.tell("release.planned", TEN, f"release:{number}", planned=planned)
    subject = _asked(connexys, "acme super user", kind="niveau-2", part="standaard")
    with at(TEN):
        desk.act(connexys["agent"], "answer", subject, {"words": "Komt in een release."})
    assert _clocks(connexys, subject, "2025-03-12T09:00:00+01:00")["resolution/1"] == (
        "running", "2025-04-18T15:00",
    )  # fmt: skip
    with at("2025-03-21T14:00:00+01:00"):
        connexys.tell("release.shipped", "2025-03-21T14:00:00+01:00", "release:14.0")
    with at("2025-04-10T09:00:00+02:00"):
        moved = "2025-04-25T14:00:00+02:00"
        connexys.tell("release.planned", "2025-04-10T09:00:00+02:00", "release:15.0", planned=moved)
        assert Thing.objects.get(subject=subject).due_us == parse_time(moved)
        clock = next(
            each for each in desk.thing(connexys["agent"], subject).clocks
            if each.name == "resolution"
        )  # fmt: skip
        assert clock.provisional
    with at(moved):
        connexys.tell("release.shipped", moved, "release:15.0")
        told = {"words": "Zit in 15.0.", "release": "15.0"}
        desk.act(connexys["agent"], "resolve", subject, told)
    assert _clocks(connexys, subject, "2025-04-28T09:00:00+02:00")["resolution/1"] == (
        "met", "2025-04-25T14:00",
    )  # fmt: skip


@pytest.mark.requirement("C2")
def test_what_is_opened_again_has_its_time_to_resolve_again(connexys: House) -> None:
    _trained(connexys, "acme super user")
    subject = _asked(connexys, "acme super user")
    for when, person, action in (
        ("2025-03-10T11:00:00+01:00", "agent", "answer"),
        ("2025-03-10T15:00:00+01:00", "agent", "resolve"),
        ("2025-03-12T10:00:00+01:00", "acme super user", "reopen"),
    ):
        with at(when):
            desk.act(connexys[person], action, subject, {"words": "…"})
    clocks = _clocks(connexys, subject, "2025-03-12T11:00:00+01:00")
    assert (clocks["reaction/1"][0], clocks["resolution/1"][0]) == ("met", "met")
    assert clocks["resolution/2"] == ("running", "2025-03-13T10:00")
    with at("2025-03-12T11:00:00+01:00"):
        (row,) = desk.queue(connexys["agent"], desk.Query()).rows
        assert (row.subject, row.next_clock) == (subject, "resolution")
        desk.act(connexys["agent"], "resolve", subject, {"words": "Nu echt."})
    assert _clocks(connexys, subject, "2025-03-14T09:00:00+01:00")["resolution/2"][0] == "met"


@pytest.mark.requirement("C4")
def test_a_complaint_is_confirmed_in_one_working_day_and_contact_made_in_two(
    connexys: House,
) -> None:
    friday = "2025-03-14T16:30:00+01:00"
    told = {
        "customer": "acme",
        "author": connexys.people["acme user"],
        "channel": "e-mail",
        "title": "Te traag",
    }
    with at(friday):
        subject = desk.act(connexys["agent"], "receive", None, told).subject
    clocks = _clocks(connexys, subject, friday)
    assert clocks == {
        "complaint-confirmed/1": ("running", "2025-03-17T17:00"),
        "complaint-contacted/1": ("running", "2025-03-18T17:00"),
    }
    with at("2025-03-17T17:00:00+01:00"):
        desk.act(connexys["agent"], "confirm", subject, {"owner": connexys.people["lead"]})
    with at("2025-03-18T17:00:01+01:00"):
        row = desk.queue(connexys["agent"], desk.Query(thing="complaint")).rows[0]
        assert (row.is_late, row.assigned_name) == (True, "Connexys lead")
        preview = desk.preview(connexys["lead"], "contact", subject, {})
        assert [each.said.id for each in preview.changes] == ["desk.says-missed-by"]
        desk.act(connexys["lead"], "contact", subject, {})
    states = {name: state for name, (state, _) in _clocks(connexys, subject, friday).items()}
    assert states == {"complaint-confirmed/1": "met", "complaint-contacted/1": "missed"}


@pytest.mark.requirement("E16", "X3")
def test_where_the_agreement_names_no_order_the_queue_is_by_arrival_and_says_so(
    connexys: House,
) -> None:
    _trained(connexys, "acme user", "acme super user")
    passed_on = _asked(connexys, "acme user")
    second = _asked(connexys, "acme super user", "2025-03-10T10:30:00+01:00")
    with at("2025-03-10T11:00:00+01:00"):
        desk.act(connexys["acme super user"], "pass-on", passed_on, {})
        rows = desk.queue(connexys["agent"], desk.Query()).rows
    assert [each.subject for each in rows] == [second, passed_on]
    assert [each.why.id for each in rows] == ["desk.why-first-unsaid", "desk.why-arrival-unsaid"]
    assert rows[1].why.data["agreement"] == "Serviceafspraken"
    assert rows[1].why.data["at"] == datetime.fromisoformat("2025-03-10T11:00+01:00")
