"""Rules of the checker beyond the one mistake of each file in tests/errors."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uphold.agreement.check import check, check_source
from uphold.agreement.check.needed import SETTINGS, STATED
from uphold.agreement.document import read_document
from uphold.agreement.problem import Problem
from uphold.agreement.terms.table import TERMS
from uphold.facts.table import FACT_TYPES
from uphold.messages import Reader

ROOT = Path(__file__).resolve().parent.parent.parent
AGREEMENTS = sorted((ROOT / "agreements").rglob("*.md"))
HARBOUR = ROOT / "agreements" / "examples" / "harbour.md"


def problems(text: str, name: str = "agreement.md") -> tuple[Problem, ...]:
    return check_source((name, text), facts=FACT_TYPES)


def harbour(*changes: tuple[str, str]) -> str:
    text = HARBOUR.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.name)
def test_a_shipped_agreement_has_no_problem(path: Path) -> None:
    assert [problem.text(Reader("en")) for problem in check_source(path, facts=FACT_TYPES)] == []


def test_the_shared_example_is_asked_only_for_what_its_text_leaves_out(
    shared: Callable[[str], Path],
) -> None:
    found = check_source(shared("examples/harbour.md"), facts=FACT_TYPES)
    assert [(problem.code, problem.message.data.get("figure")) for problem in found] == [
        ("supplier-file-missing", None),
        ("figure-not-quoted", "10 %"),
        ("figure-not-quoted", "5 minutes"),
        ("figure-not-quoted", "20"),
    ]


def test_a_problem_stands_on_the_exact_words() -> None:
    found = problems(harbour(("critical: 8 business hours", "critical: 9 business hours")))
    assert [problem.code for problem in found] == ["figure-not-quoted"]
    line, start = found[0].line, found[0].place.column - 1
    assert line[start : start + found[0].length] == "9 business hours"
    assert "48 business hours" in found[0].text(Reader("en"))


def test_a_figure_of_ours_stands_in_the_interpretation() -> None:
    text = harbour()
    assert "20 attempts" in text
    lowered = harbour(("at least: 20 attempts", "at least: 21 attempts"))
    assert [problem.code for problem in problems(lowered)] == ["figure-not-quoted"]


def test_a_name_that_leads_nowhere_names_the_nearest() -> None:
    found = problems(harbour(("calendar: response.calendar", "calendar: respnse.calendar")))
    assert {problem.code for problem in found} == {"name-unknown"}
    assert "Did you mean “response.calendar”?" in found[0].text(Reader("en"))


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("stops: request.answered", "stops: request.anwsered", "request.answered"),
        ("when: maintenance.kind is planned", "when: maintenance.kind is planed", "planned"),
        ("only if: [request.author is", "only if: [request.auhtor is", "request.author"),
        ("critical: 8 business hours", "critcal: 8 business hours", "critical"),
        ("type: request.opened", "type: request.opend", "request.opened"),
        ("of: calling", "of: caling", "calling"),
    ],
)
def test_words_of_facts_and_levels_are_known(old: str, new: str, near: str) -> None:
    found = [each for each in problems(harbour((old, new))) if each.code == "name-unknown"]
    assert near in [problem.message.data["near"] for problem in found]


def test_one_broken_term_does_not_make_others_look_broken() -> None:
    found = problems(harbour(("hours: {mon-fri: 08:00-16:00}", "hours: {mon-fri: 8-16}")))
    assert [problem.code for problem in found] == ["hours-unreadable"]


def test_clocks_in_a_ring_of_three_are_told_once() -> None:
    found = problems(
        harbour(
            ("starts: request.forwarded", "starts: resolution.due"),
            ("starts: request.answered", "starts: resolution.due"),
        )
    )
    rings = [problem for problem in found if problem.code == "clock-ring"]
    assert [problem.message.data["ring"] for problem in rings] == [
        "response → resolution → response"
    ]


def test_every_key_of_every_term_either_states_figures_or_needs_no_quote() -> None:
    keys = {
        field.alias or name
        for kind in TERMS.values()
        for name, field in kind.model_fields.items()
        if name not in ("name", "clause")
    }
    assert keys == STATED | SETTINGS
    assert not STATED & SETTINGS


def test_a_translation_gives_the_same_figures() -> None:
    original = read_document(ROOT / "agreements" / "easymeeting.md").document
    path = ROOT / "agreements" / "easymeeting.nb.md"
    assert original is not None
    translation = read_document(path).document
    assert translation is not None
    assert check(original, (translation,), path.parent, FACT_TYPES) == ()
    text = path.read_text(encoding="utf-8")
    changed = read_document((path.name, text.replace("48 ", "24 ", 1))).document
    assert changed is not None
    found = check(original, (changed,), path.parent, FACT_TYPES)
    assert [problem.code for problem in found] == ["translation-figure-differs"]
    assert found[0].place.file == path.name


@pytest.mark.parametrize(
    "prose",
    [
        ("5 7 " * 2400 + "\n") * 50,
        ("five working days and " * 400 + "\n") * 50,
        "1" * 19_000,
        "§ 1, 2, 3 " * 1_900,
        "\n\n".join(f"# A{number}\n\nwithin {number} days" for number in range(900)),
    ],
    ids=["digits", "words", "one-number", "references", "clauses"],
)
def test_a_page_full_of_figures_is_soon_done_with(prose: str) -> None:
    header = HARBOUR.read_text(encoding="utf-8").split("\n\n")[0]
    started = time.process_time()
    found = problems(f"{header}\n\n# All {{#all}}\n\n{prose}\n")
    assert found
    assert time.process_time() - started < 2


PIECES = st.sampled_from(
    [
        *HARBOUR.read_text(encoding="utf-8").split("\n\n"),
        "```yaml sla\nclock: x\n```",
        "```yaml sla\ncalendar: x\nhours: {mon: ''}\nholidays: ['']\n```",
        "```yaml sla\npriority: p\ntable: {a: {b: c}}\n```",
        "```yaml sla\nexample: e\nfacts: [{at: 2027-01-01}]\nat: now\nexpect: {/: {state: x}}\n```",
        "```yaml sla\ncredit: c\nfor: ' missed'\ntiers: {below 99 %: 1 EUR}\n```",
        "within 5 days, 99.999 % of 0700-1600 and §3",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=8), st.text(max_size=30), st.integers(0, 3_000))
def test_no_page_makes_the_checker_raise(pieces: list[str], noise: str, at: int) -> None:
    header = HARBOUR.read_text(encoding="utf-8").split("\n\n")[0]
    text = "\n\n".join((header, *pieces))
    at = min(at, len(text))
    for problem in problems(text[:at] + noise + text[at:]):
        problem.text(Reader("pl"))


@settings(max_examples=60)
@given(st.data())
def test_no_change_of_a_term_makes_the_checker_raise(data: st.DataObject) -> None:
    lines = harbour().split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(": ")
    value = data.draw(
        st.sampled_from(["", "[]", "{}", "x", "always", "{by: request.priority}", "-1", "[[a]]"])
    )
    lines[number] = f"{key}{colon}{value}"
    for problem in problems("\n".join(lines)):
        problem.text(Reader("en"))
