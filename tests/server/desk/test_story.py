"""What a thing's story tells, and to whom: corrections, what is taken back, people forgotten."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from tests.server.desk.house import House, at

from uphold.messages import LANGUAGES, Reader
from uphold.server.desk import services as desk
from uphold.server.desk.shapes import Entry
from uphold.server.ledger.erasing import erase_person
from uphold.server.ledger.services import rebuild

pytestmark = pytest.mark.django_db

NINE = "2025-03-10T09:00:00+01:00"
TEN = "2025-03-10T10:00:00+01:00"


def _asked(house: House, **values: object) -> str:
    told = {"title": "Ingen får logget inn", "words": "Siden i morges.", "priority": "2"}
    with at(NINE):
        return desk.act(house["acme user"], "open", None, told | values).subject


def _done(house: House, when: str, person: str, action: str, subject: str, **told: object) -> None:
    with at(when):
        desk.act(house[person], action, subject, told)


def _story(house: House, subject: str, person: str) -> tuple[Entry, ...]:
    with at(TEN):
        return desk.thing(house[person], subject).story


def _found(house: House, person: str, text: str) -> int:
    with at(TEN):
        return len(desk.queue(house[person], desk.Query(text=text, state="all")).rows)


def test_a_note_is_taken_back_as_unseen_as_it_was_written(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "agent", "note", subject, words="Kunden er sur.")
    note = _story(biztek, subject, "lead")[-1]
    told = {"fact": note.fact, "reason": "Skrev om hemmelig humør"}
    _done(biztek, TEN, "lead", "retract", subject, **told)
    assert len(_story(biztek, subject, "acme super user")) == 1
    taken = _story(biztek, subject, "agent")[-1]
    assert (taken.said.id, taken.is_internal) == ("desk.story-retracted", True)
    assert taken.by == biztek.people["lead"]
    assert _found(biztek, "agent", "hemmelig") == 1
    assert _found(biztek, "acme super user", "hemmelig") == 0


def test_who_has_it_is_corrected_and_taken_back_among_the_desk_alone(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "agent", "assign", subject, to=biztek.people["colleague"])
    given = _story(biztek, subject, "lead")[-1]
    told = {"fact": given.fact, "to": biztek.people["agent"], "reason": "Hemmelig ferie"}
    _done(biztek, TEN, "lead", "correct", subject, **told)
    with at(TEN):
        assert desk.thing(biztek["lead"], subject).row.assigned_name == "Biztek agent"
    corrected = next(
        each for each in _story(biztek, subject, "lead") if each.said.id == "desk.story-corrected"
    )
    told = {"fact": corrected.fact, "reason": "Hemmelig feil"}
    _done(biztek, TEN, "lead", "retract", subject, **told)
    with at(TEN):
        assert desk.thing(biztek["lead"], subject).row.assigned_name == "Biztek colleague"
    assert len(_story(biztek, subject, "acme super user")) == 1
    assert _found(biztek, "acme super user", "hemmelig") == 0


def test_a_correction_names_who_made_it_and_keeps_who_acted(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, TEN, "agent", "answer", subject, words="Ringte.")
    answered = _story(biztek, subject, "lead")[-1]
    told = {"fact": answered.fact, "at": "2025-03-10T09:30", "reason": "Samtalen var 09:30."}
    _done(biztek, TEN, "lead", "correct", subject, **told)
    lines = {each.said.id: each for each in _story(biztek, subject, "acme super user")}
    assert lines["desk.story-corrected"].by == biztek.people["lead"]
    assert lines["desk.story-corrected"].text == "Samtalen var 09:30."
    assert lines["desk.story-not-counting"].by == biztek.people["agent"]


def test_what_is_taken_back_is_named_and_itself_counts(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "agent", "answer", subject, words="Feil sak.")
    answered = _story(biztek, subject, "lead")[-1]
    told = {"fact": answered.fact, "reason": "Det gjaldt en annen."}
    _done(biztek, TEN, "lead", "retract", subject, **told)
    *_, taken = _story(biztek, subject, "acme user")
    assert taken.said.id == "desk.story-retracted"
    assert taken.said.data["what"].id == "desk.story-answered"  # type: ignore[union-attr]


def test_giving_a_request_back_says_so(biztek: House) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "agent", "assign", subject, to=biztek.people["colleague"])
    _done(biztek, TEN, "agent", "assign", subject)
    assert _story(biztek, subject, "agent")[-1].said.id == "desk.story-unassigned"
    with at(TEN):
        assert desk.thing(biztek["agent"], subject).row.assigned_name == ""


def test_a_forgotten_person_leaves_a_story_that_can_be_read_and_every_figure(
    biztek: House,
) -> None:
    subject = _asked(biztek)
    _done(biztek, NINE, "agent", "wait", subject, cause="customer", what="Hvem?")
    _done(biztek, "2025-03-10T09:30:00+01:00", "acme user", "reply", subject, words="Jeg, Kari.")
    with at(TEN):
        before = desk.thing(biztek["agent"], subject)
        erase_person(biztek.provider, biztek.people["acme user"])
        after = desk.thing(biztek["agent"], subject)
        rows = desk.queue(biztek["agent"], desk.Query()).rows
        assert not desk.queue(biztek["agent"], desk.Query(text="Kari", state="all")).rows
    assert after.clocks == before.clocks
    assert (after.row.title, after.row.due_us) == ("", before.row.due_us)
    assert [each.subject for each in rows] == [subject]
    erased = [each for each in after.story if each.is_erased]
    assert [(each.by, each.by_name, each.text) for each in erased] == [
        (biztek.people["acme user"], "", None)
    ] * 2
    for language in LANGUAGES:
        told = [Reader(language, "Europe/Oslo").text(each.said) for each in after.story]
        assert all(told)
        assert not any("{" in each or "Kari" in each for each in told)
    assert rebuild(biztek.provider).differing == 0


def test_whoever_was_overtaken_hears_by_whom_and_keeps_what_they_wrote(biztek: House) -> None:
    subject = _asked(biztek)
    with at(NINE):
        seen = desk.thing(biztek["agent"], subject).position
    _done(biztek, TEN, "colleague", "resolve", subject, words="Løst.")
    browser = Client()
    browser.force_login(get_user_model().objects.get(key=biztek.people["agent"]))
    with at("2025-03-10T10:05:00+01:00"):
        number = subject.partition(":")[2]
        sent = {"words": "Vi ser på det nå.", "seen": str(seen)}
        response = browser.post(reverse("thing-take", args=("requests", number, "answer")), sent)
        told = desk.overtaken(biztek["agent"], subject, seen)
        assert desk.overtaken(biztek["agent"], subject, None).id == "desk.moved"
    assert (told.id, told.data["who"]) == ("desk.moved-by", "Biztek colleague")
    page = response.content.decode()
    assert "Vi ser på det nå." in page
    assert (response.status_code, "Biztek colleague" in page) == (409, True)
