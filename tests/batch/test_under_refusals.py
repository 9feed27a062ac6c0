"""What the kernel cannot express is refused: the term is named, and the reason, and what can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.batch.bulk_promises import AGREEMENTS, EDGE, shipped
from tests.batch.oracle import Look
from tests.batch.side_by_side import runs_under
from tests.engine.measure.figures.watch import HOUR, MINUTE, stamp, uptime
from tests.engine.pages import agreement, fact

from uphold.agreement import load_agreement
from uphold.batch import BatchError, TermRefused, measure_under, under
from uphold.facts import Fact
from uphold.facts.times import to_datetime

SINCE, UNTIL = EDGE - HOUR, EDGE + 24 * HOUR
SPAN = to_datetime(SINCE), to_datetime(UNTIL)
SERVICE = "service: web\n"
EVIDENCE = "evidence: looks\nof: web\nsources: {checks: every 1 minute, logs: component logs}\n"
AGREED = fact("customer.agreed", "2026-01-01", "customer:acme", account="acme-1")
REPORTED = fact("outage.reported", "2026-10-31 23:10", "outage:7", start=stamp("2026-10-31 23:00"))
LOOKED = fact("check.observed", "2026-10-31 23:10", "check:web", check="web", state="up")


def refusal(*terms: str, facts: tuple[Fact, ...] = (), **more: Any) -> str:
    """What is said of an agreement of these terms before anything is read."""
    with pytest.raises(TermRefused) as error:
        under(agreement(SERVICE, *terms), facts, *SPAN, **more)
    return str(error.value)


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (
            ["indicator: web\nof: web\ndown when: failed at least 10 % of attempts in 5 minutes\n"],
            "“web” counts attempts in slices of time",
        ),
        (
            [f"{EVIDENCE}agreed when: checks and logs\n"],
            "by “looks” checks alone do not settle an outage",
        ),
        (
            [f"{EVIDENCE}agreed when: checks from 2 places, or logs\n"],
            "by “looks” checks alone do not settle an outage",
        ),
        (
            [f"{EVIDENCE}agreed when: checks\nframe: a person's judgement\n"],
            "by “looks” a person says when an outage was",
        ),
    ],
)
def test_evidence_that_is_more_than_looks(terms: list[str], reason: str) -> None:
    said = refusal(*terms, uptime())
    assert said == (
        f"“uptime” of sample is not for measuring in bulk: {reason}; "
        "`uphold uptime` and uphold.engine.settle.settle measure it"
    )


def test_a_mean_of_parts_but_not_the_service_as_a_whole() -> None:
    term = uptime(per="mean of parts")
    assert 'it is the mean of parts; per="service" measures' in refusal(term)
    assert under(agreement(SERVICE, term), (), *SPAN, per="service").windows.num_rows == 2


def test_accounts_but_not_the_service_for_all_of_them() -> None:
    term = uptime(per="account")
    assert "it is counted for each account, and the facts name" in refusal(term, facts=(AGREED,))
    promise = agreement(SERVICE, term)
    assert under(promise, (AGREED,), *SPAN, per="service").windows.num_rows == 2
    assert under(promise, (), *SPAN).windows.num_rows == 2


def test_windows_that_begin_behind_a_credit() -> None:
    credit = "credit: money-back\nfor: uptime missed\namount: 10 % of account.fee\n"
    said = refusal(uptime("12 months"), credit)
    assert "the next window begins behind one for which “money-back” gave a credit" in said
    overlapping = uptime("12 months", after_credit="overlaps")
    for terms in ([uptime("12 months")], [overlapping, credit], [uptime(), credit]):
        assert under(agreement(SERVICE, *terms), (), *SPAN).windows.num_rows == 2


def test_standing_windows_but_not_those_for_another_service() -> None:
    window = "window: sundays\nzone: Etc/UTC\nhours: {sun: 08:00-10:00}\n"
    term = uptime(excludes="[standing windows]")
    assert "what is used of the standing window “sundays”" in refusal(window, term)
    other = "service: mail\n", f"{window}for: [mail]\n"
    assert under(agreement(SERVICE, *other, term), (), *SPAN).windows.num_rows == 2
    assert under(agreement(SERVICE, window, uptime()), (), *SPAN).windows.num_rows == 2


def looks(check: str = "web", source: str = "oslo") -> list[Look]:
    return [Look(check, EDGE + place * MINUTE, "up", source) for place in range(3)]


@pytest.mark.parametrize(
    ("facts", "rows", "reason"),
    [
        ((REPORTED,), looks(), "the facts tell of an outage (outage:7), which is put together"),
        (
            (),
            [*looks(), *looks(source="rome")],
            "“web” is watched by several sources (oslo and rome)",
        ),
        ((), looks(check="other"), "nothing says how often “other” is looked at"),
    ],
)
def test_evidence_that_turns_out_to_be_more(
    facts: tuple[Fact, ...], rows: list[Look], reason: str
) -> None:
    terms = (uptime(),) if rows[0].check == "other" else (EVIDENCE, uptime())
    plan = under(agreement(SERVICE, *terms), facts, *SPAN)
    with pytest.raises(TermRefused) as error:
        plan.measured(runs_under(plan, rows))
    assert reason in str(error.value)


def test_an_outage_of_something_else_changes_nothing() -> None:
    elsewhere = fact("outage.reported", "2026-10-31 23:10", "outage:8", service="mail")
    plan = under(agreement(SERVICE, EVIDENCE, uptime()), (elsewhere,), *SPAN)
    assert plan.measured(runs_under(plan, looks())).num_rows == 2


def test_looks_among_the_facts() -> None:
    said = refusal(EVIDENCE, uptime(), facts=(LOOKED,))
    assert "the facts hold looks (check:web); put them into the files of checks" in said


@pytest.mark.parametrize(
    ("name", "term", "said"),
    [
        ("biztek.md", None, "biztek-support promises no availability; give windows and a rule to"),
        ("examples/harbour.md", None, "has several availability terms: account-uptime and yearly"),
        ("examples/caps.md", "gatway-uptime", "the nearest there is gateway-uptime"),
        ("examples/harbour.md", "account-uptime", "by “calling-evidence” checks alone do not"),
        ("examples/quota.md", None, "what is used of the standing window “standing”"),
        ("examples/latency.md", None, "“query” counts attempts in slices of time"),
        ("easymeeting.md", None, "“availability-credit” gave a credit"),
    ],
)
def test_shipped_agreements(name: str, term: str | None, said: str) -> None:
    with pytest.raises(TermRefused) as error:
        under(load_agreement(AGREEMENTS / name), (), *SPAN, term=term)
    assert said in str(error.value)


def test_no_time_and_naive_times() -> None:
    promise = shipped("examples/caps.md")
    with pytest.raises(BatchError, match="there is no time; the end comes after the start"):
        under(promise, (), SPAN[1], SPAN[0])
    with pytest.raises(ValueError, match="has no zone"):
        under(promise, (), SPAN[0].replace(tzinfo=None), SPAN[1])


def test_files_are_not_read_for_a_term_that_is_refused(tmp_path: Path) -> None:
    promise = load_agreement(AGREEMENTS / "examples/quota.md")
    with pytest.raises(TermRefused):
        measure_under(promise, (), [tmp_path / "not-there.parquet"], *SPAN)
