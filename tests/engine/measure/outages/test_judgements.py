"""What a person judges goes before all evidence; cause and scope come from what is told."""

from __future__ import annotations

import pytest
from tests.engine.measure.outages.sight import (
    ended,
    evidence,
    judged,
    known,
    looks,
    minutes,
    readings,
    reasons,
    reported,
    seen,
    spans,
    words,
)

from uphold.facts import Fact

SERVICE = "service: calling\nparts: [sign-in]\ndown when: any part is down\n"
TWO = (SERVICE, evidence(agreed_when="checks from 2 places, or checks and reports"))
ANY = (SERVICE, evidence())
DISAGREEING = looks("oslo", "UUUDDDDUUUUU") + looks("bergen", "UUUUUUUUUUUU")


class TestWithATime:
    def test_it_answers_a_question(self) -> None:
        fact = judged(start=4, end=6, cause="own", by="anna", reason="the log of the proxy")
        found = seen(TWO, DISAGREEING, [fact], until=12)
        (outage,) = found.outages
        assert readings(outage) == ((4, 6), (4, 6), (4, 6))
        assert (outage.judged, outage.counted, outage.cause) == (True, True, "own")
        assert (outage.subject, outage.facts) == ("outage:1", (fact.id,))
        assert [each.source for each in outage.showings] == ["oslo"]
        assert found.questions == ()
        assert known(found) == [(0, 12)]
        assert reasons(outage) == ["judged-by", "judged-because", "judged-time", "cause"]
        assert "Judged by anna, " in words(outage)
        assert "The reason given: the log of the proxy." in words(outage)

    def test_it_replaces_everything_that_hangs_together_with_it(self) -> None:
        runs = looks("oslo", "UUUDDDDUUUUU") + looks("bergen", "UUUDDDDUUUDU")
        found = seen(ANY, runs, [judged(start=7, end=8)], until=12)
        assert spans(found.outages) == [(7, 8), (10, 11)]
        assert known(found) == [(0, 12)]

    def test_it_needs_no_evidence(self) -> None:
        found = seen(ANY, [], [judged(told=900, start=5, end=9)], until=60)
        (outage,) = found.outages
        assert readings(outage) == ((5, 9), (5, 9), (5, 9))
        assert known(found) == [(5, 9)]
        assert outage.showings == ()

    def test_it_may_be_that_it_was_no_outage(self) -> None:
        fact = judged(start=3, end=7, counted=False, reason="a fault of the prober")
        found = seen(TWO, DISAGREEING, [fact], until=12)
        (outage,) = found.outages
        assert (outage.counted, outage.judged) == (False, True)
        assert known(found) == [(0, 12)]
        assert reasons(outage) == ["judged", "judged-because", "none"]

    def test_of_two_judgements_of_one_outage_the_later_holds(self) -> None:
        first = judged(told=100, start=3, end=7, cause="own")
        later = judged(told=200, start=4, end=5)
        (outage,) = seen(TWO, DISAGREEING, [later, first], until=12).outages
        assert minutes(outage.span) == (4, 5)
        assert outage.cause == "own", "the later judgement says nothing of the cause"
        (outage,) = seen(TWO, DISAGREEING, [first], until=12).outages
        assert minutes(outage.span) == (3, 7)

    def test_a_later_judgement_without_a_time_keeps_the_judged_time(self) -> None:
        first = judged(told=100, start=3, end=7)
        later = judged(told=200, cause="third-party")
        (outage,) = seen(TWO, DISAGREEING, [first, later], until=12).outages
        assert (minutes(outage.span), outage.cause) == ((3, 7), "third-party")
        took_back = judged(told=300, counted=False)
        (outage,) = seen(TWO, DISAGREEING, [first, later, took_back], until=12).outages
        assert (minutes(outage.span), outage.counted) == ((3, 7), False)

    def test_judged_times_that_only_touch_both_hold(self) -> None:
        facts = [judged("outage:1", start=2, end=4), judged("outage:2", start=4, end=6)]
        assert spans(seen(ANY, [], facts).outages) == [(2, 4), (4, 6)]

    def test_of_judged_times_that_overlap_the_later_holds(self) -> None:
        facts = [
            judged("outage:1", told=100, start=2, end=5),
            judged("outage:2", told=200, start=4, end=6),
        ]
        assert spans(seen(ANY, [], facts).outages) == [(4, 6)]

    def test_judgements_of_different_accounts_both_hold(self) -> None:
        facts = [
            judged("outage:1", told=100, start=2, end=5, accounts=["a"]),
            judged("outage:2", told=200, start=4, end=6, accounts=["b"]),
        ]
        found = seen(ANY, [], facts)
        assert [(minutes(each.span), each.accounts) for each in found.outages] == [
            ((2, 5), ("a",)),
            ((4, 6), ("b",)),
        ]

    def test_each_of_them_keeps_its_own_cause(self) -> None:
        said = {"accounts": ["a"], "cause": "own"}, {"accounts": ["b"], "cause": "third-party"}
        facts = [
            reported("outage:1", start=2, end=5),
            reported("outage:2", start=3, end=6),
            judged("outage:1", told=100, start=2, end=5, **said[0]),
            judged("outage:2", told=200, start=4, end=6, **said[1]),
        ]
        found = seen(ANY, [], facts)
        assert [(each.accounts, each.cause) for each in found.outages] == [
            (("a",), "own"),
            (("b",), "third-party"),
        ]

    def test_its_cause_is_not_that_of_what_happened_at_another_time(self) -> None:
        terms = (SERVICE, evidence(sources="{checks: every 1 minute}"))
        facts = [reported(start=3, end=30), judged(start=25, end=30, cause="own")]
        found = seen(terms, DISAGREEING, facts)
        assert [(minutes(each.span), each.cause) for each in found.outages] == [
            ((3, 7), None),
            ((25, 30), "own"),
        ]

    @pytest.mark.parametrize(
        ("facts", "span", "lasts"),
        [
            ([judged(start=4)], (4, 7), False),
            ([judged(end=5)], (3, 5), False),
            ([judged(start=9)], (9, 12), True),
            ([judged(start=9), ended(told=10)], (9, 10), False),
            ([judged(end=10), reported(start=9)], (9, 10), False),
            ([judged(start=9, end=30)], (9, 12), True),
        ],
    )
    def test_one_side_alone_takes_the_other_from_what_is_known(
        self, facts: list[Fact], span: tuple[float, float], lasts: bool
    ) -> None:
        found = seen(ANY, DISAGREEING, facts, until=12)
        outage = found.outages[-1]
        assert (minutes(outage.span), outage.open) == (span, lasts)

    def test_a_report_of_another_time_is_no_more_about_it(self) -> None:
        facts = [reported(start=8, end=10), judged(start=3, end=5)]
        found = seen(ANY, [], facts)
        assert spans(found.outages) == [(3, 5)]

    def test_of_a_part_it_settles_that_part_alone(self) -> None:
        terms = ("service: calling\nparts: [a, b]\ndown when: any part is down\n", evidence())
        runs = looks("oslo", "UDDDUUUU", "a") + looks("oslo", "UUUUUDUU", "b")
        fact = judged(service="a", start=2, end=3, cause="own")
        found = seen(terms, runs, [fact], until=8)
        assert [(minutes(each.span), each.cause) for each in found.outages] == [
            ((2, 3), "own"),
            ((5, 6), None),
        ]
        assert known(found) == [(0, 8)]
        none = judged(service="a", start=1, end=4, counted=False)
        found = seen(terms, runs, [none], until=8)
        assert spans(found.outages) == [(5, 6)]
        assert known(found) == [(0, 8)]

    def test_of_another_service_it_settles_nothing_here(self) -> None:
        fact = judged(service="billing", start=4, end=6)
        assert seen(TWO, DISAGREEING, [fact], until=12) == seen(TWO, DISAGREEING, until=12)


class TestWithoutATime:
    runs = looks("oslo", "UUUDDDDUUUUU")

    def test_it_keeps_the_frame_and_settles_the_cause(self) -> None:
        facts = [reported(start=4, end=5, cause="customer"), judged(cause="own", accounts=["a"])]
        (outage,) = seen(TWO, self.runs, facts, until=12).outages
        assert readings(outage) == ((3, 6), (3, 7), (2, 7))
        assert (outage.cause, outage.accounts, outage.judged) == ("own", ("a",), True)
        assert reasons(outage) == ["agreed", "frame", "judged", "cause", "scope"]

    def test_it_may_be_that_it_was_no_outage(self) -> None:
        facts = [reported(start=4, end=5), judged(counted=False)]
        found = seen(TWO, self.runs, facts, until=12)
        (outage,) = found.outages
        assert (minutes(outage.span), outage.counted) == ((3, 7), False)
        assert known(found) == [(0, 12)]

    def test_it_answers_the_question_that_its_report_raised(self) -> None:
        alone = [reported(start=9, end=10)]
        assert spans(seen(TWO, self.runs, alone, until=12).questions) == [(3, 7), (9, 10)]
        found = seen(TWO, self.runs, [*alone, judged(cause="own")], until=12)
        assert spans(found.outages) == [(9, 10)]
        assert spans(found.questions) == [(3, 7)]
        assert reasons(found.outages[0]) == ["shown", "judged", "cause"]
        found = seen(TWO, self.runs, [*alone, judged(counted=False)], until=12)
        assert [each.counted for each in found.outages] == [False]

    def test_it_gives_no_time_where_only_a_person_can(self) -> None:
        terms = (SERVICE, evidence(frame="a person's judgement"))
        facts = [reported(start=4, end=5), judged(cause="own")]
        assert spans(seen(terms, self.runs, facts, until=12).questions) == [(3, 7)]
        facts = [reported(start=4, end=5), judged(start=4, end=6)]
        assert spans(seen(terms, self.runs, facts, until=12).outages) == [(4, 6)]
        facts = [reported(start=4, end=5), judged(counted=False)]
        found = seen(terms, self.runs, facts, until=12)
        assert [(minutes(each.span), each.counted) for each in found.outages] == [((3, 7), False)]

    def test_the_service_that_it_names_is_the_reports_too(self) -> None:
        facts = [reported(start=4, end=5), judged(service="billing")]
        found = seen(TWO, self.runs, facts, until=12)
        assert found.outages == ()
        assert spans(found.questions) == [(3, 7)]


class TestScopeAndCause:
    runs = looks("oslo", "UUUDDDDUUUUU")

    def test_an_outage_of_which_nothing_is_told_hits_all(self) -> None:
        (outage,) = seen(ANY, self.runs, until=12).outages
        assert outage.hits("a", None)
        assert (outage.cause, outage.subject, outage.facts) == (None, None, ())

    def test_reports_that_hang_together_name_whom_it_hits(self) -> None:
        facts = [
            reported("outage:1", told=5, start=3, end=5, accounts=["b"]),
            reported("outage:2", told=7, start=6, end=7, accounts=["a"], regions=["eu"]),
        ]
        (outage,) = seen(ANY, self.runs, facts, until=12).outages
        assert (outage.accounts, outage.regions) == (("a", "b"), ("eu",))
        assert outage.subject == "outage:1"
        assert outage.hits("c", "eu")
        assert not outage.hits("c", "us")

    def test_a_report_without_a_scope_means_all(self) -> None:
        facts = [
            reported("outage:1", start=3, end=5, accounts=["b"]),
            reported("outage:2", start=6, end=7),
        ]
        (outage,) = seen(ANY, self.runs, facts, until=12).outages
        assert (outage.accounts, outage.regions) == ((), ())

    def test_of_one_outages_reports_the_latest_names_whom_it_hits(self) -> None:
        facts = [
            reported(told=1, start=3, end=5, accounts=["b"]),
            reported(told=2, start=3, end=6, accounts=["a", "c"]),
        ]
        (outage,) = seen(ANY, self.runs, facts, until=12).outages
        assert outage.accounts == ("a", "c")

    def test_a_judged_scope_goes_before_a_reported_one(self) -> None:
        facts = [judged(told=1, accounts=["a"]), reported(told=2, start=3, end=5, accounts=["b"])]
        (outage,) = seen(ANY, self.runs, facts, until=12).outages
        assert outage.accounts == ("a",)

    def test_the_latest_cause_holds_and_a_judged_one_before_all(self) -> None:
        facts = [
            reported("outage:1", told=1, start=3, end=5, cause="own"),
            reported("outage:2", told=2, start=4, end=5, cause="third-party"),
        ]
        (outage,) = seen(ANY, self.runs, facts, until=12).outages
        assert outage.cause == "third-party"
        (outage,) = seen(
            ANY, self.runs, [*facts, judged("outage:1", told=1, cause="customer")], until=12
        ).outages
        assert outage.cause == "customer"

    def test_reports_that_are_no_evidence_still_say_why_and_whom(self) -> None:
        terms = (SERVICE, evidence(sources="{checks: every 1 minute}"))
        fact = reported(start=4, end=30, cause="third-party", accounts=["a"])
        (outage,) = seen(terms, self.runs, [fact], until=12).outages
        assert minutes(outage.span) == (3, 7)
        assert (outage.cause, outage.accounts, outage.subject) == (
            "third-party",
            ("a",),
            "outage:1",
        )
        assert outage.facts == (fact.id,)
