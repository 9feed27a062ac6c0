"""Each command does what its page says, on stdout, with the exit code it promises."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.desk import AGREEMENT, AT, FACTS, Run, lines_of


def test_check_finds_nothing_in_what_we_ship(uphold: Run, repository: Path) -> None:
    pages = sorted((repository / "agreements").rglob("*.md"))
    ran = uphold("check", *pages)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{len(pages)} files, nothing is wrong.\n"


def test_check_points_at_what_is_wrong(uphold: Run, desk: Path) -> None:
    desk.write_text(AGREEMENT.replace("target: 8 business", "target: 9 business"))
    ran = uphold("check", desk)
    assert ran.code == 1
    assert f"{desk}:" in ran.err
    assert "target: 9 business hours" in ran.err
    assert "^" in ran.err
    assert "hint:" in ran.err
    assert ran.out.endswith("(files read: 1).\n")


def test_check_as_json_lists_every_problem(uphold: Run, desk: Path) -> None:
    desk.write_text(AGREEMENT.replace("target: 8 business", "target: 9 business"))
    ran = uphold("check", "--json", desk)
    assert ran.code == 1
    assert ran.err == ""
    assert {"code", "severity", "file", "line", "column", "message", "hint"} <= set(ran.json[0])
    assert all(problem["file"] == str(desk) for problem in ran.json)
    desk.write_text(AGREEMENT)
    assert uphold("check", "--json", desk).json == []


def test_check_holds_a_translation_against_the_original_beside_it(
    uphold: Run, repository: Path, tmp_path: Path
) -> None:
    original = (repository / "agreements" / "easymeeting.md").read_text(encoding="utf-8")
    translation = (repository / "agreements" / "easymeeting.nb.md").read_text(encoding="utf-8")
    (tmp_path / "terms.md").write_text(original, encoding="utf-8")
    path = tmp_path / "vilkår.md"
    path.write_text(translation, encoding="utf-8")
    assert uphold("check", path).code == 0
    assert "99,0" in translation
    path.write_text(translation.replace("99,0", "99,5"), encoding="utf-8")
    changed = uphold("check", path)
    assert changed.code == 1
    assert f"{path}:" in changed.err
    (tmp_path / "terms.md").unlink()
    alone = uphold("check", path)
    assert alone.code == 2
    assert "is a translation of easymeeting" in alone.err


def test_test_runs_the_examples_that_we_ship(uphold: Run, repository: Path) -> None:
    ran = uphold("test", *sorted((repository / "agreements").rglob("*.md")))
    assert ran.code == 0, ran.out
    assert "all as expected" in ran.out


def test_test_lists_what_came_out_otherwise(uphold: Run, desk: Path) -> None:
    wrong = AGREEMENT.replace("due: 2027-02-08T15:00:00", "due: 2027-02-08T14:00:00")
    desk.write_text(wrong)
    ran = uphold("test", desk)
    assert ran.code == 1
    line = wrong.split("example: answered at the last moment")[0].count("\n") + 1
    assert f"{desk}:{line}:1: otherwise than expected: answered at the last moment" in ran.out
    assert "response, due: expected 2027-02-08T14:00:00+01:00, found 2027-02-08T15:00" in ran.out
    assert "1 of 3 examples came out otherwise." in ran.out
    [first, *others] = uphold("test", "--json", desk).json
    assert first["passed"] is False
    assert first["differences"][0]["part"] == "due"
    assert all(each["passed"] for each in others)


def test_test_runs_although_the_checker_objects(uphold: Run, desk: Path) -> None:
    desk.write_text(AGREEMENT.replace("We answer within 8", "We answer in 3 hours, within 8"))
    ran = uphold("test", desk)
    assert ran.code == 0
    assert ran.out == "3 examples, all as expected.\n"
    assert f"uphold check {desk}" in ran.err


def test_an_agreement_that_cannot_run_is_unusable(uphold: Run, desk: Path, facts: Path) -> None:
    desk.write_text(AGREEMENT.replace("zone: Europe/Oslo", "zone: Europe/Olso"))
    for arguments in (("test", desk), ("clocks", desk, facts)):
        ran = uphold(*arguments)
        assert ran.code == 2
        assert "Europe/Oslo" in ran.err
        assert ran.out == ""


def test_due_lists_each_stretch(uphold: Run, desk: Path) -> None:
    ran = uphold("due", desk, "office", "2027-02-05T15:00:00+01:00", "8 business hours")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "  Fri, 5 Feb 2027 15:00–16:00  1 h  1 h",
        "  Mon, 8 Feb 2027 08:00–15:00  7 h  8 h",
        "Due Mon, 8 Feb 2027 15:00",
        "8 business hours from Fri, 5 Feb 2027 15:00, in the hours of office (Europe/Oslo).",
    ]


def test_due_as_json(uphold: Run, desk: Path) -> None:
    found = uphold(
        "due", desk, "office", "2027-02-05T15:00:00+01:00", "2 working days", "--json"
    ).json
    assert found["due"] == "2027-02-09T16:00:00+01:00"
    assert [each["day"] for each in found["stretches"]] == [1, 2]
    assert found["stretches"][0]["start"] == "2027-02-08T08:00:00+01:00"
    elapsed = uphold("due", desk, "always", "2027-02-05T15:00:00Z", "36 hours", "--json").json
    assert elapsed["due"] == "2027-02-07T04:00:00+01:00"
    assert elapsed["stretches"] == []


def test_due_says_how_far_a_calendar_is_known(uphold: Run, desk: Path) -> None:
    ran = uphold("due", desk, "office", "2027-02-05T15:00:00+01:00", "900000 business hours")
    assert ran.code == 2
    assert "written out from" in ran.err


def test_compare_says_what_changed_and_for_whom(uphold: Run, desk: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.md"
    newer.write_text(
        AGREEMENT.replace("8 business hours", "4 business hours").replace(
            "revision: 1", "revision: 2"
        )
    )
    ran = uphold("compare", desk, newer)
    assert ran.code == 0
    assert "response, target: 8 → 4 business hours (better for the customer)" in ran.out
    changes = uphold("compare", desk, newer, "--json").json
    assert {"favours": "customer", "of": "response", "part": "target"}.items() <= next(
        each for each in changes if each["part"] == "target"
    ).items()
    assert uphold("compare", desk, desk).out == "Nothing changes.\n"


def test_render_gives_a_page_or_json(uphold: Run, desk: Path, tmp_path: Path) -> None:
    page = uphold("render", desk)
    assert page.code == 0
    assert page.out.startswith('<!doctype html>\n<html lang="en">')
    assert 'id="answers"' in page.out
    assert uphold("render", desk, "--to", "json").json["header"]["agreement"] == "small-desk"
    target = tmp_path / "page.html"
    written = uphold("render", desk, "--out", target)
    assert (written.code, written.out) == (0, "")
    assert target.read_text(encoding="utf-8") == page.out
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_fmt_tidies_terms_and_nothing_else(uphold: Run, desk: Path) -> None:
    untidy = AGREEMENT.replace("target: 8 business hours", "target:    8 business hours")
    desk.write_text(untidy)
    desk.chmod(0o640)
    assert uphold("fmt", "--check", desk).code == 1
    assert desk.read_text() == untidy
    ran = uphold("fmt", desk)
    assert (ran.code, ran.out) == (0, f"{desk} is tidied.\n")
    assert desk.read_text() == AGREEMENT
    assert desk.stat().st_mode & 0o777 == 0o640
    assert uphold("fmt", "--check", "--json", desk).json == [{"file": str(desk), "changed": False}]


def test_what_we_ship_is_tidy(uphold: Run, repository: Path) -> None:
    ran = uphold("fmt", "--check", *sorted((repository / "agreements").rglob("*.md")))
    assert (ran.code, ran.err) == (0, "")


def test_schemas_hold_for_what_we_read(uphold: Run) -> None:
    schema = uphold("schema", "facts").json
    jsonschema.Draft202012Validator.check_schema(schema)
    for fact in FACTS:
        jsonschema.validate(fact, schema)
    jsonschema.Draft202012Validator.check_schema(uphold("schema", "agreement").json)


def test_facts_may_come_from_stdin(uphold: Run, desk: Path) -> None:
    ran = uphold("clocks", desk, "-", "--at", AT, "--json", stdin=lines_of(FACTS))
    assert ran.code == 1
    assert len(ran.json) == 6


@pytest.mark.parametrize("flag", ["--help", "-h", "help"])
def test_the_first_screen_names_every_command(uphold: Run, flag: str) -> None:
    ran = uphold(flag)
    assert ran.code == 0
    assert uphold().out == ran.out
    for name in ("check", "test", "clocks", "explain", "due", "compare", "render", "fmt"):
        assert f"\n  {name} " in ran.out
        page = uphold(name, "--help")
        assert page.code == 0
        assert page.out.startswith(f"uphold {name} ")
        assert "[help." not in page.out + ran.out
        assert "[option." not in page.out


def test_version(uphold: Run) -> None:
    ran = uphold("--version")
    assert ran.code == 0
    assert ran.out.startswith("uphold ")


def test_json_keeps_letters(uphold: Run, desk: Path) -> None:
    desk.write_text(AGREEMENT.replace("Small desk", "Små størrelser"), encoding="utf-8")
    ran = uphold("render", desk, "--to", "json")
    assert json.loads(ran.out)["header"]["title"] == "Små størrelser"
    assert "Små størrelser" in ran.out
