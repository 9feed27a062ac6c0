"""Two revisions compare term by term, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from uphold.agreement.agreement import Agreement
from uphold.agreement.compare import Change, compare
from uphold.agreement.compile import load_agreement
from uphold.messages import LANGUAGES, Reader

HARBOUR = Path(__file__).resolve().parent.parent.parent / "agreements" / "examples" / "harbour.md"

LEAD = "at least {} before planned start"


def revision(*changes: tuple[str, str]) -> Agreement:
    text = HARBOUR.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return load_agreement((str(HARBOUR), text))


def said(*changes: tuple[str, str], language: str = "en") -> list[str]:
    found = compare(revision(), revision(*changes))
    return [change.text(Reader(language)) for change in found]


def test_a_revision_is_no_change_of_itself() -> None:
    assert compare(revision(), revision()) == ()


def test_a_target_in_one_unit_shows_both_numbers() -> None:
    change = ("high: 48 business hours", "high: 24 business hours")
    assert said(change) == ["response, high: 48 → 24 business hours (better for the customer)"]
    assert said(change, language="nb") == [
        "response, high: 48 → 24 arbeidstimer (bedre for kunden)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "words", "favours"),
    [
        ("normal: 5 working days", "normal: 6 working days",
         "response, normal: 5 → 6 working days", "provider"),
        ("normal: 5 working days", "normal: best effort",
         "response, normal: 5 working days → best effort", "provider"),
        ("critical: 8 business hours", "critical: under 8 business hours",
         "response, critical: 8 business hours → under 8 business hours", "customer"),
        ("critical: 8 business hours", "critical: 1 working day",
         "response, critical: 8 business hours → 1 working day", None),
        ("target: at least 99.9 %", "target: at least 99.95 %",
         "account-uptime, target: 99.9% → 99.95%", "customer"),
        ("kept: at least 20 calendar days", "kept: at least 2 weeks",
         "weekly-backup, kept: 20 → 14 calendar days", "provider"),
        ("announced: at least 1 week before", "announced: at least 2 weeks before",
         f"planned-maintenance, announced: {LEAD.format('1 week')} → {LEAD.format('2 weeks')}",
         "customer"),
        ("hours: {mon-fri: 08:00-16:00}", "hours: {mon-fri: 08:00-17:00}",
         "oslo-office, hours mon-fri: 08:00-16:00 → 08:00-17:00", None),
        ("[planned maintenance, emergency maintenance, requested maintenance, ",
         "[planned maintenance, emergency maintenance, ",
         "account-uptime, excludes: no longer requested maintenance", "customer"),
        ("amount: 5 % of account.fee", "amount: 4 % of account.fee",
         "uptime-credit, amount: 5 % of account.fee → 4 % of account.fee", "provider"),
        ("on change of priority: keep start", "on change of priority: restart",
         "response, on change of priority: keep start → restart", None),
    ],
)  # fmt: skip
def test_a_changed_part_says_whom_it_helps(
    old: str, new: str, words: str, favours: str | None
) -> None:
    (change,) = compare(revision(), revision((old, new)))
    assert Reader("en").text(change.message) == words
    assert change.favours == favours


def test_another_spelling_of_the_same_is_no_change() -> None:
    assert said(("target: at least 99.9 %", "target: at least 99.9%")) == []


def test_prose_header_and_titles_are_compared() -> None:
    assert said(
        ("revision: 3", "revision: 4"),
        ("# 5 Goodwill", "# 5 Good will"),
        ("We value long relationships.", "We value your long relationships."),
    ) == [
        "Header, revision: 3 → 4",
        "5 Goodwill is now called 5 Good will",
        "5 Good will: behind “We value” now “your”",
    ]


def test_terms_come_go_and_change_their_names() -> None:
    text = HARBOUR.read_text(encoding="utf-8")
    start = text.index("```yaml sla\nopen: complaint-outcome")
    block = text[start : text.index("```\n", start + 4) + 4]
    assert said((block, "")) == ["Gone: complaint-outcome (open)"]
    assert said(("clock: complaint-contacted", "clock: complaint-reached"))[0] == (
        "complaint-contacted is now called complaint-reached (clock)"
    )
    without = revision((block, ""))
    assert [change.sort for change in compare(without, revision())] == ["term-added"]


def test_clauses_come_go_and_move() -> None:
    text = HARBOUR.read_text(encoding="utf-8")
    start = text.index("# 5 Goodwill")
    clause = text[start : text.index("# Examples")]
    old = revision()
    without = revision((clause, ""))
    assert [change.sort for change in compare(old, without)] == ["clause-removed"]
    assert [change.sort for change in compare(without, old)] == ["clause-added"]
    moved = revision((clause, ""), ("# 4 Changes", clause + "# 4 Changes"))
    assert [change.sort for change in compare(old, moved)] == ["clause-moved"]


def test_every_change_has_words_in_every_language_and_a_json_form() -> None:
    changes: tuple[Change, ...] = compare(
        revision(),
        revision(
            ("revision: 3", "revision: 4"),
            ("high: 48 business hours", "high: 24 business hours"),
            ("held while: [awaiting customer]", "held while: []"),
            ("We value long relationships.", "We value friends."),
        ),
    )
    for language in LANGUAGES:
        for change in changes:
            form = change.to_json(Reader(language))
            assert form["text"]
            assert "compare." not in change.text(Reader(language))
            assert form["change"] == change.sort
