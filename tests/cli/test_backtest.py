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


WORK = (
    {"type": "maintenance.planned", "at": "2026-07-20T09:00:00+02:00", "subject": "maintenance:1",
     "kind": "planned", "services": ["search"],
     "start": "2026-08-03T12:00:00+02:00", "end": "2026-08-03T12:20:00+02:00"},
    {"type": "maintenance.started", "at": "2026-08-03T12:00:00+02:00", "subject": "maintenance:1"},
    {"type": "maintenance.ended", "at": "2026-08-03T12:20:00+02:00", "subject": "maintenance:1"},
)  # fmt: skip


def test_what_would_no_longer_be_excluded(uphold: Run, hosting: Hosting) -> None:
    """20 of the 30 minutes were planned; both ways the month is missed by the same tier."""
    page, checks, facts = hosting
    with facts.open("a") as file:
        file.writelines(json.dumps(each) + "\n" for each in WORK)
    draft = page.with_name("draft.md")
    text = page.read_text(encoding="utf-8")
    draft.write_text(text.replace("excludes: [planned maintenance]\n", "").replace(
        ", planned maintenance excepted", ""))  # fmt: skip
    known = ("--against", page, "--facts", facts, "--evidence", checks, *OPTIONS)
    found = uphold("backtest", draft, *known, "--json").json
    (row,) = (each for each in found["terms"] if each["kind"] == "availability")
    assert row["in_force"]["excluded_seconds"] == 1200
    assert (row["draft"]["excluded_seconds"], row["draft"]["missed"]) == (0, 1)
    assert found["more_excluded_seconds"] == -1200
    # 600 of 85,500 s are 99.298 %, and 10 %; 1,800 of 86,700 s are 97.923 %, and 25 % of 400.00.
    assert found["more_credited"] == {"EUR": "60.00"}
    ran = uphold("backtest", draft, *known)
    assert "20 minutes less would have been excluded and €60.00 more" in ran.out


def test_days_of_service_are_compared(uphold: Run, hosting: Hosting) -> None:
    page, checks, facts = hosting
    text = page.read_text(encoding="utf-8")
    days = text.replace("10 % of account.fee", "2 days of service").replace(
        "25 % of account.fee", "5 days of service"
    )
    days = days.replace("10% of the monthly fee", "2 days of service").replace(
        "earns 25%", "earns 5 days of service"
    )
    draft = page.with_name("draft.md")
    draft.write_text(days)
    known = ("--against", page, "--facts", facts, "--evidence", checks, *OPTIONS)
    ran = uphold("backtest", draft, *known)
    assert ran.code == 0
    assert "€100.00 less would have been credited and 5 days of service more would" in ran.out
    found = uphold("backtest", draft, *known, "--json").json
    assert (found["more_credited"], found["more_days_credited"]) == ({"EUR": "-100.00"}, "5.00")


def test_as_much_by_other_terms_is_not_called_the_same(uphold: Run, hosting: Hosting) -> None:
    page, checks, facts = hosting
    draft = page.with_name("draft.md")
    draft.write_text(page.read_text().replace("uptime-credit", "month-credit"))
    known = ("--against", page, "--facts", facts, "--evidence", checks, *OPTIONS)
    ran = uphold("backtest", draft, *known)
    assert "nothing would have come out otherwise" not in ran.out
    assert "as much would have been missed and credited in all" in ran.out
