"""What users get wrong: one clear message on stderr, what would be right, and exit code 2."""

import os
from pathlib import Path

import pytest
from tests.cli.desk import AGREEMENT, AT, Run


@pytest.mark.parametrize(
    ("arguments", "found", "right"),
    [
        (["chek"], "There is no command chek.", "Perhaps check was meant."),
        (["frobnicate"], "There is no command frobnicate.", "The commands are check, test"),
        (["--json", "check"], "--json stands where a command should.", ""),
        (["check"], "uphold check needs more to work with.", "uphold check FILE..."),
        (["due", "x.md"], "uphold due needs more", "uphold due AGREEMENT CALENDAR START DURATION"),
        (["compare", "a.md", "b.md", "c.md"], "c.md is one word too many.", "OLD NEW"),
        (["clocks", "a", "--att", "x"], "There is no option --att here.", "--at"),
        (["clocks", "a", "--at"], "--at needs a value behind it.", "uphold clocks --help"),
        (["clocks", "a", "--at", "x", "--at", "y"], "--at is given twice.", ""),
        (["check", "x.md", "--lang", "tlh"], "Uphold does not speak tlh.", "en, nb, pl, nl and es"),
        (["schema", "fact"], "There is no schema of fact.", "Perhaps facts was meant."),
        (["convert", "servicenov", "x"], "convert from servicenov", "servicenow"),
        (["convert", "servicenow", "x.csv"], "in which zone", "--zone Europe/Oslo"),
    ],
)
def test_wrong_words(uphold: Run, arguments: list[str], found: str, right: str) -> None:
    ran = uphold(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert found in ran.err
    assert right in ran.err


@pytest.mark.parametrize(
    ("text", "found", "right"),
    [
        ("2027-02-09", "2027-02-09 has no offset", "2027-02-09T00:00:00+01:00"),
        ("2027-07-09T10:00", "has no offset", "In Europe/Oslo it would be 2027-07-09T10:00:00+02"),
        ("yesterday", "yesterday is no instant", "2027-02-01T10:00:00+01:00"),
        ("2027-02-30T10:00:00Z", "is no instant", ""),
        ("0001-01-01T00:00:00+14:00", "too far off", ""),
    ],
)
def test_instants_need_an_offset(
    uphold: Run, desk: Path, facts: Path, text: str, found: str, right: str
) -> None:
    for option in ("--at", "--known"):
        ran = uphold("clocks", desk, facts, option, text)
        assert (ran.code, ran.out) == (2, "")
        assert f"{option}: {text}" in ran.err
        assert found in ran.err
        assert right in ran.err


def test_a_start_without_offset_is_shown_in_the_calendars_zone(uphold: Run, desk: Path) -> None:
    desk.write_text(
        AGREEMENT.replace("calendar: office\nhours", "calendar: office\nzone: Asia/Tokyo\nhours")
    )
    ran = uphold("due", desk, "office", "2027-02-05T15:00", "8 business hours")
    assert ran.code == 2
    assert "In Asia/Tokyo it would be 2027-02-05T15:00:00+09:00" in ran.err


def test_durations_and_calendars(uphold: Run, desk: Path) -> None:
    start = "2027-02-05T15:00:00+01:00"
    ran = uphold("due", desk, "office", start, "2 days")
    assert "Write 2 working days or 2 calendar days." in ran.err
    ran = uphold("due", desk, "office", start, "soon")
    assert "soon is no length of time." in ran.err
    assert "8 business hours" in ran.err
    ran = uphold("due", desk, "offce", start, "8 business hours")
    assert "small-desk has no calendar offce." in ran.err
    assert "Perhaps office was meant." in ran.err
    ran = uphold("due", desk, "zz", start, "8 business hours")
    assert "Its calendars are always and office." in ran.err


def test_zones_get_the_nearest_name(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("clocks", desk, facts, "--at", AT, "--zone", "Europe/Olso")
    assert ran.code == 2
    assert "There is no time zone Europe/Olso." in ran.err
    assert "Europe/Oslo" in ran.err


def test_files_that_are_missing_or_folders(uphold: Run, desk: Path, facts: Path) -> None:
    for arguments in (
        ("check", "FILE"), ("test", "FILE"), ("fmt", "FILE"), ("render", "FILE"),
        ("compare", "FILE", desk), ("due", "FILE", "office", AT, "1 hour"),
        ("clocks", "FILE", facts), ("explain", "FILE", facts, "request:1"),
        ("convert", "servicenow", "FILE", "--zone", "Europe/Oslo"),
    ):  # fmt: skip
        missing = [desk.with_name("dessk.md") if each == "FILE" else each for each in arguments]
        ran = uphold(*missing)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert f"There is no file {desk.with_name('dessk.md')}." in ran.err
        assert f"Perhaps {desk} was meant." in ran.err
        folder = [desk.parent if each == "FILE" else each for each in arguments]
        ran = uphold(*folder)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert str(desk.parent) in ran.err
        if arguments[0] != "convert":
            assert str(desk) in ran.err


def test_agreements_and_facts_taken_for_each_other(
    uphold: Run, desk: Path, facts: Path, tmp_path: Path
) -> None:
    ran = uphold("check", facts)
    assert ran.code == 2
    assert f"{facts} holds facts; uphold check reads agreements." in ran.err
    ran = uphold("clocks", facts)
    assert "No agreement is given, only facts" in ran.err
    ran = uphold("clocks", desk)
    assert "No facts are given, only agreements" in ran.err
    # told by what they hold, whatever they are called
    swapped = tmp_path / "agreement.jsonl"
    swapped.write_text(AGREEMENT)
    assert uphold("clocks", swapped, facts, "--at", AT).code == 1
    table = tmp_path / "log.csv"
    table.write_text("number,state\n1,New\n")
    ran = uphold("clocks", desk, table)
    assert ran.code == 2
    assert "uphold convert" in ran.err
    note = tmp_path / "note.xyz"
    note.write_text("hello")
    ran = uphold("clocks", desk, note)
    assert "is neither an agreement nor facts" in ran.err


def test_files_that_may_not_be_read_or_written(uphold: Run, desk: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("whoever is root may read and write everything")
    desk.chmod(0)
    ran = uphold("check", desk)
    assert (ran.code, ran.out) == (2, "")
    assert "Permission denied" in ran.err


def test_a_place_that_cannot_be_written(uphold: Run, desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "page.html"
    ran = uphold("render", desk, "--out", target)
    assert ran.code == 2
    assert "there is no folder" in ran.err


def test_hostile_names_cannot_act_on_the_terminal(uphold: Run, desk: Path, tmp_path: Path) -> None:
    ran = uphold("check", tmp_path / "a\x1b[31mb.md")
    assert ran.code == 2
    assert "\x1b" not in ran.err
    facts = tmp_path / "f.jsonl"
    facts.write_text(
        '{"type":"request.opened","at":"2027-02-05T15:00:00+01:00","subject":"request:\\u001b[31m1"}\n'
        '{"type":"request.opened","at":"2027-02-05T15:00:00+01:00","subject":"request:2",'
        '"author":"\\u001b]0;owned\\u0007"}\n'
    )
    for arguments in (("clocks", desk, facts), ("explain", desk, facts, "request:2")):
        ran = uphold(*arguments, "--at", AT)
        assert "\x1b" not in ran.out + ran.err


def test_our_own_mistakes_are_two_lines(
    uphold: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("uphold.cli.command_check.problems_of", fail)
    ran = uphold("check", desk)
    assert ran.code == 2
    assert ran.err.splitlines()[0] == (
        "uphold: Uphold itself made a mistake; please report these lines."
    )
    assert ran.err.splitlines()[1].endswith("RuntimeError: boom")
    assert "Traceback" not in ran.err


def test_ctrl_c_ends_quietly(uphold: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("uphold.cli.command_check.problems_of", interrupt)
    ran = uphold("check", desk)
    assert (ran.code, ran.out, ran.err) == (130, "", "\n")
