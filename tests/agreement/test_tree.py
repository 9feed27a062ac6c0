"""Blocks as trees: texts stay texts, places are the file's, and the two readers agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from tests.agreement.pages import YAML_TEXTS, document, read, snippet

from uphold.agreement.document import read_document
from uphold.agreement.problem import Place
from uphold.agreement.tree import Mapping, Scalar, Sequence, plain, scalars
from uphold.agreement.tree_quick import read_quickly
from uphold.agreement.tree_reading import read_tree
from uphold.agreement.tree_yaml import compose


def block(text: str) -> Mapping:
    root, problems = read_tree(snippet(text))
    assert problems == ()
    assert isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    "written",
    ["NO", "no", "true", "null", "~", "1.0", "1_000", "0x1F", "1e3", "08:00", "12:30:45",
     "2027-02-01", "2027-02-01T09:00:00+01:00", ".inf", "=", "<<", "99.90 %"],
)  # fmt: skip
def test_a_text_stays_the_text_that_was_written(written: str) -> None:
    assert plain(block(f"a: {written}\nb: [{written}]\n")) == {"a": written, "b": [written]}


def test_a_key_without_a_value_holds_an_empty_text() -> None:
    assert plain(block("a:\nb: ''\n")) == {"a": "", "b": ""}


def test_get_keys_and_contains() -> None:
    root = block("clock: response\ntarget: {by: plan, gold: 1 hour}\nquotes: [one, two]\n")
    assert root.keys == ("clock", "target", "quotes")
    assert "target" in root
    assert root.get("absent") is None
    key = root.key("quotes")
    assert key is not None
    assert key.place == Place("block.md", 3, 1)
    target, quotes = root.get("target"), root.get("quotes")
    assert isinstance(target, Mapping)
    assert isinstance(quotes, Sequence)
    assert [each.text for each in scalars(quotes)] == ["one", "two"]
    assert len(quotes) == len(target) == 2


PLACES = """clock: response
target:
  by: request.priority
  high: 48 business hours
quotes: [one thing,
  'another thing', "a third"]
facts:
  - {at: now, type: request.opened}
  - - deep
words: |
  All of
  them.
"""


def test_places_are_right_in_lists_brackets_and_blocks() -> None:
    page = "> intro\n\n# Goodwill\n\n1. Item\n\n   ```yaml sla\n"
    body = "".join(f"   {line}\n" for line in PLACES.splitlines())
    found = document(page + body + "   ```\n")
    (term,) = found.blocks
    seen = {}
    for scalar in scalars(term.root):
        line = found.line(scalar.place.line)
        seen[scalar.text] = line[scalar.place.column - 1 :]
    assert seen["48 business hours"] == "48 business hours"
    assert seen["one thing"] == "one thing,"
    assert seen["another thing"] == "'another thing', \"a third\"]"
    assert seen["a third"] == '"a third"]'
    assert seen["request.opened"] == "request.opened}"
    assert seen["deep"] == "deep"
    assert seen["All of\nthem.\n"] == "|"
    assert term.place == Place("sample.md", 18, 4)
    assert term.kind == "clock"
    assert term.name_place == Place("sample.md", 18, 11)


def test_a_place_within_a_text_is_exact_when_the_text_is() -> None:
    root = block("a: 'within 48 hours'\nb: within 48 hours\nc: 'it''s 48 hours'\n")
    places = [str(scalar.place_of(7)) for _, scalar in root.entries if isinstance(scalar, Scalar)]
    assert places == ["block.md:1:12", "block.md:2:11", "block.md:3:4"]


def refused(text: str) -> list[str]:
    return [problem.code for problem in read_tree(snippet(text))[1]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &b c\n", "yaml-anchor"),
        ("a: *b\n", "yaml-anchor"),
        ("a: * b\n", "yaml-anchor"),
        ("a: !!int 3\n", "yaml-tag"),
        ("a: !<tag:x> 3\n", "yaml-tag"),
        ("%TAG ! tag:x:\n---\na: b\n", "yaml-documents"),
        ("%WHAT is this\n", "yaml-structure"),
        ("---\na: b\n", "yaml-documents"),
        ("a: b\n---\nc: d\n", "yaml-documents"),
        ("a: b\n...\n", "yaml-documents"),
        ("a: b\n...\nc: d\n", "yaml-documents"),
        ("[a]: b\n", "yaml-key"),
        ("{a: b}: c\n", "yaml-key"),
        ("? a\n: b\n? a\n: c\n", "duplicate-key"),
        ("a:\n  b: 1\n  b: 2\n", "duplicate-key"),
        ("a: [{b: 1, b: 2}]\n", "duplicate-key"),
        ("a:\n\tb: c\n", "yaml-tab"),
        ('a: "\\ud800"\n', "yaml-escape"),
        ('a: "\\0"\n', "yaml-escape"),
        ('a: "\\u202e"\n', "yaml-escape"),
        ('a: "\\UFFFFFFFF"\n', "yaml-escape"),
        ('a: "\\q"\n', "yaml-escape"),
        ("a: b: c\n", "yaml-colon"),
        ("a: [b, c\n", "yaml-bracket"),
        ("a: {b: c\n", "yaml-bracket"),
        ("a: 'b\n", "yaml-quotation-open"),
        ("a: @b\n", "yaml-sign"),
        ("a: b\nc\n", "yaml-no-colon"),
        ("a: b\n   c: d\n", "yaml-colon"),
        ("a:\n   b: c\n  d: e\n", "yaml-structure"),
    ],
)  # fmt: skip
def test_what_agreements_do_not_use_is_refused(text: str, code: str) -> None:
    assert refused(text) == [code]


def test_every_repeated_key_is_reported_and_the_first_counts() -> None:
    root, problems = read_tree(snippet("a: 1\nb: 2\na: 3\nb: 4\na: 5\n"))
    assert [str(problem.place) for problem in problems] == [
        "block.md:3:1",
        "block.md:4:1",
        "block.md:5:1",
    ]
    assert root is not None
    assert plain(root) == {"a": "1", "b": "2"}


def test_twelve_levels_are_read_and_thirteen_are_not() -> None:
    assert refused("a: " + "[" * 11 + "b" + "]" * 11 + "\n") == ["yaml-depth"]
    assert refused("a: " + "[" * 10 + "b" + "]" * 10 + "\n") == []
    assert read_quickly(snippet("a: " + "[" * 10 + "b" + "]" * 10 + "\n")) is not None


@settings(max_examples=400)
@given(YAML_TEXTS)
@example("a: b\n\n  c\n")
@example("a:\n- b\n- c\nd: e\n")
@example("a:\n  - b: c\n    d: e\n  - f\n")
@example("a: [b,\nc]\n")
@example("a: [b,\n  c]\n  \nd: e\n")
@example("a: {b: [c, {d: e}], f: 'g'}\n")
@example("a: b\n  c\n  d\ne: f\n")
@example("a: {b: c}\n  d\n")
@example("a:b: c\n")
@example("a: [x y , z]\n")
@example("a: {b:c: d}\n")
def test_the_quick_reader_gives_the_tree_of_the_whole_rules_or_none(text: str) -> None:
    quick = read_quickly(snippet(text))
    if quick is not None:
        assert compose(snippet(text)) == (quick, ())


def test_the_quick_reader_reads_the_terms_that_agreements_have(
    repository: Path, shared: Callable[[str], Path]
) -> None:
    pages = [shared("examples/harbour.md"), *(repository / "agreements").rglob("*.md")]
    for path in pages:
        for found in re.findall(r"```yaml sla\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
            quick = read_quickly(snippet(found))
            assert quick is not None, found
            assert compose(snippet(found)) == (quick, ())


@settings(max_examples=150)
@given(YAML_TEXTS)
def test_any_block_gives_a_tree_or_problems_that_lie_in_it(text: str) -> None:
    root, problems = read_tree(snippet(text))
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.line == lines[problem.place.line - 1]
    for scalar in scalars(root) if root is not None else ():
        line = lines[scalar.place.line - 1]
        assert 1 <= scalar.place.column <= len(line) + 1
        if scalar.exact:
            start = scalar.place_of(0).column - 1
            assert line[start : start + len(scalar.text)] == scalar.text


def test_one_broken_block_hides_no_other() -> None:
    good = "```yaml sla\nclock: b\n```\n"
    reading = read(f"# One\n\nWords.\n\n```yaml sla\nclock: [\n```\n\n{good}")
    assert [problem.code for problem in reading.problems] == ["yaml-bracket"]
    assert reading.document is not None
    (clause,) = reading.document.clauses
    assert [each.name for each in clause.blocks] == ["b"]
    assert clause.unread == 1


def test_reading_a_path_and_its_bytes_is_the_same(shared: Callable[[str], Path]) -> None:
    path = shared("examples/harbour.md")
    assert read_document(path).document == read_document((str(path), path.read_bytes())).document
