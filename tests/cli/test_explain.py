"""`uphold explain`: every deadline tells its own story, from the words to the verdict."""

from pathlib import Path

import pytest
from tests.cli.desk import AT, Run


@pytest.mark.requirement("X2")
def test_a_deadline_explains_itself(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("explain", desk, facts, "request:1/response", "--at", AT)
    assert ran.code == 0
    told = ran.out
    # the facts, and which of them the reasons name
    assert "•  Fri, 5 Feb 2027 15:00  request.opened" in told
    assert "request.awaiting  cause customer" in told
    # the clause, its words and the revision
    assert "Small desk, Fjordline, revision 1" in told
    assert "2 Answers  #answers" in told
    assert "We answer within 8 business hours. While we wait for you" in told
    assert "» within 8 business hours" in told
    # the arithmetic: each stretch, the running total, the hold, the due time
    assert "Target: 8 business hours, in the hours of office." in told
    assert "On hold from Fri, 5 Feb 2027 15:30 to Mon, 8 Feb 2027 09:00 (customer)" in told
    stretches = [" ".join(line.split()) for line in told.splitlines() if line.startswith("      ")]
    assert stretches == [
        "Fri, 5 Feb 2027 15:00–15:30 30 min (30 min)",
        "Mon, 8 Feb 2027 09:00–16:00 7 h (7 h 30 min)",
        "Tue, 9 Feb 2027 08:00–08:30 30 min (8 h)",
    ]
    assert "Due Tue, 9 Feb 2027 08:30." in told
    assert "Verdict   met" in told
    assert "Left      30 min" in told


def test_a_miss_says_by_how_much(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("explain", desk, facts, "request:2", "--at", AT)
    assert ran.code == 1
    assert "Over by  30 min" in ran.out
    assert "Used     8 h 30 min" in ran.out


def test_as_json_it_gives_reasons_words_and_texts(uphold: Run, desk: Path, facts: Path) -> None:
    [found] = uphold("explain", desk, facts, "request:2/response", "--at", AT, "--json").json
    assert found["state"] == "missed"
    assert next(each["id"] for each in found["because"]) == "reason.started"
    assert len(found["told"]) == len(found["because"])
    assert found["words"][0]["quotes"] == ["within 8 business hours", "the time does not run"]
    assert [fact["type"] for fact in found["facts"]] == ["request.opened", "request.answered"]


def test_our_readings_are_named_as_ours(uphold: Run, repository: Path, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(
        '{"type":"request.opened","at":"2025-03-10T08:00:00+01:00","subject":"request:7"}\n'
    )
    page = repository / "agreements" / "biztek.md"
    ran = uphold("explain", page, path, "request:7", "--at", "2025-03-10T12:00:00+01:00")
    assert ran.code == 0
    assert "What the text leaves open, and how the agreement settles it" in ran.out
    assert "– Teksten sier ingenting om ventetid." in ran.out
    assert "Warning (75 %) comes Mon, 10 Mar 2025 14:00" in " ".join(ran.out.split())
    assert "endeavours" in ran.out


def test_reasons_of_other_terms_bring_their_words(
    uphold: Run, repository: Path, tmp_path: Path
) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(
        '{"type":"request.opened","at":"2025-03-10T08:00:00+01:00","subject":"request:7",'
        '"channel":"chat"}\n'
    )
    page = repository / "agreements" / "biztek.md"
    ran = uphold("explain", page, path, "request:7", "--at", "2025-03-10T12:00:00+01:00")
    assert "Not owed, because of single-point." in ran.out
    assert "» med e-post, på telefon eller i kundeportalen" in ran.out


@pytest.mark.parametrize(
    ("name", "found", "hint"),
    [
        ("request:11", "No fact is about request:11.", "request:1"),
        ("request:1/respons", "request:1 has no clock respons.", "request:1 has response."),
        ("request:1/response/7", "has no cycle 7.", "Its cycles are 1."),
    ],
)
def test_an_unknown_name_gets_the_nearest(
    uphold: Run, desk: Path, facts: Path, name: str, found: str, hint: str
) -> None:
    ran = uphold("explain", desk, facts, name, "--at", AT)
    assert (ran.code, ran.out) == (2, "")
    assert found in ran.err
    assert hint in ran.err


def test_the_subject_is_asked_for(uphold: Run, desk: Path, facts: Path) -> None:
    ran = uphold("explain", desk, facts, "--at", AT)
    assert ran.code == 2
    assert "request:4711/response" in ran.err
    ran = uphold("explain", desk, facts, "request:1", "request:2", "--at", AT)
    assert ran.code == 2
    assert "request:1 and request:2" in ran.err


EASYMEETING = """\
{"type":"maintenance.planned","at":"2025-03-03T10:00:00+01:00","subject":"maintenance:1","kind":"planned","start":"2025-03-20T22:00:00+01:00","end":"2025-03-20T23:00:00+01:00"}
{"type":"maintenance.announced","at":"2025-03-14T10:00:00+01:00","subject":"maintenance:1","to":["customers"]}
{"type":"backup.taken","at":"2025-03-01T02:00:00+01:00","subject":"backup:1"}
{"type":"backup.taken","at":"2025-03-09T02:00:00+01:00","subject":"backup:2"}
{"type":"backup.taken","at":"2025-03-12T02:00:00+01:00","subject":"backup:3","set":"other"}
"""


@pytest.fixture
def easymeeting(repository: Path, tmp_path: Path) -> tuple[Path, Path]:
    path = tmp_path / "facts.jsonl"
    path.write_text(EASYMEETING)
    return repository / "agreements" / "easymeeting.md", path


def test_notices_explain_themselves(uphold: Run, easymeeting: tuple[Path, Path]) -> None:
    ran = uphold("explain", *easymeeting, "maintenance:1", "--at", "2025-03-20T10:00:00+01:00")
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "kind planned, start Thu, 20 Mar 2025 22:00, end Thu, 20 Mar 2025 23:00" in told
    assert "Due Thu, 13 Mar 2025 22:00." in told
    assert "Fri, 14 Mar 2025 10:00: maintenance.announced, to customers." in told
    assert "Not told: partners and resellers." in told
    assert told.count("Not told:") == 1  # scheduling tells nobody
    assert "– A new planned start is scheduled and announced anew." in ran.out


def test_a_register_names_the_backups_it_rests_on(
    uphold: Run, easymeeting: tuple[Path, Path]
) -> None:
    at = ("--at", "2025-03-20T10:00:00+01:00")
    ran = uphold("explain", *easymeeting, "register:all", *at)
    assert "•  Sat, 1 Mar 2025 02:00  backup.taken  backup:1" in ran.out
    assert "backup:2" in ran.out
    assert "backup:3" not in ran.out
    assert "The rule is “every week”: the next one is due Sat, 8 Mar 2025 02:00." in ran.out


def test_a_line_that_cannot_be_read_is_told_where_its_thing_is_missed(
    uphold: Run, desk: Path, facts: Path
) -> None:
    with facts.open("a") as stream:
        stream.write('{"type":"request.opened","at":"2027-02-08","subject":"request:9"}\n')
    ran = uphold("explain", desk, facts, "request:9", "--at", AT)
    assert ran.code == 2
    assert f"{facts}:12:" in ran.err
    assert "No fact is about request:9." in ran.err
