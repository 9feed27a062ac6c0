"""The demo's history: sound facts, laid out around any present, with every clock in every state."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from itertools import count

import pytest

from uphold.agreement import Agreement, load_agreement
from uphold.agreement.terms.duty import NoticeTerm
from uphold.agreement.terms.promise import ClockTerm, JudgementTerm
from uphold.engine.evaluate import evaluate
from uphold.engine.verdict import OPEN_STATES, State, Verdict
from uphold.facts import Fact, FactSet
from uphold.facts.times import from_datetime, to_datetime
from uphold.server.demo.chronicle import HOUR, desk_hours
from uphold.server.demo.event import Story, facts_of
from uphold.server.demo.history import history, newly_open, numbered
from uphold.server.demo.loading import source_of
from uphold.server.demo.party import House
from uphold.server.demo.world import HOUSES

SUNDAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PRESENTS = {
    "a Sunday": SUNDAY,
    "a Tuesday at noon": datetime(2026, 6, 16, 10, 0, tzinfo=UTC),
    "the night the clocks go back": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "Christmas Day": datetime(2027, 12, 25, 20, 0, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 6, 59, tzinfo=UTC),
}
by_house = pytest.mark.parametrize("house", HOUSES, ids=lambda each: each.key)


@cache
def told(house: House, now: datetime) -> tuple[Story, ...]:
    numbers = count(1)
    stories = history(house, from_datetime(now))
    return numbered(stories, lambda thing: f"{thing}:{next(numbers)}")


@cache
def facts(house: House, now: datetime) -> tuple[Fact, ...]:
    return tuple(
        fact
        for story in told(house, now)
        for fact in facts_of(story, lambda words: f"{hash(words.parts) & (2**256 - 1):064x}")
    )


@cache
def agreement(house: House) -> Agreement:
    return load_agreement((f"{house.key}.md", source_of(house.agreement)))


@cache
def verdicts(house: House, now: datetime) -> tuple[Verdict, ...]:
    return tuple(evaluate([agreement(house)], facts(house, now), now))


@by_house
def test_the_same_present_gives_the_same_history(house: House) -> None:
    now_us = from_datetime(SUNDAY)
    assert history(house, now_us) == history(house, now_us)
    assert history(house, now_us) != history(house, now_us, seed="other dice")


@pytest.mark.parametrize("now", PRESENTS.values(), ids=list(PRESENTS))
@by_house
def test_every_fact_is_sound_and_none_lies_ahead(house: House, now: datetime) -> None:
    found = facts(house, now)
    assert FactSet.of(found).problems == ()
    assert max(fact.at_us for fact in found) <= from_datetime(now)
    assert min(fact.at_us for fact in found) >= agreement(house).in_force_us


@pytest.mark.parametrize("now", PRESENTS.values(), ids=list(PRESENTS))
@by_house
def test_each_house_has_work_to_do_but_is_not_buried_in_it(house: House, now: datetime) -> None:
    done = {"resolved", "closed", "cancelled", "delivered", "answered"}
    requests = [story for story in told(house, now) if story.thing == "request"]
    open_now = [
        story
        for story in requests
        if not {each.type.partition(".")[2] for each in story.events} & (done - {"answered"})
    ]
    assert len(requests) >= 100
    assert 12 <= len(open_now) <= 45


@by_house
def test_every_promise_of_the_agreement_occurs(house: House) -> None:
    terms = agreement(house).terms
    promised = {
        term.name for term in terms if isinstance(term, ClockTerm | NoticeTerm | JudgementTerm)
    }
    occurring = {verdict.clock.partition(".")[0] for verdict in verdicts(house, SUNDAY)}
    assert promised <= occurring


def test_every_state_of_a_clock_occurs() -> None:
    found = {verdict.state for house in HOUSES for verdict in verdicts(house, SUNDAY)}
    assert found == set(State)


@by_house
def test_what_is_promised_is_mostly_kept(house: House) -> None:
    tally = Counter(each.state for each in verdicts(house, SUNDAY) if each.party == "provider")
    settled = tally[State.MET] + tally[State.MISSED]
    assert settled == 0 or 5 <= tally[State.MISSED] * 100 // settled <= 20


def test_some_clock_ticks_even_on_a_sunday() -> None:
    easymeeting = next(house for house in HOUSES if house.key == "easymeeting")
    always = agreement(easymeeting).always
    ticking = [
        each
        for each in verdicts(easymeeting, SUNDAY)
        if each.state is State.RUNNING
        and each.starts
        and each.due
        and (each.due - each.starts).total_seconds() * 1_000_000 <= 8 * HOUR
    ]
    assert always.is_open_us(from_datetime(SUNDAY))
    assert ticking


@by_house
def test_something_is_about_to_be_missed(house: House) -> None:
    left = [
        each.left_us
        for each in verdicts(house, SUNDAY)
        if each.state in OPEN_STATES and each.left_us is not None
    ]
    if house.key != "lifesize":  # which promises no time to anybody
        assert min(left) < HOUR


@by_house
def test_agents_answer_while_their_desk_is_open(house: House) -> None:
    desks = [desk_hours(house.key, from_datetime(SUNDAY))]
    if house.key == "easymeeting":
        desks.append(desk_hours("america", from_datetime(SUNDAY)))
    answers = [each for each in facts(house, SUNDAY) if each.type == "request.answered"]
    assert answers
    for fact in answers:
        minute_before = fact.at_us - 60_000_000
        assert any(
            desk.is_open_us(fact.at_us) or desk.is_open_us(minute_before) for desk in desks
        ), to_datetime(fact.at_us)


@by_house
def test_people_write_in_their_customers_language_and_nothing_is_left_to_fill_in(
    house: House,
) -> None:
    languages = {party.key: party.language for party in house.parties}
    for story in told(house, SUNDAY):
        for event in story.events:
            if event.words is None:
                continue
            assert all(text and "{" not in text for _, text in event.words.parts)
            if story.customer:
                assert event.words.language == languages[story.customer]


@by_house
def test_whoever_acts_is_one_of_the_people(house: House) -> None:
    keys = {somebody.key for _, somebody in house.everybody()}
    for fact in facts(house, SUNDAY):
        for name in ("by", "author", "owner", "person", "decided_by"):
            assert fact.written.get(name, next(iter(keys))) in keys
    customers = {party.key for party in house.customers}
    assert {fact.customer for fact in facts(house, SUNDAY)} - {None} <= customers


def test_names_and_keys_are_nobody_elses() -> None:
    people = [somebody for house in HOUSES for _, somebody in house.everybody()]
    assert len({each.key for each in people}) == len(people)
    assert len({each.email for each in people}) == len(people)
    assert all(each.email.endswith(".example") for each in people)
    assert not any(part in each.key for each in people for part in each.name.lower().split())


@by_house
def test_what_is_open_later_is_told_without_the_past(house: House) -> None:
    later = newly_open(house, from_datetime(SUNDAY), "later")
    assert 10 <= len(later) <= 45
    assert all(story.subject == "" for story in later)
