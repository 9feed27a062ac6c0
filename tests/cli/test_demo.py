"""`make tour`: the way from a foreign log to an explained miss, on the real log and on ours."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.desk import Run

from uphold import demo

AT = ("--at", "2017-03-01T00:00:00+01:00", "--as-if-in-force")


def test_with_the_incidents_that_we_ship(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo, "INCIDENTS", tmp_path / "none.csv")
    monkeypatch.setattr(demo, "CHECKS", tmp_path / "none.csv")
    monkeypatch.setattr(demo, "STATED", tmp_path / "build" / "statement.json")
    assert demo.main() == 0
    shown = capsys.readouterr().out
    assert "22 rows of 6 requests became 40 facts" in shown
    assert "Of 5 that are decided, 60.0% were met." in shown
    assert "request:DEMO0002/response  missed" in shown
    assert "Due                          Mon, 14 Mar 2016 12:30" in shown
    assert "Over by                      4 h 40 min" in shown
    assert "Facet Demo  99.725%           99.725% met" in shown
    assert "Target 99.9%" in shown
    assert "That is below the promised 99.9%" in shown
    assert "Intact: every figure follows from the facts in the file" in shown
    page = tmp_path / "build" / "statement.html"
    assert f"Its page: {page}" in shown
    assert "99.725" in page.read_text(encoding="utf-8")


def test_real_incidents_become_verdicts(
    uphold: Run, shared: Callable[[str], Path], repository: Path, tmp_path: Path
) -> None:
    log = shared("data/incident_event_log_2016.csv")
    converted = uphold("convert", "servicenow", log, "--zone", "Europe/Oslo")
    assert converted.code == 0
    assert "890 requests" in converted.err
    facts = tmp_path / "facts.jsonl"
    facts.write_text(converted.out, encoding="utf-8")
    page = repository / "agreements" / "biztek.md"
    verdicts = uphold("clocks", page, facts, *AT, "--json").json
    responses = [each for each in verdicts if each["clock"] == "response"]
    assert len(responses) == len({each["subject"] for each in responses}) == 890
    counts = uphold("clocks", page, facts, *AT, "--summary", "--json").json["clocks"]["response"]
    for state, number in counts.items():
        assert number == sum(each["state"] == state for each in responses)
    assert all(each["because"] for each in verdicts)
    missed = next(each for each in responses if each["state"] == "missed")
    told = uphold("explain", page, facts, f"{missed['subject']}/response", *AT)
    assert told.code == 1
    assert "2.3 Tid til første respons  #response" in told.out


def test_the_report_may_be_json(uphold: Run) -> None:
    ran = uphold("convert", "servicenow", demo.SAMPLE, "--zone", "Europe/Oslo", "--json")
    assert ran.code == 0
    assert '"requests": 6' in ran.err
    assert len(ran.out.splitlines()) == 40


def test_what_is_no_log_is_refused(uphold: Run, desk: Path) -> None:
    ran = uphold("convert", "servicenow", desk, "--zone", "Europe/Oslo")
    assert (ran.code, ran.out) == (2, "")
    assert str(desk) in ran.err
