"""How a problem is shown: its place, its line, carets under the place, and what would be right."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.agreement.problem import Place, Problem, found, limited, nearest, printable
from uphold.messages import Reader, message

READER = Reader("en")


def shown(line: str, column: int, length: int = 1) -> tuple[str, str]:
    problem = found("yaml-tab", Place("a.md", 3, column), line, length=length)
    _, source, carets, hint = problem.text(READER).split("\n")
    assert hint.startswith("hint: ")
    return source.removeprefix("    "), carets.removeprefix("    ")


@pytest.mark.parametrize(
    ("line", "column", "length", "carets"),
    [
        ("within 48 hours", 8, 2, "       ^^"),
        ("\twithin 48 hours", 9, 2, "\t       ^^"),
        ("日本 48 hours", 4, 2, "     ^^"),
        ("日本 48 hours", 1, 2, "^^^^"),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT} 48", 7, 2, "    ^^"),
        ("abc", 4, 1, "   ^"),
        ("abc", 9, 5, "   ^"),
        ("99,9\N{NO-BREAK SPACE}%", 6, 1, "     ^"),
    ],
)
def test_carets_stand_under_the_place(line: str, column: int, length: int, carets: str) -> None:
    assert shown(line, column, length) == (line, carets)


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    source, carets = shown(line, 501, 4)
    assert len(source) < 200
    assert source[carets.index("^") : carets.index("^") + 4] == "HERE"
    assert (source[0], source[-1]) == ("…", "…")


def test_no_character_of_a_page_acts_on_the_terminal() -> None:
    source, _ = shown("red \x1b[31m and \x07 and \u202e", 5)
    lost = "\N{REPLACEMENT CHARACTER}"
    assert source == f"red {lost}[31m and {lost} and {lost}"
    assert printable("a\x1b]b") == "a\N{REPLACEMENT CHARACTER}]b"


def test_the_first_line_names_file_place_kind_and_code() -> None:
    problem = found("yaml-tab", Place("a.md", 3, 7), "a: b", severity="warning")
    first, *_ = problem.text(READER).split("\n")
    assert first == "a.md:3:7: warning [yaml-tab] A tab stands in this block."
    assert problem.text(Reader("nb")).startswith("a.md:3:7: warning [yaml-tab] Det står en")


def test_the_json_form_is_json() -> None:
    form = found("header-key", Place("a.md", 3, 7), "a: b", {"key": "a", "nearest": "b"}, length=2)
    assert json.loads(json.dumps(form.to_json(READER))) == {
        "code": "header-key",
        "severity": "error",
        "file": "a.md",
        "line": 3,
        "column": 7,
        "length": 2,
        "source": "a: b",
        "message": "A header has no key “a”.",
        "hint": "Did you mean “b”?",
    }


def alike(number: int, line: int = 1) -> tuple[Problem, ...]:
    return tuple(
        Problem("yaml-tab", Place("a.md", line, column), message("problem.yaml-tab"), None, "x")
        for column in range(number, 0, -1)
    )


def test_problems_come_in_the_order_of_the_page_and_once() -> None:
    problems = limited((*alike(2, line=9), *alike(2), *alike(2)))
    assert [(each.place.line, each.place.column) for each in problems] == [
        *((1, 1), (1, 2)),
        *((9, 1), (9, 2)),
    ]


def test_of_many_alike_the_first_are_kept_and_the_rest_counted() -> None:
    problems = limited(alike(70), most=10)
    assert [each.code for each in problems] == ["yaml-tab"] * 10 + ["more"]
    assert problems[-1].text(READER) == (
        "a.md:1:10: error [more] 60 more problems like this one ([yaml-tab])."
    )


@pytest.mark.parametrize(
    ("name", "near"),
    [("currancy", "currency"), ("Zone", "zone"), ("xyzzy", None), ("", None), ("z" * 9999, None)],
)
def test_the_nearest_known_name(name: str, near: str | None) -> None:
    assert nearest(name, ("zone", "currency", "title")) == near


@given(st.text(), st.integers(1, 400), st.integers(1, 400))
def test_any_line_can_be_shown(line: str, column: int, length: int) -> None:
    problem = found("yaml-tab", Place("a.md", 3, column), line, length=length)
    lines = problem.text(READER).split("\n")
    assert len(lines) in (2, 4)
    assert all(one.isprintable() or one in "\t" or one.isspace() for one in "".join(lines))
