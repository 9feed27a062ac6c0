"""Maintenance and the notice that was promised of it, under the shipped agreement (E9a, E9b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.server.people import World

from uphold.facts import make_fact
from uphold.messages import Message, Reader
from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import NotAllowed, NotFound
from uphold.server.agreements import services as agreements
from uphold.server.ledger import services as ledger
from uphold.server.ledger.services import Moved
from uphold.server.uptime import planning, services
from uphold.server.uptime.services import Action, NotDone, NoticeView
from uphold.server.uptime.steps import Step, step

pytestmark = pytest.mark.django_db
SHIPPED = Path(__file__).resolve().parents[3] / "agreements"
OSLO = "Europe/Oslo"
ALL = ["customers", "partners", "resellers"]
PLAN = {
    "kind": "planned",
    "title": "New disks in the Oslo hall",
    "start": "2026-03-20T22:00",
    "end": "2026-03-21T02:00",
}


@pytest.fixture(autouse=True)
def _easymeeting(world: World) -> Iterator[None]:
    """North stands under the agreement of a meeting service; it is Mon 2 Mar 2026, 09:00."""
    source = (SHIPPED / "easymeeting.md").read_text(encoding="utf-8")
    with clock.clock_at(at("2026-03-02T09:00:00+01:00")):
        agreements.post(world.provider(), source, by="per_1")
        yield


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def act(
    world: World, action: Action, subject: str | None, values: Mapping[str, object], **rest: int
) -> str:
    """The step taken by North's lead; gives the subject."""
    return services.act(world["north lead"], action, subject, values, zone=OSLO, **rest).subject


def notice(world: World, subject: str, duty: str, cycle: int = 1) -> NoticeView:
    """What became of a duty of notice, as the lead sees it."""
    found = services.view(world["north lead"], subject).notices
    return next(each for each in found if (each.duty, each.cycle) == (duty, cycle))


def said(message: Message) -> str:
    return Reader("en", OSLO, clock.now()).text(message)


@pytest.mark.requirement("E9a")
def test_planned_work_scheduled_and_announced_in_time_keeps_the_promise(world: World) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    assert subject == "maintenance:1"
    assert notice(world, subject, "scheduled").state == "met"
    assert notice(world, subject, "announced").due == at("2026-03-13T22:00:00+01:00")
    with clock.clock_at(at("2026-03-13T22:00:00+01:00")):
        act(world, Action.ANNOUNCE, subject, {"to": ALL})
        assert notice(world, subject, "announced").state == "met"


@pytest.mark.requirement("E9a")
def test_an_announcement_counts_when_all_whom_it_concerns_were_told(world: World) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    act(world, Action.ANNOUNCE, subject, {"to": ["customers"]})
    assert notice(world, subject, "announced").state == "running"
    with clock.clock_at(at("2026-03-13T22:00:01+01:00")):
        late = notice(world, subject, "announced")
        assert late.state == "missed"
        assert services.calendar(world["north lead"]).coming[0].missed == 1


@pytest.mark.requirement("E9a")
def test_what_is_still_possible_is_said_while_planning(world: World) -> None:
    soon = {**PLAN, "start": "2026-03-13T22:00", "end": "2026-03-14T02:00"}
    lead = world["north lead"]
    before = ledger.position(world.provider())
    found = services.preview(lead, Action.PLAN, None, soon, zone=OSLO)
    assert [(each.duty, each.state) for each in found.notices] == [
        ("scheduled", "missed"),
        ("announced", "running"),
    ]
    texts = [said(each.said) for each in found.notices] + [said(each) for each in found.says]
    assert texts == [
        "Scheduled only 11 days before it starts; 14 calendar days are needed.",
        "Announce it by Fri 22:00 to customers, partners and resellers.",
        "The earliest start with full notice is Mon 16 Mar 09:00.",
    ]
    assert found.notices[0].clause == "planned-maintenance"
    assert ledger.position(world.provider()) == before


@pytest.mark.requirement("E9a")
def test_the_earliest_start_that_was_said_is_one_that_the_engine_grants(world: World) -> None:
    soon = {**PLAN, "start": "2026-03-05T22:00", "end": "2026-03-06T02:00"}
    says = services.preview(world["north lead"], Action.PLAN, None, soon, zone=OSLO).says
    earliest = says[0].data["at"]
    assert isinstance(earliest, datetime)
    later = {**PLAN, "start": earliest.isoformat(), "end": "2026-03-21T02:00"}
    granted = services.preview(world["north lead"], Action.PLAN, None, later, zone=OSLO)
    assert "missed" not in {each.state for each in granted.notices}


@pytest.mark.requirement("E9a")
def test_a_new_start_is_scheduled_and_announced_anew_and_undoes_no_miss(world: World) -> None:
    soon = {**PLAN, "start": "2026-03-10T22:00", "end": "2026-03-11T02:00"}
    subject = act(world, Action.PLAN, None, soon)
    assert notice(world, subject, "scheduled").state == "missed"
    act(world, Action.CHANGE, subject, {"start": "2026-03-20T22:00", "end": "2026-03-21T02:00"})
    assert notice(world, subject, "scheduled").state == "missed"
    assert notice(world, subject, "scheduled", 2).state == "met"
    assert notice(world, subject, "announced", 2).due == at("2026-03-13T22:00:00+01:00")


@pytest.mark.requirement("E9b")
def test_an_urgent_repair_is_announced_at_once(world: World) -> None:
    repair = {**PLAN, "kind": "unplanned", "start": "2026-03-02T10:00", "end": "2026-03-02T12:00"}
    subject = act(world, Action.PLAN, None, repair)
    assert notice(world, subject, "announced").due == at("2026-03-02T10:00:00+01:00")
    with clock.clock_at(at("2026-03-02T10:00:01+01:00")):
        act(world, Action.ANNOUNCE, subject, {"to": ["customers"]})
        assert notice(world, subject, "announced").state == "missed"


@pytest.mark.requirement("E9b")
def test_an_announcement_may_be_recorded_with_the_time_it_went_out(world: World) -> None:
    repair = {**PLAN, "kind": "unplanned", "start": "2026-03-02T10:00", "end": "2026-03-02T12:00"}
    subject = act(world, Action.PLAN, None, repair)
    with clock.clock_at(at("2026-03-02T12:00:00+01:00")):
        act(world, Action.ANNOUNCE, subject, {"to": ["customers"], "at": "2026-03-02T09:30"})
        assert notice(world, subject, "announced").state == "met"
        with pytest.raises(NotDone) as refused:
            act(world, Action.ANNOUNCE, subject, {"to": ["customers"], "at": "2026-03-02T12:30"})
    assert [(each.field, each.said.id) for each in refused.value.wrong] == [
        ("at", "uptime.wrong-future")
    ]


def test_its_life_from_plan_to_end_is_told_in_order(world: World) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    act(world, Action.ANNOUNCE, subject, {"to": ALL, "words": "We change the disks."})
    with clock.clock_at(at("2026-03-20T22:05:00+01:00")):
        act(world, Action.START, subject, {})
        assert services.calendar(world["fjord user"]).under_way[0].subject == subject
    with clock.clock_at(at("2026-03-20T23:30:00+01:00")):
        act(world, Action.END, subject, {})
        view = services.view(world["fjord user"], subject)
    assert [each.type.partition(".")[2] for each in view.story] == [
        "planned",
        "announced",
        "started",
        "ended",
    ]
    assert [each.text for each in view.story[:2]] == [PLAN["title"], "We change the disks."]
    assert (view.row.state, view.actions) == ("done", ())


def test_work_that_was_called_off_no_longer_needs_an_announcement(world: World) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    with pytest.raises(NotDone):
        act(world, Action.CANCEL, subject, {})
    act(world, Action.CANCEL, subject, {"words": "The disks did not come."})
    assert notice(world, subject, "announced").state == "cancelled"
    with pytest.raises(NotDone) as refused:
        act(world, Action.START, subject, {})
    assert refused.value.wrong[0].said.id == "uptime.wrong-state"


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"kind": "sudden"}, "kind"),
    ({"start": "tomorrow"}, "start"),
    ({"start": ""}, "start"),
    ({"start": "9999-12-31T23:59"}, "start"),
    ({"end": "2026-03-20T22:00"}, "end"),
    ({"title": ""}, "title"),
    ({"title": "x" * 201}, "title"),
    ({"services": ["teleport"]}, "services"),
    ({"customer": "delta"}, "customer"),
    ({"title": ["a", "list"]}, "title"),
)


def test_what_is_wrong_with_a_plan_is_said_beside_its_field(world: World) -> None:
    before = ledger.position(world.provider())
    for changed, field in WRONG:
        with pytest.raises(NotDone) as refused:
            act(world, Action.PLAN, None, {**PLAN, **changed})
        assert {each.field for each in refused.value.wrong} == {field}, changed
    assert ledger.position(world.provider()) == before


def test_only_those_who_lead_plan_and_nobody_of_another_provider_does(world: World) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    for name in ("north agent", "fjord user", "quay seller"):
        with pytest.raises(NotAllowed):
            services.act(world[name], Action.PLAN, None, PLAN)
        with pytest.raises(NotAllowed):
            services.preview(world[name], Action.PLAN, None, PLAN)
    with pytest.raises(NotFound):
        services.act(world["south lead"], Action.START, subject, {})
    with pytest.raises(NotFound):
        services.view(world["south lead"], subject)


def test_two_who_move_it_at_the_same_time_do_not_overwrite_each_other(world: World) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    seen = services.view(world["north lead"], subject).position
    moved = {"start": "2026-03-24T22:00", "end": "2026-03-25T02:00"}
    act(world, Action.CHANGE, subject, moved, seen=seen)
    with pytest.raises(Moved):
        act(world, Action.CHANGE, subject, {**moved, "end": "2026-03-25T03:00"}, seen=seen)


def test_a_step_taken_while_another_took_it_is_not_taken_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = act(world, Action.PLAN, None, PLAN)
    made = step

    def meanwhile(*given: Any) -> Step:
        monkeypatch.setattr(planning, "step", made)
        with clock.clock_at(at("2026-03-02T09:00:00.000001+01:00")):
            act(world, Action.START, subject, {})
        return made(*given)

    monkeypatch.setattr(planning, "step", meanwhile)
    with pytest.raises(Moved):
        act(world, Action.START, subject, {})
    types = [each.type for each in ledger.facts_of(world.provider(), [subject])]
    assert types == ["maintenance.planned", "maintenance.started"]


def test_a_server_whose_clock_is_behind_knows_what_another_has_written(world: World) -> None:
    with clock.clock_at(at("2026-03-02T09:00:03+01:00")):
        subject = act(world, Action.PLAN, None, PLAN)
    assert [each.type for each in services.view(world["north lead"], subject).story] == [
        "maintenance.planned"
    ]
    moved = {"start": "2026-03-24T22:00", "end": "2026-03-25T02:00"}
    found = services.preview(world["north lead"], Action.CHANGE, subject, moved, zone=OSLO)
    assert [(each.duty, each.cycle) for each in found.notices][-2:] == [
        ("scheduled", 2),
        ("announced", 2),
    ]
    act(world, Action.ANNOUNCE, subject, {"to": ALL})
    assert notice(world, subject, "announced").state == "met"


def test_what_a_plan_may_name_comes_from_the_register_whatever_its_facts(world: World) -> None:
    north = world.provider()
    for customer, region in (("fjord", "europe"), ("lake", "america")):
        accounts.agree(north, customer, f"{customer}-1", agreement="easymeeting", region=region)
    accounts.set_office(north, "lake", "lake-1", region="europe")
    with CaptureQueriesContext(connection) as asked:
        scope = services.scope_of(north)
    assert scope.regions == {"europe"}
    assert scope.accounts == {"fjord-1": "fjord", "lake-1": "lake"}
    assert not any("ledger_factrow" in each["sql"] for each in asked)


def test_a_local_time_that_the_clocks_skip_is_the_end_of_the_gap(world: World) -> None:
    skipped = {**PLAN, "start": "2026-03-29T02:30", "end": "2026-03-29T04:00"}
    subject = act(world, Action.PLAN, None, skipped)
    (planned,) = ledger.facts_of(world.provider(), [subject])
    assert planned.time("start") == at("2026-03-29T03:00:00+02:00")


def test_rows_made_anew_from_the_facts_are_the_same(world: World) -> None:
    from uphold.server.uptime.projecting import MaintenanceProjector

    north = world.provider()
    subject = act(world, Action.PLAN, None, PLAN)
    act(world, Action.ANNOUNCE, subject, {"to": ALL})
    ledger.append(
        north,
        [make_fact("maintenance.started", clock.now(), "maintenance:late", kind="unplanned")],
    )
    projector = MaintenanceProjector()
    stated = list(projector.stated(north))
    before = {each: projector.snapshot(north, each) for each, _, _ in stated}
    assert len(before) == 2
    projector.clear(north)
    with clock.clock_at(at("2026-09-01T09:00:00+02:00")):
        for each, as_of, position in stated:
            projector.project(north, [each], as_of, position)
    assert {each: projector.snapshot(north, each) for each in before} == before
