"""`uphold backtest`: a draft over past facts, beside what was in force."""

import json
from pathlib import Path

import pytest
from tests.cli.desk import AGREEMENT, AT, FACTS, Run, lines_of
from tests.cli.hosting import JUDGED, OPTIONS

Hosting = tuple[Path, Path, Path]


def test_a_shorter_target_misses_more(uphold: Run, desk: Path, facts: Path) -> None:
    # Request 1 takes half an hour on Friday and seven hours on Monday, its hold left out: in time
    # under 8 hours, late under 7. Request 2 takes 8 h 30 min, late under both.
    draft = desk.with_name("draft.md")
    draft.write_text(AGREEMENT.replace("8 business hours", "7 business hours"))
    known = ("--against", desk, "--facts", facts, "--at", AT)
    ran = uphold("backtest", draft, *known)
    assert (ran.code, ran.err) == (0, "")
    assert "draft.md, revision 1, in the place of small-desk" in ran.out
    assert "Under the draft 1 more request would have been missed." in ran.out
    found = uphold("backtest", draft, *known, "--json").json
    [row] = found["terms"]
    assert (row["kind"], row["term"]) == ("clock", "response")
    assert row["in_force"]["missed"] + 1 == row["draft"]["missed"]
    assert row["in_force"]["not_owed"] == row["draft"]["not_owed"] == 1
    assert found["more_requests_missed"] == 1


def test_the_same_is_said_to_be_the_same(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("backtest", desk, "--against", desk, "--facts", facts, "--at", AT)
    assert ran.code == 0
    assert "Under the draft nothing would have come out otherwise." in ran.out


def test_a_lower_target_credits_less(uphold: Run, hosting: Hosting) -> None:
    page, checks, facts = hosting
    with facts.open("a") as file:
        file.write(json.dumps(JUDGED) + "\n")
    draft = page.with_name("draft.md")
    text = page.read_text(encoding="utf-8")
    # 98.961 % of code now meets the target, and 97.923 % of search earns a tier less.
    draft.write_text(
        text.replace("99.9%", "98.5%").replace("99.9 %", "98.5 %")
        .replace("99.0%", "97.0%").replace("99.0 %", "97.0 %")
    )  # fmt: skip
    known = ("--against", page, "--facts", facts, "--evidence", checks, *OPTIONS)
    ran = uphold("backtest", draft, *known)
    assert ran.code == 0
    assert "1 window fewer would have missed its target" in ran.out
    # 2 times 25 % of 400.00 EUR in force, once 10 % under the draft
    assert "€160.00 less would have been credited" in ran.out
    found = uphold("backtest", draft, *known, "--json").json
    assert found["more_credited"] == {"EUR": "-160.00"}
    assert found["more_windows_missed"] == -1
    for language in ("nb", "pl", "nl", "es"):
        told = uphold("backtest", draft, *known, "--lang", language)
        assert told.code == 0
        assert "Under the draft" not in told.out
        assert "160" in told.out


def test_whose_place_the_draft_takes(uphold: Run, desk: Path, hosting: Hosting) -> None:
    page, _, facts = hosting
    draft = desk.with_name("other.md")
    draft.write_text(AGREEMENT.replace("agreement: small-desk", "agreement: other"))
    ran = uphold("backtest", draft, "--against", desk, page, "--facts", facts)
    assert (ran.code, ran.out) == (2, "")
    assert "The draft is named other" in ran.err
    assert "--instead-of names the one that is meant." in ran.err
    chosen = ("--instead-of", "small-desk")
    assert uphold("backtest", draft, "--against", desk, page, "--facts", facts, *chosen).code == 0
    wrong = ("--instead-of", "small-dask")
    ran = uphold("backtest", draft, "--against", desk, page, "--facts", facts, *wrong)
    assert ran.code == 2
    assert "Perhaps small-desk was meant." in ran.err


def test_a_draft_is_judged_from_when_the_agreement_took_effect(
    uphold: Run, desk: Path, tmp_path: Path
) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text(lines_of(FACTS))
    draft = tmp_path / "draft.md"
    text = AGREEMENT.replace("posted: 2027-01-04", "posted: 2028-01-04")
    draft.write_text(text.replace("revision: 1", "revision: 2"))
    ran = uphold("backtest", draft, "--against", desk, "--facts", facts, "--at", AT)
    assert "Under the draft nothing would have come out otherwise." in ran.out


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("DRAFT",), "uphold backtest needs --against."),
        (("DRAFT", "--against", "DESK"), "there is nothing to measure"),
        (("DRAFT", "--against", "FACTS"), "No agreement is given, only"),
        (("DRAFT", "--against", "DESK", "--facts", "DESK"), "takes it as an argument"),
        (("none.md", "--against", "DESK", "--facts", "FACTS"), "There is no file none.md"),
    ],
)
def test_mistakes(
    uphold: Run, desk: Path, facts: Path, arguments: tuple[str, ...], found: str
) -> None:
    names = {"DRAFT": desk, "DESK": desk, "FACTS": facts}
    ran = uphold("backtest", *(names.get(each, each) for each in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert found in ran.err
