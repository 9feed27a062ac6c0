"""Pages and pieces of pages that the tests of reading share."""

from __future__ import annotations

from hypothesis import strategies as st

from uphold.agreement.document import Document, Reading, read_document
from uphold.agreement.document_page import Page, Snippet
from uphold.agreement.format_yaml import yaml_lines
from uphold.agreement.problem import Place
from uphold.agreement.tree import Mapping, Node, Scalar, Sequence

HEADER = """---
agreement: sample
title: A sample
revision: 1
posted: 2027-02-01T09:00:00+01:00
language: en
provider: Fjordline Hosting
zone: Europe/Oslo
---

"""


def read(body: str, header: str = HEADER) -> Reading:
    """The reading of a page with a good header."""
    return read_document(("sample.md", header + body))


def document(body: str, header: str = HEADER) -> Document:
    """The document of a page in which nothing is wrong."""
    reading = read(body, header)
    assert reading.document is not None
    assert reading.problems == ()
    return reading.document


def codes(reading: Reading) -> list[str]:
    """The codes of a reading's problems, in the order of the page."""
    return [problem.code for problem in reading.problems]


def snippet(text: str) -> Snippet:
    """A block that begins in line 1 of a page of its own."""
    return Snippet(Page("block.md", text), text, 1)


def term(body: str, prose: str = "We value plain words.") -> str:
    """A clause with one block."""
    return f"# Goodwill\n\n{prose}\n\n```yaml sla\n{body}```\n"


# Words that YAML, Markdown and HTML each read in their own way.
WORDS = st.sampled_from(
    [
        *("clock", "response", "8 business hours", "NO", "1.0", "08:00-16:00", "a", "b c", "é日本"),
        *(
            "request.opened",
            "99.9 %",
            "it's",
            'say "so"',
            "x: y",
            "x #y",
            "#",
            "-",
            "- x",
            "?",
            ":",
        ),
        *("[", "]", "{", "}", ",", "&a", "*a", "!b", "|", ">", "'", '"', "%", "@", "`", "~", "\\"),
        *("<<", "---", "...", "a:b", "a:", ":a", "-a", "a,b", "a ", " a", "", "http://x.y/z", "''"),
        *(
            "\N{NO-BREAK SPACE}",
            "\N{SOFT HYPHEN}",
            "a\N{COMBINING ACUTE ACCENT}",
            "\N{GRINNING FACE}",
        ),
    ]
)
YAML_LINES = st.builds(
    lambda indent, start, key, end: " " * indent + start + key + end,
    st.integers(0, 5),
    st.sampled_from(["", "- ", "? ", "- - ", "# ", "  "]),
    WORDS,
    st.one_of(
        st.sampled_from(["", ":", ": ", ":  ", ",", "]", "}", " # no"]),
        st.builds(": {}".format, WORDS),
        st.builds(": [{}, {}]".format, WORDS, WORDS),
        st.builds(": {{{}: {}}}".format, WORDS, WORDS),
        st.builds(": '{}'".format, WORDS),
        st.builds(': "{}"'.format, WORDS),
        st.builds(": [{},".format, WORDS),
        st.sampled_from([": |", ": >-", ": &a", ": *a", ": !t"]),
    ),
)
WILD_YAML = st.lists(YAML_LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n")

_FRIENDLY = st.sampled_from(
    ["clock", "8 business hours", "a", "b c", "request.opened", "08:00-16:00", "request:1/x", "é日"]
)
_HERE = Place("made.md", 1, 1)


def _mapping(pairs: dict[str, Node], flow: bool) -> Mapping:
    return Mapping(tuple((Scalar(key, _HERE), value) for key, value in pairs.items()), _HERE, flow)


def trees(
    texts: st.SearchStrategy[str], keys: st.SearchStrategy[str]
) -> st.SearchStrategy[Mapping]:
    """Terms: mappings whose values are texts, lists and mappings, some of them in brackets."""
    leaves = st.builds(lambda text, style: Scalar(text, _HERE, style), texts, st.sampled_from("'|"))
    nodes = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda items: Sequence(tuple(items), _HERE), st.lists(inner, max_size=4)),
            st.builds(_mapping, st.dictionaries(keys, inner, max_size=4), st.booleans()),
        ),
        max_leaves=8,
    )
    return st.builds(_mapping, st.dictionaries(keys, nodes, min_size=1, max_size=5), st.just(False))


TERMS = trees(_FRIENDLY, _FRIENDLY)
LINES = st.sampled_from(
    [
        "two\nlines",
        "one\n",
        "\n",
        "\n\nlate",
        "a\n  b",
        "a \nb",
        "a\n\n\nb",
        "# a\n- b: c\n",
        "a\n\n",
    ]
)
ODD_TERMS = trees(st.one_of(WORDS, LINES), WORDS.filter(bool))


def _meddled(text: str, at: int, cut: int, put: str) -> str:
    at %= len(text) + 1
    return text[:at] + put + text[at + cut :]


TIDY_YAML = TERMS.map(lambda term: "\n".join(yaml_lines(term)) + "\n")
MEDDLED_YAML = st.builds(
    _meddled,
    TIDY_YAML,
    st.integers(0, 10_000),
    st.integers(0, 2),
    st.sampled_from([*" \n-:,[]{}'\"#&*!|>?%@a", "  ", "\n ", "\n  ", ": ", "- ", "''", " #", ""]),
)
YAML_TEXTS = st.one_of(MEDDLED_YAML, TIDY_YAML, WILD_YAML)
