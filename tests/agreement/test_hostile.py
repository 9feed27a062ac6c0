"""Pages made to do harm: each gets one clear problem, in under two seconds, and no traceback."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.pages import HEADER, MEDDLED_YAML, WILD_YAML, WORDS, codes, read, term

from uphold.agreement.document import Reading, read_document
from uphold.agreement.document_source import LONGEST_LINE, MOST_LINES, MOST_SIGNS

BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
WIDE = 19_000
CELLS = "too-many-cells"


def block(body: str) -> str:
    return HEADER + term(body)


ONE_PROBLEM: dict[str, tuple[str | bytes, str]] = {
    "fifty megabytes": (b"a" * 50_000_000, "file-too-large"),
    "fifty megabytes of text": ("a\n" * 25_000_000, "file-too-large"),
    "a long line": (HEADER + "a" * 900_000, "line-too-long"),
    "many lines": (HEADER + "a\n\n" * 100_000, "too-many-lines"),
    "a hundred thousand headings": (HEADER + "# a\n" * 100_000, "too-many-lines"),
    "headings on few lines": (HEADER + "# a\n" * 9_000, "too-many-headings"),
    "zeros": (b"\0" * 1000, "file-binary"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 9, "file-binary"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "file-kind"),
    "a document of a word processor": (b"PK\x03\x04\x14\0\x06\0" + b"word" * 99, "file-kind"),
    "UTF-16": ((HEADER + "# A\n\nÅ.\n").encode("utf-16"), "encoding"),
    "UTF-16 without its mark": ((HEADER + "# A\n\nÅ.\n").encode("utf-16-le"), "encoding"),
    "UTF-16 the other way about": ((HEADER + "# A\n").encode("utf-16-be"), "encoding"),
    "UTF-32": ((HEADER + "# A\n").encode("utf-32"), "encoding"),
    "Latin-1": ((HEADER + "# Å\n").encode("latin-1"), "encoding-byte"),
    "UTF-8 cut short": (HEADER.encode() + "Å".encode()[:1], "encoding-byte"),
    "half characters": (HEADER + "# A\ud800\n", "hidden-character"),
    "a zero in a text": (HEADER + "a\0b\n", "hidden-character"),
    "writing turned about": (HEADER + "48\u202e hours\n", "hidden-character"),
    "a space without width": (HEADER + "9\u200b9\n", "hidden-character"),
    "a line separator": (HEADER + "a\u2028b\n", "hidden-character"),
    "deep lists in a line": (HEADER + "- " * 9_000 + "a\n", "markdown-depth"),
    "deep lists in lines": (
        HEADER + "".join("  " * n + "- a\n" for n in range(300)),
        "markdown-depth",
    ),
    "deep quotations": (HEADER + ">" * WIDE + " a\n", "markdown-depth"),
    "deep quotations and lists": (HEADER + "> 1. - " * 2_500 + "a\n", "markdown-depth"),
    "deep notes": (HEADER + "[^a]: " * 3_000 + "a\n", "markdown-depth"),
    "brackets in lines": (HEADER + ("[" * WIDE + "\n") * 40, "too-many-signs"),
    "stars in lines": (HEADER + ("*a **b _c " * 1_900 + "\n") * 40, "too-many-signs"),
    "back slashes": (HEADER + ("\\" * WIDE + "\n") * 40, "too-many-signs"),
    "entities": (HEADER + ("&#x41;" * 3_000 + "\n") * 40, "too-many-signs"),
    "a large table": (HEADER + "|a" * 99 + "|\n" + "|-" * 99 + "|\n" + "|b\n" * 900, CELLS),
    "a bomb of aliases": (block(BOMB), "yaml-anchor"),
    "an alias of itself": (block("a: &a [*a]\n"), "yaml-anchor"),
    "deep brackets": (block("a: " + "[" * WIDE + "\n"), "yaml-depth"),
    "deep braces": (block("a: " + "{a: " * 4_000 + "\n"), "yaml-depth"),
    "deep indentation": (block("".join(" " * n + "a:\n" for n in range(200))), "yaml-depth"),
    "deep hyphens": (block("- " * 9_000 + "a\n"), "yaml-depth"),
    "deep question marks": (block("? " * 9_000 + "a\n"), "yaml-depth"),
    "a bomb in the header": ("---\n" + BOMB + "---\n\n# A\n\nB.\n", "yaml-anchor"),
    "a program in a tag": (block("a: !!python/object/apply:os.system [ls]\n"), "yaml-tag"),
    "a quotation mark left open": (block("a: '" + "b c\n" * 5_000), "yaml-quotation-open"),
}  # fmt: skip

FINE: dict[str, str] = {
    "brackets": HEADER + "[" * WIDE + "\n",
    "brackets closed": HEADER + "[" * 9_000 + "]" * 9_000 + "\n",
    "links left open": HEADER + "[a](" * 4_500 + "\n",
    "pictures in pictures": HEADER + "![[]()" * 3_000 + "\n",
    "stars": HEADER + "*a **b " * 2_500 + "\n",
    "back quotes of all lengths": HEADER + "".join("`" * n + " " for n in range(190)) + "\n",
    "ampersands": HEADER + "&" * WIDE + "\n",
    "less than": HEADER + "<" * WIDE + "\n",
    "titles left open": HEADER + '[a](b "' * 2_500 + "\n",
    "spaces": HEADER + (" " * WIDE + "\n") * 40,
    "many anchors": HEADER + "# " + "{#a} " * 3_000 + "\n",
    "a number of many parts": HEADER + "# " + "1." * 9_000 + " a\n",
    "a paragraph of many lines": HEADER + "a b\n" * (MOST_LINES - 20),
    "many references": HEADER + "".join(f"[a{n}]: b\n" for n in range(9_000)),
    "many empty fences": HEADER + "```\n```\n" * 4_000,
    "a table of many columns": HEADER + "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n|b\n",
    "a long text": block("a: " + "b " * 9_000 + "\n"),
    "a long text over lines": block("a:\n" + "  b c d e\n" * 9_000),
    "many keys": block("".join(f"k{n}: v\n" for n in range(9_000))),
    "a long list": block("a: [" + ("b, " * 6_000 + "\n  ") * 4 + "b]\n"),
    "many comments": block("a: b\n" + "# c\n" * 9_000),
    "many blocks": HEADER + "# A\n\n" + "```yaml sla\na: b\n```\n\n" * 2_000,
}


def timed(content: str | bytes) -> tuple[Reading, float]:
    begin = time.process_time()
    reading = read_document(("hostile.md", content))
    return reading, time.process_time() - begin


@pytest.mark.parametrize("name", ONE_PROBLEM)
def test_a_hostile_page_gets_one_clear_problem_at_once(name: str) -> None:
    content, code = ONE_PROBLEM[name]
    reading, seconds = timed(content)
    assert codes(reading) == [code]
    assert seconds < 2


@pytest.mark.parametrize("name", FINE)
def test_an_odd_page_within_the_limits_is_read_in_time(name: str) -> None:
    reading, seconds = timed(FINE[name])
    assert reading.document is not None
    assert {problem.code for problem in reading.problems} <= {"note-unused"}
    assert seconds < 2


def test_a_flood_of_problems_is_cut_off() -> None:
    reading, seconds = timed(block("a: b\n" * 9_000))
    assert codes(reading) == ["duplicate-key"] * 50 + ["more"]
    assert seconds < 2


def test_what_is_too_deep_to_be_read_is_never_left_out_in_silence() -> None:
    """Markdown's own parser drops what lies deeper than it goes; here the page is refused."""
    for depth in range(1, 30):
        reading = read("> " * depth + "Hidden words.\n")
        if reading.document is None:
            assert codes(reading) == ["markdown-depth"]
        else:
            assert reading.document.clauses[0].text == "Hidden words."


def test_limits_leave_room_for_long_agreements() -> None:
    clause = (
        "## Clause {number}\n\n" + "We value plain words, *every* day of the week. " * 20 + "\n\n"
    )
    page = "".join(clause.replace("{number}", str(number)) for number in range(200))
    reading, seconds = timed(HEADER + page)
    assert reading.problems == ()
    assert len(page) > 180_000
    assert seconds < 2
    assert len(page.split("\n")) < MOST_LINES
    assert LONGEST_LINE * 2 < MOST_SIGNS * 4


PIECES = st.one_of(
    st.text(max_size=20),
    WORDS,
    WILD_YAML,
    MEDDLED_YAML,
    st.sampled_from(
        [
            HEADER,
            "---\n",
            "```yaml sla\n",
            "```\n",
            "~~~ yaml sla\n",
            "# A {#a}\n",
            "\n\n",
            "> ",
            "- ",
        ]
    ),
    st.sampled_from(
        ["| a | b |\n|---|---|\n", "[^1]", "[^1]: a\n", "{#", "\r", "\r\n", "\t", "\ufeff"]
    ),
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12))
def test_any_text_gives_a_reading(parts: list[str]) -> None:
    reading = read_document(("any.md", "".join(parts)))
    assert reading.document is not None or len(reading.problems) == 1
    for problem in reading.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1


@settings(max_examples=300)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_give_a_reading(content: bytes, headed: bool) -> None:
    reading = read_document(("any.md", HEADER.encode() + content if headed else content))
    assert reading.document is not None or len(reading.problems) == 1
