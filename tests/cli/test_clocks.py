"""`uphold clocks`: verdicts as data, as a table that says what is due next, and summed up."""

import json
from pathlib import Path

import pytest
from tests.cli.desk import AGREEMENT, AT, FACTS, Run, lines_of

KEYS = {
    "subject", "clock", "cycle", "state", "starts", "due", "promised_due", "stopped",
    "used_seconds", "left_seconds", "clause", "because",
}  # fmt: skip


def test_json_holds_every_part_of_a_verdict(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("clocks", desk, facts, "--at", AT, "--json")
    assert ran.code == 1
    found = {each["subject"]: each for each in ran.json}
    assert all(set(each) >= KEYS for each in ran.json)
    first = found["request:1"]
    assert first["state"] == "met"
    assert first["starts"] == "2027-02-05T15:00:00+01:00"
    assert first["due"] == "2027-02-09T08:30:00+01:00"
    assert first["promised_due"] == "2027-02-08T15:00:00+01:00"
    assert (first["used_seconds"], first["left_seconds"]) == (7 * 3600 + 1800, 1800)
    assert found["request:2"]["state"] == "missed"
    assert found["request:2"]["left_seconds"] == -1800
    assert found["request:5"]["state"] == "held"
    assert found["request:5"]["provisional"] is True
    assert found["request:6"]["state"] == "not owed"
    assert found["request:6"]["due"] is None


def test_the_table_begins_with_what_is_due_next(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("clocks", desk, facts, "--at", AT)
    assert ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0] == "As of Tue, 9 Feb 2027 10:40. Times are those of Europe/Oslo."
    rows = [line for line in lines if "request:" in line]
    assert [row[row.index("request:") :][:9] for row in rows] == [
        f"request:{number}" for number in (4, 3, 5, 2, 1, 6)
    ]
    assert rows[0].startswith("in 2 h 10 min (Tue 12:50) ")
    assert "2 h 10 min" in rows[0].split("running")[1]
    assert rows[2].startswith("in 23 h 50 min (Wed 10:30) ~")
    assert rows[3].startswith("Mon 8 Feb 14:00 ")
    assert "-30 min" in rows[3]
    assert rows[5].startswith("– ")


def test_the_summary_gives_numbers_and_shares(uphold: Run, desk: Path, facts: Path) -> None:
    whole = uphold("clocks", desk, facts, "--at", AT).out
    assert "6 verdicts\n" in whole
    assert "  running   2  33.3%\n" in whole
    assert "  unknown   0   0.0%\n" in whole
    assert "Of 2 that are decided, 50.0% were met." in whole
    alone = uphold("clocks", desk, facts, "--at", AT, "--summary")
    assert alone.code == 1
    assert whole.endswith(alone.out.split("\n", 1)[1])
    counts = uphold("clocks", desk, facts, "--at", AT, "--summary", "--json").json
    assert counts["total"]["running"] == 2
    assert counts["clocks"]["response"]["missed"] == 1
    assert set(counts["total"]) == {
        "not started", "running", "held", "met", "missed", "unknown", "not owed", "cancelled",
    }  # fmt: skip


def test_nothing_missed_is_fine(uphold: Run, desk: Path, facts: Path) -> None:
    assert uphold("clocks", desk, facts, "--at", "2027-02-05T16:00:00+01:00").code == 0


def test_times_are_shown_where_the_reader_is(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("clocks", desk, facts, "--at", AT, "--zone", "Asia/Kathmandu")
    assert "As of Tue, 9 Feb 2027 15:25. Times are those of Asia/Kathmandu." in ran.out
    assert "The agreement counts in Europe/Oslo." in ran.out
    assert "in 2 h 10 min (Tue 17:35)" in ran.out


def test_without_a_zone_the_machines_counts_then_the_agreements(
    uphold: Run, desk: Path, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    assert "(Tue 11:50)" in uphold("clocks", desk, facts, "--at", AT).out
    monkeypatch.setattr("uphold.cli.surroundings.zone", lambda *_: None)
    assert "(Tue 12:50)" in uphold("clocks", desk, facts, "--at", AT).out


def test_known_gives_the_verdict_of_that_day(uphold: Run, desk: Path, tmp_path: Path) -> None:
    late = dict(FACTS[5], recorded="2027-02-09T09:00:00+01:00")
    path = tmp_path / "late.jsonl"
    path.write_text(lines_of((FACTS[4], late)))
    now = uphold("clocks", desk, path, "--at", AT, "--json").json
    assert now[0]["stopped"] == "2027-02-08T14:30:00+01:00"
    then = uphold(
        "clocks", desk, path, "--at", AT, "--known", "2027-02-09T08:00:00+01:00", "--json"
    ).json
    assert then[0]["stopped"] is None


def test_as_if_in_force_judges_what_came_before(uphold: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    path.write_text(
        lines_of(
            (
                {
                    "type": "request.opened",
                    "at": "2016-02-29T15:00:00+01:00",
                    "subject": "request:1",
                },
                {
                    "type": "request.answered",
                    "at": "2016-03-02T08:00:00+01:00",
                    "subject": "request:1",
                },
            )
        )
    )
    at = ("--at", "2016-04-01T00:00:00+02:00")
    [plain] = uphold("clocks", desk, path, *at, "--json").json
    assert plain["state"] == "not owed"
    ran = uphold("clocks", desk, path, *at, "--as-if-in-force", "--json")
    assert ran.code == 1
    [judged] = ran.json
    assert (judged["state"], judged["due"]) == ("missed", "2016-03-01T15:00:00+01:00")
    assert judged["because"][0]["id"] == "reason.as-if-in-force"
    summary = uphold("clocks", desk, path, *at, "--as-if-in-force", "--summary", "--json").json
    assert summary["total"]["missed"] == 1


def test_an_instant_far_off_does_no_harm(uphold: Run, desk: Path, facts: Path) -> None:
    for at in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1850-06-01T00:00:00Z"):
        ran = uphold("clocks", desk, facts, "--at", at, "--as-if-in-force", "--json")
        assert ran.code in (0, 1), ran.err


def test_bad_lines_are_told_and_the_rest_is_judged(uphold: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(lines_of(FACTS[6:7]) + "{not json}\n" * 30)
    ran = uphold("clocks", desk, path, "--at", AT, "--json")
    assert ran.code == 1
    assert [each["subject"] for each in ran.json] == ["request:3"]
    assert f"{path}:2:" in ran.err
    assert "… and 10 problems more." in ran.err
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{not json}\n")
    ran = uphold("clocks", desk, broken, "--at", AT)
    assert (ran.code, ran.out) == (2, "")
    assert "no sound fact" in ran.err


def test_no_facts_at_all_are_no_verdicts(uphold: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text("")
    assert uphold("clocks", desk, path, "--at", AT, "--json").json == []
    assert "0 verdicts" in uphold("clocks", desk, path, "--at", AT).out


def test_translations_and_doubles_among_agreements_do_no_harm(
    uphold: Run, repository: Path, desk: Path, facts: Path, tmp_path: Path
) -> None:
    translation = repository / "agreements" / "easymeeting.nb.md"
    again = tmp_path / "again.md"
    again.write_text(AGREEMENT)
    ran = uphold("clocks", desk, translation, again, facts, "--at", AT, "--json")
    assert len(ran.json) == 6
    again.write_text(AGREEMENT.replace("8 business", "9 business"))
    ran = uphold("clocks", desk, again, facts, "--at", AT)
    assert ran.code == 2
    assert "given twice" in ran.err
    ran = uphold("clocks", translation, facts, "--at", AT)
    assert ran.code == 2
    assert "Name the original" in ran.err


def test_facts_split_over_files_are_the_same_facts(
    uphold: Run, desk: Path, facts: Path, tmp_path: Path
) -> None:
    whole = uphold("clocks", facts, desk, "--at", AT, "--json").json
    parts = []
    for number, fact in enumerate(reversed(FACTS)):
        part = tmp_path / f"part-{number}.jsonl"
        part.write_text(json.dumps(fact) + "\n")
        parts.append(part)
    assert uphold("clocks", *parts, desk, "--at", AT, "--json").json == whole


def test_facts_from_another_age_are_refused_clearly(
    uphold: Run, desk: Path, tmp_path: Path
) -> None:
    path = tmp_path / "odd.jsonl"
    for year in ("0201", "1776", "9998"):
        fact = {"type": "request.opened", "at": f"{year}-02-05T15:00:00Z", "subject": "request:1"}
        path.write_text(lines_of((fact,)))
        for more in ((), ("--summary",), ("--as-if-in-force",)):
            ran = uphold("clocks", desk, path, "--at", "9999-01-01T00:00:00Z", *more)
            assert ran.code in (0, 2)
            assert (ran.code == 2) == ("60 years" in ran.err), ran.err
