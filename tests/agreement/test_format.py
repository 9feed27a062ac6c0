"""`uphold fmt`: terms tidy, prose the same to the byte, nothing said otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.pages import HEADER, MEDDLED_YAML, ODD_TERMS, TERMS, snippet, term

from uphold.agreement.document import read_document
from uphold.agreement.format import tidy
from uphold.agreement.format_yaml import WIDTH, yaml_lines
from uphold.agreement.tree import Mapping, plain
from uphold.agreement.tree_reading import read_tree


def tidied(body: str) -> str:
    result = tidy(("sample.md", HEADER + body))
    assert result.text is not None
    assert result.text.startswith(HEADER)
    return result.text[len(HEADER) :]


def block(body: str, **order: tuple[str, ...]) -> str:
    result = tidy(("sample.md", HEADER + term(body)), order)
    assert result.text is not None
    return result.text.split("```yaml sla\n")[1].removesuffix("```\n")


def test_spacing_quotation_marks_and_brackets() -> None:
    untidy = """clock:   "response"
quotes:
    - 'within 8 hours'
    -   "it's so"
    - 'a, b'
target:
      high:    '8 business hours'
      low: "5 working days"
when:  {   plan:   "gold" }
note: 'a: b'
holidays: 'NO'
facts:
- {at: "now",    type: 'x'}
"""
    assert (
        block(untidy)
        == """clock: response
target:
  high: 8 business hours
  low: 5 working days
when: {plan: gold}
note: 'a: b'
holidays: NO
facts:
  - {at: now, type: x}
quotes: [within 8 hours, it's so, 'a, b']
"""
    )


def test_a_long_list_takes_a_line_for_each_item() -> None:
    words = [f"the words that stand in clause {number}" for number in range(4)]
    written = block("clock: a\nquotes: [" + ", ".join(words) + "]\n")
    assert written == "clock: a\nquotes:\n" + "".join(f"  - {each}\n" for each in words)


def test_a_long_text_is_broken_at_its_spaces() -> None:
    written = block("clock: a\ninterpretation: '" + "words: and more " * 20 + "end'\n")
    assert all(len(line) <= WIDTH for line in written.splitlines())
    assert written.count("\n") == 5


def test_keys_stand_in_the_given_order_kind_first_and_quotes_last() -> None:
    written = "clock: a\nquotes: [x]\nother: y\nstops: s\nstarts: t\n"
    assert block(written, clock=("of", "starts", "stops")) == (
        "clock: a\nstarts: t\nstops: s\nother: y\nquotes: [x]\n"
    )
    assert block(written) == "clock: a\nother: y\nstops: s\nstarts: t\nquotes: [x]\n"


def test_a_block_with_a_comment_is_left_alone_and_named() -> None:
    body = "clock:   a\n# why: because\nstarts: b#c\nquotes: ['# 4', x]\n"
    result = tidy(("sample.md", HEADER + term(body)))
    assert [(problem.code, problem.place.line) for problem in result.problems] == [
        ("format-comments", 17)
    ]
    assert not result.changed
    free = term(body.replace("# why: because\n", ""))
    assert tidy(("sample.md", HEADER + free)).problems == ()


def test_a_block_that_cannot_be_read_is_left_alone_and_its_problem_told() -> None:
    body = term("clock:   [a\n") + "\n" + term("clock:   b\n").replace("Goodwill", "Thanks")
    result = tidy(("sample.md", HEADER + body))
    assert result.text == HEADER + body.replace("clock:   b", "clock: b")
    assert [problem.code for problem in result.problems] == ["yaml-bracket"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_prose_line_ends_and_byte_order_mark_stay(end: str, start: str, last: str) -> None:
    prose = "Words  with   spaces.  \n\n* a list\n\n\n| a |\n|---|\n| b |"
    page = HEADER + term("clock:  a\n", prose) + "\nThe end." + last
    result = tidy(("sample.md", (start + page.replace("\n", end)).encode()))
    assert result.changed
    assert result.text == start + page.replace("clock:  a", "clock: a").replace("\n", end)


def test_a_block_in_a_quotation_keeps_its_marks() -> None:
    body = "# Goodwill\n\n> Words.\n>\n> ```yaml sla\n> clock:  a\n> quotes:\n>   - Words\n> ```\n"
    assert tidied(body) == body.replace("clock:  a", "clock: a").replace(
        "quotes:\n>   - Words", "quotes: [Words]"
    )


def test_a_page_that_cannot_be_read_gives_its_problem() -> None:
    result = tidy(("sample.md", b"%PDF-1.7"))
    assert result.text is None
    assert [problem.code for problem in result.problems] == ["file-kind"]


def test_shipped_pages_say_the_same_when_tidied_and_tidying_again_changes_nothing(
    repository: Path, shared: Callable[[str], Path]
) -> None:
    for path in (shared("examples/harbour.md"), *(repository / "agreements").rglob("*.md")):
        result = tidy(path)
        assert result.text is not None
        before, after = read_document(path).document, read_document(("x", result.text)).document
        assert before is not None
        assert after is not None
        said = [plain(each.root) for each in before.blocks]
        assert [plain(each.root) for each in after.blocks] == said
        assert [clause.prose for clause in after.clauses] == [
            clause.prose for clause in before.clauses
        ]
        again = tidy(("x", result.text))
        assert not again.changed


@settings(max_examples=300)
@given(st.one_of(TERMS, ODD_TERMS))
def test_a_tree_written_and_read_is_the_same_tree(tree: Mapping) -> None:
    lines = yaml_lines(tree)
    again, problems = read_tree(snippet("\n".join(lines) + "\n"))
    assert problems == ()
    assert again is not None
    assert plain(again) == plain(tree)
    assert isinstance(again, Mapping)
    assert yaml_lines(again) == lines


@settings(max_examples=150)
@given(MEDDLED_YAML)
def test_tidying_changes_no_meaning_and_once_is_enough(body: str) -> None:
    page = HEADER + term(body)
    once = tidy(("sample.md", page))
    assert once.text is not None
    twice = tidy(("sample.md", once.text))
    assert twice.text == once.text
    before, after = read_document(("a", page)), read_document(("a", once.text))
    assert before.document is not None
    assert after.document is not None
    terms = [plain(each.root) for each in before.document.blocks]
    assert [plain(each.root) for each in after.document.blocks] == terms
    fence = re.compile(r"```yaml sla\n.*?```\n", re.DOTALL)
    if "```" not in body:
        assert fence.sub("", once.text) == fence.sub("", page)
