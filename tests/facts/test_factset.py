"""Sets of facts: each once, in one order, and what counts by what was known when."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.made import TIMES, facts_of, lines_of, read, written_facts

from uphold.facts import BY_NAME, Fact, FactSet, fact_order, make_fact
from uphold.facts.canonical import digest
from uphold.facts.times import from_datetime
from uphold.messages import Reader


def hour(clock: int) -> int:
    return from_datetime(datetime(2027, 2, 1, clock, tzinfo=UTC))


def happened(name: str, clock: int, subject: str = "request:1", **rest: object) -> Fact:
    """A fact at a full hour; `recorded` is given as an hour too."""
    if "recorded" in rest:
        rest["recorded"] = f"2027-02-01T{rest['recorded']:02}:00:00Z"
    return make_fact(name, f"2027-02-01T{clock:02}:00:00Z", subject, **rest)


def ids(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.id for fact in facts]


# -- order and identity


def test_ties_in_time_go_by_seq_then_by_the_order_of_types_then_by_id() -> None:
    in_order = [
        happened("request.resolved", 9, id="z"),
        happened("request.opened", 10, id="y"),
        happened("request.answered", 10, id="a"),
        happened("request.answered", 10, id="b"),
        happened("request.opened", 10, id="x", seq=1),
    ]
    for shuffled in itertools.permutations(in_order):
        assert FactSet.of(shuffled).every("request:1") == tuple(in_order)


def test_a_fact_without_an_id_has_the_digest_of_its_content_as_one() -> None:
    written: dict[str, object] = {
        "type": "request.opened",
        "at": "2027-02-01T10:00:00+01:00",
        "subject": "request:1",
    }
    (fact,) = facts_of(written)
    assert fact.id == digest(written)
    (recorded,) = facts_of(written | {"recorded": "2027-02-01T12:00:00Z"})
    assert recorded.id == fact.id


def test_the_same_fact_twice_is_one_known_since_it_was_first_recorded() -> None:
    early = happened("request.opened", 10, recorded=11)
    late = happened("request.opened", 10, recorded=12)
    for pair in ([early, late], [late, early]):
        assert FactSet.of(pair).facts == (early,)
        assert FactSet.of(pair[:1]).adding(pair[1]).facts == (early,)


def test_the_same_id_twice_with_one_content_is_one_fact() -> None:
    facts = [happened("request.opened", 10, id="a"), happened("request.opened", 10, id="a")]
    found = FactSet.of(facts)
    assert len(found) == 1
    assert found.problems == ()


def test_the_same_id_with_another_content_is_a_problem_and_the_first_known_counts() -> None:
    facts, _ = read(
        b'{"type":"request.opened","at":"2027-02-01T10:00:00Z","subject":"request:1","id":"a"}',
        b'{"type":"request.opened","at":"2027-02-01T11:00:00Z","subject":"request:2","id":"a"}',
    )
    for shuffled in (facts, facts[::-1]):
        for found in (FactSet.of(shuffled), FactSet.of(shuffled[:1]).adding(shuffled[1])):
            assert found.subjects == ("request:1",)
            assert [problem.text(Reader("en")) for problem in found.problems] == [
                (
                    "facts:2: error [fact-id-twice] the id “a” stands for two different facts; "
                    "the other is facts:1\n"
                    "hint: a change is a new fact with an id of its own, which names this one "
                    "under corrects or retracts"
                )
            ]


def test_a_fact_exported_with_its_digest_as_id_is_the_same_fact() -> None:
    without = happened("request.opened", 10)
    exported = happened("request.opened", 10, id=without.id)
    for pair in ([without, exported], [exported, without]):
        assert len(FactSet.of(pair)) == 1
        assert FactSet.of(pair).problems == ()
        assert len(FactSet.of(pair[:1]).adding(pair[1])) == 1


def test_an_edited_export_is_the_same_id_with_another_content() -> None:
    without = happened("request.opened", 10)
    edited = happened("request.opened", 10, id=without.id, priority="high")
    assert [each.code for each in FactSet.of([edited, without]).problems] == ["fact-id-twice"]


# -- corrections


OPENED = happened("request.opened", 8, id="opened")
ANSWERED = happened("request.answered", 10, id="answered")


def test_a_correction_replaces_and_counts_from_when_it_was_recorded() -> None:
    later = happened("request.answered", 12, id="later", corrects="answered", recorded=14)
    found = FactSet.of([OPENED, ANSWERED, later])
    assert ids(found.as_of()) == ["opened", "later"]
    assert ids(found.as_of(known_us=hour(13))) == ["opened", "answered"]
    assert ids(found.as_of(known_us=hour(14))) == ["opened", "later"]
    assert ids(found.as_of(at_us=hour(11))) == ["opened"]
    assert ids(found.as_of(at_us=hour(11), known_us=hour(13))) == ["opened", "answered"]
    assert found.touched_by(later) == {"request:1"}


def test_a_correction_without_recorded_counts_from_its_own_time() -> None:
    later = happened("request.answered", 12, id="later", corrects="answered")
    found = FactSet.of([later, ANSWERED])
    assert ids(found.as_of(known_us=hour(11))) == ["answered"]
    assert ids(found.as_of(known_us=hour(12))) == ["later"]


def test_corrections_chain_and_the_last_one_holds() -> None:
    second = happened("request.answered", 11, id="second", corrects="answered", recorded=12)
    third = happened("request.answered", 9, id="third", corrects="second", recorded=13)
    found = FactSet.of([third, second, ANSWERED])
    assert [ids(found.as_of(known_us=hour(clock))) for clock in (11, 12, 13)] == [
        ["answered"],
        ["second"],
        ["third"],
    ]


def test_of_two_corrections_of_one_fact_the_one_recorded_last_holds() -> None:
    one = happened("request.answered", 11, id="one", corrects="answered", recorded=13)
    other = happened("request.answered", 9, id="other", corrects="answered", recorded=12)
    assert ids(FactSet.of([ANSWERED, one, other]).as_of()) == ["one"]


def test_a_correction_may_name_another_subject() -> None:
    moved = happened("request.answered", 10, "request:2", id="moved", corrects="answered")
    found = FactSet.of([OPENED, ANSWERED, moved])
    assert {name: ids(facts) for name, facts in found.by_subject().items()} == {
        "request:1": ["opened"],
        "request:2": ["moved"],
    }
    assert found.touched_by(moved) == {"request:1", "request:2"}


def test_a_retraction_takes_back_and_is_no_happening_itself() -> None:
    back = happened("request.answered", 10, id="back", retracts="answered", recorded=12)
    found = FactSet.of([OPENED, ANSWERED, back])
    assert ids(found.as_of(known_us=hour(11))) == ["opened", "answered"]
    assert ids(found.as_of(known_us=hour(12))) == ["opened"]


def test_a_retracted_correction_brings_back_what_it_replaced() -> None:
    later = happened("request.answered", 12, id="later", corrects="answered", recorded=13)
    back = happened("request.answered", 12, id="back", retracts="later", recorded=14)
    again = happened("request.answered", 12, id="again", retracts="back", recorded=15)
    found = FactSet.of([ANSWERED, later, back, again])
    assert [ids(found.as_of(known_us=hour(clock))) for clock in (12, 13, 14, 15)] == [
        ["answered"],
        ["later"],
        ["answered"],
        ["later"],
    ]


def test_a_retraction_takes_back_earlier_corrections_too_but_no_later_one() -> None:
    earlier = happened("request.answered", 11, id="earlier", corrects="answered", recorded=12)
    back = happened("request.answered", 11, id="back", retracts="answered", recorded=13)
    after = happened("request.answered", 12, id="after", corrects="answered", recorded=14)
    found = FactSet.of([ANSWERED, earlier, back, after])
    assert [ids(found.as_of(known_us=hour(clock))) for clock in (12, 13, 14)] == [
        ["earlier"],
        [],
        ["after"],
    ]


def test_a_retraction_that_was_corrected_takes_back_nothing() -> None:
    back = happened("request.answered", 10, id="back", retracts="answered", recorded=12)
    other = happened("request.updated", 11, id="other", corrects="back", recorded=13)
    found = FactSet.of([ANSWERED, back, other])
    assert ids(found.as_of()) == ["other"]
    assert ids(found.as_of(known_us=hour(12))) == []


def test_an_id_that_is_a_digest_can_be_corrected() -> None:
    answered = happened("request.answered", 10)
    later = happened("request.answered", 12, corrects=answered.id)
    for found in (
        FactSet.of([later, answered]),
        FactSet.of([later]).adding(answered),
        FactSet.of([answered]).adding(later),
    ):
        assert found.as_of() == (later,)
        assert found.problems == ()
        assert found.find(answered.id) == answered


def test_a_correction_of_nothing_is_a_problem_until_its_fact_comes() -> None:
    later = happened("request.answered", 12, id="later", corrects="answered")
    back = happened("request.answered", 12, id="back", retracts="nothing")
    alone = FactSet.of([later, back])
    assert ids(alone.as_of()) == ["later"]
    assert [problem.text(Reader("en")) for problem in alone.problems] == [
        "error [fact-correction-unknown] the fact about request:1 corrects or retracts "
        f"“{named}”, but no fact has that id"
        for named in ("answered", "nothing")
    ]
    both = alone.adding(ANSWERED)
    assert ids(both.as_of()) == ["later"]
    assert [problem.message.data["named"] for problem in both.problems] == ["nothing"]


def test_facts_that_correct_each_other_in_a_ring_are_problems_and_all_count() -> None:
    ring = [
        happened("request.answered", 10, id="a", corrects="c"),
        happened("request.answered", 11, id="b", corrects="a"),
        happened("request.answered", 12, id="c", corrects="b"),
        happened("request.answered", 13, id="self", corrects="self"),
        happened("request.answered", 14, id="after", corrects="a"),
    ]
    found = FactSet.of(ring)
    assert ids(found.as_of()) == ["b", "c", "self", "after"]
    assert [problem.code for problem in found.problems] == ["fact-correction-ring"] * 4


def test_ten_thousand_corrections_of_one_fact_are_settled_at_once() -> None:
    chain = [happened("request.answered", 10, id="0")]
    for number in range(1, 10_000):
        way = {"corrects": str(number - 1)} if number % 3 else {"retracts": str(number - 1)}
        chain.append(happened("request.answered", 10, id=str(number), **way))
    assert len(FactSet.of(chain).as_of()) == 1


# -- laws


FACTS = st.lists(written_facts(), min_size=1, max_size=8)
NAMED = st.sampled_from(["a", "b", "c", "d", "e"])
FEW = tuple(BY_NAME[name] for name in ("request.opened", "request.answered", "order.resumed"))


@st.composite
def corrected(draw: st.DrawFn) -> list[dict[str, object]]:
    """Facts of which many bear ids and correct or retract one another."""
    facts = draw(st.lists(written_facts(FEW), min_size=1, max_size=8))
    for fact, named in zip(facts, "abcdefgh", strict=False):
        if draw(st.booleans()):
            fact["id"] = draw(NAMED) if draw(st.integers(0, 5)) == 0 else named
        if draw(st.booleans()):
            fact[draw(st.sampled_from(["corrects", "retracts"]))] = draw(NAMED)
    if draw(st.integers(0, 4)) == 0:
        bare = {key: value for key, value in facts[0].items() if key not in ("id", "recorded")}
        facts[-1] = {**facts[-1], "corrects": digest(bare)}
        facts[-1].pop("retracts", None)
    return facts


def said_of(found: FactSet) -> list[tuple[str, str]]:
    """The problems without their places, which are those of the files."""
    return sorted((each.code, str(each.message.data["named"])) for each in found.problems)


def limits() -> list[int | None]:
    return [None, *map(hour, range(6))]


@given(corrected(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_files_do_not_matter(
    written: list[dict[str, object]], random: object, files: int
) -> None:
    together, problems = read(lines_of(*written))
    assert not problems
    shuffled = [*written, written[0]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    split = [shuffled[number::files] for number in range(files)]
    apart = [fact for part in split for fact in read(lines_of(*part)).facts]
    one, other = FactSet.of(together), FactSet.of(apart)
    assert one == other
    assert said_of(one) == said_of(other)
    for known_us in limits():
        assert one.as_of(None, known_us) == other.as_of(None, known_us)


@given(corrected())
def test_one_at_a_time_and_all_at_once_give_the_same_set(
    written: list[dict[str, object]],
) -> None:
    facts = facts_of(*written)
    grown = FactSet.of()
    for number, fact in enumerate(facts, 1):
        before, counted = grown, grown.as_of()
        grown = grown.adding(fact)
        assert before.as_of() == counted
        once = FactSet.of(facts[:number])
        assert grown == once
        assert grown.problems == once.problems
        for known_us in limits():
            assert grown.as_of(None, known_us) == once.as_of(None, known_us)


@given(corrected(), TIMES, TIMES)
def test_what_counts_is_as_if_what_was_unknown_had_not_been_given(
    written: list[dict[str, object]], at: str, known: str
) -> None:
    at_us, known_us = (from_datetime(datetime.fromisoformat(each)) for each in (at, known))
    facts = FactSet.of(facts_of(*written)).facts
    then = FactSet.of(fact for fact in facts if fact.known_us <= known_us)
    expected = tuple(fact for fact in then.as_of() if fact.at_us <= at_us)
    assert FactSet.of(facts).as_of(at_us, known_us) == expected


@given(FACTS)
def test_facts_of_a_subject_are_in_order_and_each_once(written: list[dict[str, object]]) -> None:
    found = FactSet.of(facts_of(*written, *written))
    assert len(found) == len({fact.id for fact in found.facts})
    for subject in found.subjects:
        assert list(found.every(subject)) == sorted(found.every(subject), key=fact_order)
        assert found.of_subject(subject) == found.every(subject)
        assert all(fact.subject == subject for fact in found.every(subject))


def test_a_set_does_not_change() -> None:
    found = FactSet.of([OPENED])
    with pytest.raises(AttributeError):
        found._corrections = ()  # type: ignore[misc]
    grown = found.adding(ANSWERED)
    assert (len(found), len(grown)) == (1, 2)


def test_a_correction_known_before_what_it_corrects_is_a_fact_of_its_own_until_then() -> None:
    opened = {"type": "request.opened", "subject": "request:1"}
    written: list[dict[str, object]] = [
        {**opened, "at": "2027-02-01T01:00:00+00:00", "id": "late"},
        {**opened, "at": "2027-02-01T00:00:00+00:00", "id": "a", "corrects": "late"},
        {**opened, "at": "2027-02-01T00:00:00+00:00", "id": "b", "corrects": "late"},
        {**opened, "at": "2027-02-01T00:00:00+00:00", "id": "c", "corrects": "a"},
    ]
    facts = FactSet.of(facts_of(*written))
    early, later = (
        from_datetime(datetime.fromisoformat(f"2027-02-01T0{hour}:00:00+00:00")) for hour in (0, 2)
    )
    assert [fact.id for fact in facts.as_of(later, early)] == ["b", "c"]
    assert [fact.id for fact in facts.as_of(later, later)] == ["c"]
