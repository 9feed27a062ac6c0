"""For whom a figure is: accounts and their lives, scopes, who is entitled, which revision."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.measure.figures.watch import (
    DAY,
    HOUR,
    figure,
    ids,
    measured,
    promise,
    reported,
    share,
    stamp,
    uptime,
    us,
    watched,
    whys,
)
from tests.engine.pages import agreement, fact

from uphold.engine.verdict import State
from uphold.facts import Fact

BY_ACCOUNT = uptime(per="account")
EVIDENCE = watched("2026-01-01", "2026-04-01", ("2026-02-03 10:00", "2026-02-03 12:00"))


def agreed(account: str | None = "acme-1", time: str = "2026-01-01", **more: Any) -> Fact:
    """An account of the customer that its name begins with."""
    customer = (account or "acme").partition("-")[0]
    return fact("customer.agreed", time, f"customer:{customer}", account=account, **more)


def test_each_account_has_its_figure_and_its_key() -> None:
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-03-01", agreed(), agreed("beta-1"))

    assert [one.key for one in found.figures if one.window.label == "2026-02"] == [
        "account:acme-1/uptime/2026-02",
        "account:beta-1/uptime/2026-02",
    ]
    assert figure(found, "2026-02", account="beta-1").customer == "beta"


def test_a_term_for_several_services_names_the_service_in_front() -> None:
    term = uptime(per="account", of="[web, mail]")
    found = measured(promise("service: mail\n", term), EVIDENCE, "2026-03-01", agreed())

    assert {one.key for one in found.figures if one.window.label == "2026-02"} == {
        "service:web/account:acme-1/uptime/2026-02",
        "service:mail/account:acme-1/uptime/2026-02",
    }
    assert figure(found, "2026-02", service="mail").state is State.UNKNOWN


def test_without_any_account_there_is_one_figure_for_whoever_it_is() -> None:
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-03-01")

    assert [(one.key, one.account) for one in found.figures] == [
        ("service:web/uptime/2026-01", None),
        ("service:web/uptime/2026-02", None),
    ]


def test_a_customer_that_names_no_account_is_one() -> None:
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-03-01", agreed(None))
    one = figure(found, "2026-02")

    assert (one.key, one.account, one.customer) == ("customer:acme/uptime/2026-02", None, "acme")


def test_only_accounts_that_agreed_to_this_agreement_count() -> None:
    found = measured(
        promise(BY_ACCOUNT),
        EVIDENCE,
        "2026-03-01",
        agreed(agreement="sample"),
        agreed("beta-1", agreement="another"),
    )

    assert {one.account for one in found.figures} == {"acme-1"}


def test_a_window_is_clipped_to_the_accounts_life_and_is_then_partial() -> None:
    life = agreed(**{"from": stamp("2026-02-03 11:00"), "until": stamp("2026-03-11")})
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-04-01", life)

    assert [one.window.label for one in found.figures] == ["2026-02", "2026-03"]
    first, last = found.figures
    assert (first.window.start, first.window.partial) == (us("2026-02-03 11:00"), True)
    assert (first.down, first.owed) == (HOUR, 25 * DAY + 13 * HOUR)
    assert (last.window.end, last.window.partial, last.owed) == (us("2026-03-11"), True, 10 * DAY)
    assert last.state is State.MET
    assert "reason.window-cut" in ids(last)


def test_a_renewal_makes_the_life_longer() -> None:
    life = agreed(until=stamp("2026-02-15"))
    renewed = fact(
        "customer.renewed",
        "2026-02-10",
        "customer:acme",
        account="acme-1",
        until=stamp("2027-01-01"),
    )
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-03-01", life, renewed)

    assert not figure(found, "2026-02").window.partial


@pytest.mark.parametrize("scope", [{"accounts": ["acme-1"]}, {"regions": ["north"]}])
def test_an_outage_hits_only_those_that_it_is_for(scope: dict[str, Any]) -> None:
    report = reported("2026-02-03 10:00", "2026-02-03 12:00", **scope)
    accounts = [agreed(region="north"), agreed("beta-1", region="south")]
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-03-01", *accounts, report)

    hit, spared = (figure(found, "2026-02", account=name) for name in ("acme-1", "beta-1"))
    assert (hit.down, hit.state) == (2 * HOUR, State.MISSED)
    assert (spared.down, spared.outages, spared.state) == (0, (), State.MET)
    assert spared.unknown == 0

    whole = figure(
        measured(promise(BY_ACCOUNT), EVIDENCE, "2026-03-01", *accounts, report, per="service"),
        "2026-02",
    )
    assert (whole.key, whole.down, whys(whole)) == (
        "service:web/uptime/2026-02",
        0,
        ["outage.others"],
    )


def test_figures_can_be_asked_for_by_account_or_service_whatever_the_term_says() -> None:
    found = measured(promise(uptime()), EVIDENCE, "2026-03-01", agreed(), per="account")

    assert figure(found, "2026-02").key == "account:acme-1/uptime/2026-02"


LIMIT = "applies: gold-only\nto: [uptime]\nonly if: [account.plan is gold]\n"


def test_who_is_entitled_is_settled_on_the_windows_last_day() -> None:
    upgraded = fact(
        "customer.renewed", "2026-02-20", "customer:acme", account="acme-1", plan="gold"
    )
    found = measured(
        promise(LIMIT, BY_ACCOUNT), EVIDENCE, "2026-03-01", agreed(plan="silver"), upgraded
    )

    january, february = found.figures
    assert (january.state, february.state) == (State.NOT_OWED, State.MISSED)
    assert {"reason.not-owed", "reason.condition"} <= set(ids(january))
    assert january.budget_left is None
    assert january.availability == 1


def test_an_exception_takes_the_promise_away_and_best_effort_says_so() -> None:
    except_gold = LIMIT.replace("only if", "unless") + "otherwise: best effort\n"
    found = measured(promise(except_gold, BY_ACCOUNT), EVIDENCE, "2026-03-01", agreed(plan="gold"))

    assert figure(found, "2026-02").state is State.NOT_OWED
    assert "reason.best-effort" in ids(figure(found, "2026-02"))


def test_where_nobody_is_known_entitlement_is_not_guessed() -> None:
    found = measured(promise(LIMIT, BY_ACCOUNT), EVIDENCE, "2026-03-01")

    assert figure(found, "2026-02").state is State.MISSED
    assert "reason.entitlement-unknown" in ids(figure(found, "2026-02"))


def test_conditions_on_requests_decide_nothing_about_a_figure() -> None:
    limit = "applies: forwarded-only\nto: [uptime]\nonly if: [request is forwarded]\n"
    found = measured(promise(limit, BY_ACCOUNT), EVIDENCE, "2026-03-01", agreed())

    assert figure(found, "2026-02").state is State.MISSED


def test_a_window_is_judged_by_the_revision_in_force_at_its_start() -> None:
    old = promise(uptime(target="99.9"))
    new = promise(uptime(target="99.0"), revision=2, posted="2026-02-01T00:00:01+01:00")
    newer = promise(uptime(target="98.0"), revision=3, posted="2026-03-01T00:00:00+01:00")
    found = measured([old, new, newer], EVIDENCE, "2026-04-01")

    assert [(one.window.label, one.revision) for one in found.figures] == [
        ("2026-01", 1),
        ("2026-02", 1),
        ("2026-03", 3),
    ]
    assert figure(found, "2026-02").state is State.MISSED


def test_revisions_that_change_the_window_follow_each_other() -> None:
    old = promise(uptime())
    new = promise(uptime("calendar quarter"), revision=2, posted="2026-03-15T00:00:00+01:00")
    evidence = watched("2026-01-01", "2026-07-01")
    found = measured([old, new], evidence, "2026-07-01")

    assert [(one.window.label, one.revision) for one in found.figures] == [
        ("2026-01", 1),
        ("2026-02", 1),
        ("2026-03", 1),
        ("2026-Q2", 2),
    ]


def test_a_window_that_starts_before_any_revision_is_not_owed() -> None:
    late = promise(uptime(), posted="2026-02-01T09:00:00+01:00")
    found = measured(late, EVIDENCE, "2026-04-01")

    assert [str(one.state) for one in found.figures] == ["not owed", "not owed", "met"]
    assert "reason.before-in-force" in ids(figure(found, "2026-02"))

    judged = measured(late, EVIDENCE, "2026-04-01", as_if_in_force=True)
    assert [str(one.state) for one in judged.figures] == ["met", "missed", "met"]
    assert "reason.as-if-in-force" in ids(figure(judged, "2026-02"))


def test_an_account_that_began_after_the_revision_is_owed_its_first_part_of_a_month() -> None:
    late = promise(BY_ACCOUNT, posted="2026-02-01T09:00:00+01:00")
    found = measured(late, EVIDENCE, "2026-03-01", agreed(time="2026-02-01 10:00"))

    assert figure(found, "2026-02").state is State.MISSED


def test_fixed_days_begin_with_the_account_and_else_with_the_first_revision() -> None:
    days = uptime("30 calendar days", per="account")
    evidence = watched("2026-01-01", "2026-04-01")
    with_account = measured(promise(days), evidence, "2026-04-01", agreed(time="2026-01-10 10:00"))
    assert [one.window.label for one in with_account.figures] == [
        "2026-01-10..2026-02-08",
        "2026-02-09..2026-03-10",
        "2026-03-11..2026-04-09",
    ]
    assert with_account.figures[0].window.start == us("2026-01-10 10:00")

    without = measured(promise(days, posted="2026-02-05T09:00:00+01:00"), evidence, "2026-04-01")
    assert [one.window.label for one in without.figures] == [
        "2026-02-05..2026-03-06",
        "2026-03-07..2026-04-05",
    ]
    assert without.figures[0].window.start == us("2026-02-05 09:00")
    assert without.figures[0].state is State.MET


def test_a_contract_year_begins_on_the_accounts_day() -> None:
    evidence = watched("2026-01-01", "2027-05-01", ("2027-03-14 23:00", "2027-03-15 02:00"))
    term = uptime("contract year", per="account")
    found = measured(promise(term), evidence, "2027-05-01", agreed(time="2026-03-15"))

    first, second = found.figures
    assert (first.window.label, first.down) == ("2026-03-15..2027-03-14", HOUR)
    assert (second.window.label, second.down) == ("2027-03-15..2028-03-14", 2 * HOUR)
    assert (first.state, second.state) == (State.MET, State.RUNNING)
    assert first.availability == share(HOUR, 365 * DAY)


def test_the_windows_zone_is_the_terms_else_the_agreements() -> None:
    tokyo = uptime(zone="Asia/Tokyo")
    evidence = watched("2026-01-01", "2026-03-02", ("2026-01-31 15:00", "2026-01-31 17:00"))
    found = measured(promise(tokyo), evidence, "2026-03-02")

    assert (figure(found, "2026-01").down, figure(found, "2026-02").down) == (HOUR, HOUR)
    assert figure(found, "2026-02").window.zone == "Asia/Tokyo"


def test_an_agreement_without_a_term_of_that_name_yet_promises_nothing_by_it() -> None:
    old = agreement("service: web\n")
    new = promise(uptime(), revision=2, posted="2026-02-01T00:00:00+01:00")
    found = measured([old, new], EVIDENCE, "2026-04-01")

    assert [one.window.label for one in found.figures] == ["2026-02", "2026-03"]


def test_a_window_for_which_no_change_of_the_clocks_is_written_out_is_unknown() -> None:
    late = promise(uptime(), posted="2028-02-01T00:00:00+01:00")
    found = measured(late, EVIDENCE, "2026-04-01", as_if_in_force=True)
    one = figure(found, "2026-02")

    assert (one.state, one.budget_left) == (State.UNKNOWN, None)
    assert "reason.out-of-range" in ids(one)
    assert "reason.no-evidence" not in ids(one)

    utc = promise(uptime(), posted="2028-02-01T00:00:00+01:00", zone="Etc/UTC")
    told = figure(measured(utc, EVIDENCE, "2026-04-01", as_if_in_force=True), "2026-02")
    assert told.state is State.MISSED


def test_an_account_that_left_and_came_back_is_owed_nothing_in_between() -> None:
    lives = [
        agreed(until=stamp("2026-01-20")),
        agreed(time="2026-03-05", **{"from": stamp("2026-03-10")}),
    ]
    found = measured(promise(BY_ACCOUNT), EVIDENCE, "2026-04-01", *lives)

    assert [one.window.label for one in found.figures] == ["2026-01", "2026-03"]
    assert [one.window.partial for one in found.figures] == [True, True]


def test_an_outage_that_a_person_judged_to_be_none_counts_nowhere_and_is_shown() -> None:
    report = reported("2026-02-03 10:00", "2026-02-03 12:00")
    judged = fact("outage.judged", "2026-02-04", counted=False)
    one = figure(measured(promise(uptime()), EVIDENCE, "2026-03-01", report, judged), "2026-02")

    assert (one.down, one.unknown, one.state) == (0, 0, State.MET)
    assert whys(one) == ["outage.judged-none"]
