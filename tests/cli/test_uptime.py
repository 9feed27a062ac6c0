"""`uphold uptime` and `uphold outages`: figures reckoned by hand, questions and their answers."""

import json
from pathlib import Path

import pytest
from tests.cli.desk import Run, lines_of
from tests.cli.hosting import AT, JUDGED, OPTIONS, checks_csv, looks

Hosting = tuple[Path, Path, Path]
DAY = 86_400 + 300
"""Seconds that the checks speak for: from the first to the last, which speaks for its interval."""


@pytest.mark.requirement("X2")
def test_a_figure_is_what_can_be_reckoned_by_hand(uphold: Run, hosting: Hosting) -> None:
    ran = uphold("uptime", *hosting, *OPTIONS, "--json")
    assert ran.code == 0
    search, code = ran.json
    # Down from the first failed look at 10:00 to the next good one at 10:30: 1,800 s of a day and
    # five minutes for which there is evidence, in a month of 31 days.
    assert search["service"] == "search"
    assert search["account"] == "acme-1"
    assert search["window"]["label"] == "2026-08"
    assert search["window"]["start"] == "2026-08-01T00:00:00+02:00"
    assert search["owed_seconds"] == 31 * 86_400
    assert search["unknown_seconds"] == 31 * 86_400 - DAY
    assert search["downtime_seconds"] == 1800
    assert search["availability"] == "97.923"  # (86,700 - 1,800) / 86,700 = 97.9238…
    assert (search["target"], search["state"]) == ("99.9", "missed")
    assert search["coverage"] == "3.237"  # 86,700 / 2,678,400
    # lowest: from the last good look at 09:55, all that is unknown taken as down
    assert search["lowest"] == "3.158"  # (86,700 - 2,100) / 2,678,400
    # highest: to the last failed look at 10:25, all that is unknown taken as up
    assert search["highest"] == "99.943"  # (2,678,400 - 1,500) / 2,678,400
    assert [outage["counted"] for outage in search["outages"]] == [True]
    assert search["clause"] == "availability"
    assert search["because"]
    assert {"agreement", "excluded_seconds", "term"} <= set(search)
    # The other was seen by checks alone: nobody has agreed yet.
    assert (code["state"], code["questions"], code["downtime_seconds"]) == ("met", 1, 0)
    assert code["unknown_seconds"] == 31 * 86_400 - DAY + 900


def test_people_get_a_table_and_a_sentence_for_what_is_worth_one(
    uphold: Run, hosting: Hosting
) -> None:
    ran = uphold("uptime", *hosting, *OPTIONS)
    assert (ran.code, ran.err) == (0, "")
    assert "Hosting, Northwind, revision 1" in ran.out
    assert "search   acme-1   2026-08" in ran.out
    assert "search for acme-1, 2026-08: missed. 97.923% where 99.9% is promised" in ran.out
    assert "30 min of downtime in 1 outage." in ran.out
    assert "code for acme-1, 2026-08: 1 question is open" in ran.out


def test_a_window_that_lasts_says_what_a_miss_would_cost(uphold: Run, hosting: Hosting) -> None:
    running = ("--interval", "5m", "--at", "2026-08-04T02:00:00+02:00", "--window", "2026-08")
    ran = uphold("uptime", *hosting, *running)
    costs = [line for line in ran.out.splitlines() if "a miss would cost" in line]
    # The fee is 400 EUR: just below 99.9% costs 10% of it, a month down from end to end 25%.
    assert costs[0] == (
        "search for acme-1, 2026-08: a miss would cost €40.00, and at the worst €100.00."
    )
    search = uphold("uptime", *hosting, *running, "--json").json[0]
    assert search["cost"]["least"] == [{"amount": "40.00", "currency": "EUR"}]
    assert search["cost"]["worst"] == [{"amount": "100.00", "currency": "EUR"}]
    assert search["cost"]["stated"] is True


def test_a_window_that_is_not_over_is_marked(uphold: Run, hosting: Hosting) -> None:
    running = ("--interval", "5m", "--at", "2026-08-04T02:00:00+02:00", "--window", "2026-08")
    ran = uphold("uptime", *hosting, *running)
    assert ran.code == 0
    assert "2026-08 ~" in ran.out
    assert "2026-08 ~ counts from Sat, 1 Aug 2026 00:00 until Tue, 4 Aug 2026 02:00." in ran.out


def test_why_tells_the_words_and_the_arithmetic(uphold: Run, hosting: Hosting) -> None:
    ran = uphold("uptime", *hosting, *OPTIONS, "--why")
    assert "1 Availability  #availability" in ran.out
    assert "» at least 99.9% of every calendar month, planned maintenance excepted" in ran.out
    assert "Time owed: 744 hours." in ran.out
    assert "Silence of more than 15 minutes is unknown time." in ran.out
    assert "Mean time to restore" in ran.out


@pytest.mark.parametrize("language", ["nb", "pl", "nl", "es"])
def test_every_language_has_all_words(uphold: Run, hosting: Hosting, language: str) -> None:
    for command in ("uptime", "outages", "credits"):
        ran = uphold(command, *hosting, *OPTIONS, "--lang", language)
        assert ran.code == 0
        assert ran.err == ""
        assert "[" not in ran.out.replace("[MISSING]", "")
        assert "missed" not in ran.out


def test_windows_of_several_months(uphold: Run, hosting: Hosting) -> None:
    def labels(window: str) -> list[tuple[str, str]]:
        options = ("--interval", "5m", "--at", AT, "--window", window, "--json")
        found = uphold("uptime", *hosting, *options).json
        return [
            (each["window"]["label"], each["state"])
            for each in found
            if each["service"] == "search"
        ]

    quarter = [("2026-07", "unknown"), ("2026-08", "missed"), ("2026-09", "running")]
    assert labels("2026-Q3") == quarter
    assert labels("2026-07") == [("2026-07", "unknown")]
    assert labels("2026-08-01..2026-08-31") == [("2026-08", "missed")]
    # of a term that has no window ending there, the one still running
    assert labels("2026-08-02..2026-08-20") == [("2026-08", "missed")]
    ran = uphold("uptime", *hosting, "--interval", "5m", "--at", AT, "--window", "2026-07")
    assert "search for acme-1, 2026-07: unknown. There is no evidence at all." in ran.out


def test_each_agreement_counts_in_its_own_zone(
    uphold: Run, hosting: Hosting, tmp_path: Path
) -> None:
    page, checks, facts = hosting
    other = tmp_path / "other.md"
    text = page.read_text(encoding="utf-8").replace("agreement: hosting", "agreement: far")
    text = text.replace("zone: Europe/Oslo", "zone: America/New_York")
    other.write_text(
        text.replace("window: calendar month", "window: calendar month\nzone: Etc/UTC")
    )
    fact = json.loads(facts.read_text().splitlines()[0])
    with facts.open("a") as file:
        file.write(json.dumps({**fact, "account": "acme-2", "agreement": "far"}) + "\n")
    found = uphold("uptime", page, other, checks, facts, *OPTIONS, "--json").json
    windows = {(each["agreement"], each["window"]["start"]) for each in found}
    assert windows == {
        ("hosting", "2026-08-01T00:00:00+02:00"),
        ("far", "2026-08-01T00:00:00Z"),
    }
    assert {each["window"]["label"] for each in found} == {"2026-08"}
    owed = uphold("credits", page, other, checks, facts, *OPTIONS, "--json").json
    assert {each["window"]["label"] for each in owed if each["is"] == "credit"} == {"2026-08"}
    ran = uphold("uptime", page, other, checks, facts, *OPTIONS)
    assert ran.out.count("Hosting, Northwind, revision 1") == 2


def test_facts_of_checks_that_fit_no_run_are_told(
    uphold: Run, hosting: Hosting, tmp_path: Path
) -> None:
    page, checks, facts = hosting
    runs = tmp_path / "runs.parquet"
    uphold("evidence", "import", checks, "--interval", "5m", "--out", runs)
    with facts.open("a") as file:
        file.write(
            '{"type": "check.observed", "at": "2026-08-03T03:02:00Z", "state": "down",'
            ' "subject": "check:search-page", "check": "search-page", "place": "checks"}\n'
        )
    ran = uphold("uptime", page, runs, facts, *OPTIONS)
    assert (ran.code, ran.out) == (2, "")
    assert "search-page" in ran.err


def test_per_service_leaves_accounts_out(uphold: Run, hosting: Hosting) -> None:
    found = uphold("uptime", *hosting, *OPTIONS, "--per", "service", "--json").json
    assert [each["account"] for each in found] == [None, None]
    ran = uphold("uptime", *hosting, *OPTIONS, "--per", "acount")
    assert (ran.code, ran.out) == (2, "")
    assert "acount is no value for --per." in ran.err
    assert "account" in ran.err


def test_files_may_come_in_any_order_and_behind_options(uphold: Run, hosting: Hosting) -> None:
    page, checks, facts = hosting
    plain = uphold("uptime", page, checks, facts, *OPTIONS, "--json").out
    assert uphold("uptime", facts, checks, page, *OPTIONS, "--json").out == plain
    behind = ("--facts", facts, "--evidence", checks)
    assert uphold("uptime", page, *behind, *OPTIONS, "--json").out == plain
    piped = uphold("uptime", page, facts, *OPTIONS, "--evidence", "-", "--json", stdin=checks_csv())
    assert piped.out == plain


def test_evidence_of_every_form_gives_the_same(
    uphold: Run, hosting: Hosting, tmp_path: Path
) -> None:
    page, checks, facts = hosting
    plain = uphold("uptime", page, checks, facts, *OPTIONS, "--json").out
    lines = tmp_path / "checks.jsonl"
    names = "checked_at", "check", "state"
    lines.write_text(
        "".join(json.dumps(dict(zip(names, look, strict=True))) + "\n" for look in looks())
    )
    assert uphold("uptime", page, lines, facts, *OPTIONS, "--json").out == plain
    other = tmp_path / "other.csv"
    other.write_text(checks_csv("when,what,state").replace("search-page", "old"))
    options = ("--column", "checked_at=when", "check=what", "--rename", "old=search-page")
    assert uphold("uptime", page, other, facts, *OPTIONS, *options, "--json").out == plain
    runs = tmp_path / "runs.parquet"
    made = uphold("evidence", "import", checks, "--interval", "5m", "--out", runs)
    assert made.code == 0
    assert uphold("uptime", page, runs, facts, *OPTIONS, "--json").out == plain
    halves = checks_csv().splitlines(keepends=True)
    split = [tmp_path / "late.csv", tmp_path / "early.csv"]
    split[0].write_text("".join((halves[0], *halves[300:])))
    split[1].write_text("".join(halves[:320]))
    assert uphold("uptime", page, *split, facts, *OPTIONS, "--json").out == plain


def test_names_that_nothing_uses_are_told(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    page, checks, facts = hosting
    checks.write_text(checks.read_text().replace("code-page", "kode-page"))
    ran = uphold("uptime", page, checks, facts, *OPTIONS)
    assert ran.code == 0
    assert "1 name in the evidence or the facts is in no agreement" in ran.err
    assert "kode-page" in ran.err


def test_evidence_from_after_the_instant_is_told(uphold: Run, hosting: Hosting) -> None:
    ran = uphold("uptime", *hosting, "--interval", "5m", "--at", "2026-08-01T12:00:00+02:00")
    assert ran.code == 0
    assert "begin after the instant asked about" in ran.err


def test_a_question_is_answered_by_the_fact_that_is_shown(uphold: Run, hosting: Hosting) -> None:
    _, _, facts = hosting
    ran = uphold("outages", *hosting, *OPTIONS)
    assert ran.code == 0
    assert "1 outage\n" in ran.out
    assert "1 open question\n" in ran.out
    assert "search-page down, Mon, 3 Aug 2026 12:00–12:30" in ran.out
    assert "report: outage:search-down" in ran.out
    question = uphold("outages", *hosting, *OPTIONS, "--json").json[1]
    assert question["is"] == "question"
    yes, no = (json.loads(answer) for answer in question["answers"])
    assert yes == {**JUDGED, "at": AT}
    assert no == {**yes, "counted": False}
    for answer, counted in ((yes, 2), (no, 1)):
        known = facts.read_text()
        facts.write_text(known + json.dumps(answer) + "\n")
        found = uphold("outages", *hosting, *OPTIONS, "--json").json
        facts.write_text(known)
        assert [each["is"] for each in found] == ["outage", "outage"]
        assert sum(each["counted"] for each in found) == counted


def test_an_outage_tells_who_showed_it_and_where_it_counts(uphold: Run, hosting: Hosting) -> None:
    first = uphold("outages", *hosting, *OPTIONS, "--json").json[0]
    assert first["start"] == "2026-08-03T12:00:00+02:00"
    assert first["end"] == "2026-08-03T12:30:00+02:00"
    assert {each["kind"] for each in first["shown_by"]} == {"checks", "reports"}
    assert [each["counted"] for each in first["figures"]] == [True]
    assert first["because"]


def test_cause_and_scope_are_told_once(uphold: Run, hosting: Hosting) -> None:
    facts = hosting[2]
    whom = {"accounts": ["acme-1"], "regions": ["nord"]}
    agreed, reported = (json.loads(line) for line in facts.read_text().splitlines())
    facts.write_text(lines_of((agreed, {**reported, "cause": "a cable", **whom})))
    ran = uphold("outages", *hosting, *OPTIONS)
    assert ran.out.count("Cause: a cable.") == ran.out.count("a cable") == 1
    assert ran.out.count("It hits acme-1 and nord alone.") == ran.out.count("nord") == 1
    first = uphold("outages", *hosting, *OPTIONS, "--json").json[0]
    assert first["cause"] == "a cable"
    assert {name: first[name] for name in whom} == whom


def test_a_log_of_changes(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    page, _, facts = hosting
    log = tmp_path / "log.csv"
    log.write_text(
        "checked_at,check,state\n2026-08-03T00:00:00Z,search-page,up\n"
        "2026-08-03T10:00:00Z,search-page,down\n2026-08-03T10:30:00Z,search-page,up\n"
    )
    options = (*OPTIONS, "--change-log", "26h", "--json")
    search = uphold("uptime", page, log, facts, *options).json[0]
    assert search["downtime_seconds"] == 1800
    # up again at 10:30, which holds for 26 hours
    assert search["unknown_seconds"] == 31 * 86_400 - (10 * 3600 + 1800 + 26 * 3600)
