"""Markdown as agreements use it: CommonMark with tables and footnotes, cut at its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

DEEPEST = 16
"""Lists and quotations may hold each other this deep, a list and its item counted apart. The
parser drops what is deeper than 20 without a word."""
SAFE_SCHEMES = ("http", "https", "mailto", "tel")

_ANCHOR = re.compile(r"[ \t]*\{#([^{}]*)\}[ \t]*$")
_PATH = re.compile(r"[/?#]")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f]+")


def is_safe_link(address: str) -> bool:
    """Whether a link may be followed: to the web, to mail or a telephone, or on this site.

    Stricter than a browser: whatever stands before a colon in the address's first part must be
    one of the schemes, even where it could be none.
    """
    first = _PATH.split(_INVISIBLE.sub("", address), maxsplit=1)[0]
    return ":" not in first or first.partition(":")[0].lower() in SAFE_SCHEMES


@lru_cache
def parser() -> MarkdownIt:
    """The one Markdown parser. Raw HTML is text; links elsewhere than to safe places are text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    footnote_plugin(markdown, inline=False, move_to_end=False, always_match_refs=True)
    # Escapes and entities stay apart from the text around them, so that places can be told.
    markdown.core.ruler.disable("text_join")
    markdown.core.ruler.before("inline", "heading_anchor", _take_anchors)
    # The library's own way to say which links may be followed is to put another method there.
    markdown.validateLink = is_safe_link  # type: ignore[assignment,method-assign]
    return markdown


def _take_anchors(state: StateCore) -> None:
    """Moves `{#anchor}` from the end of a heading's text to the heading's data."""
    for before, token in pairwise(state.tokens):
        if before.type == "heading_open" and (anchor := _ANCHOR.search(token.content)):
            before.meta["anchor"] = anchor[1].strip()
            before.meta["anchor_text"] = anchor[0].strip()
            token.content = token.content[: anchor.start()]


def parse(text: str) -> list[Token]:
    """The tokens of a page; their `map` counts lines from 0."""
    return parser().parse(text)


def too_deep(tokens: Sequence[Token]) -> Token | None:
    """The first list or quotation that stands deeper than pages are read."""
    return next((token for token in tokens if token.level > DEEPEST and token.map), None)


@dataclass(slots=True)
class Section:
    """A heading and what stands below it, down to the next heading of any level.

    Lines count from 0, `end` is the first line behind. The first section has no heading.
    """

    start: int
    end: int
    heading: Sequence[Token] = ()
    tokens: list[Token] = field(default_factory=list)

    @property
    def level(self) -> int:
        """1 for `#`, 6 for `######`, 0 without a heading."""
        return int(self.heading[0].tag[1:]) if self.heading else 0

    @property
    def below(self) -> int:
        """The first line below the heading."""
        lines = self.heading[0].map if self.heading else None
        return lines[1] if lines else self.start


def sections(tokens: Sequence[Token], first_line: int, last_line: int) -> list[Section]:
    """The page cut at its headings; a heading within a list or a quotation does not cut."""
    found = [Section(first_line, last_line)]
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and token.level == 0:
            start = token.map[0] if token.map else last_line
            found[-1].end = start
            found.append(Section(start, last_line, tokens[position : position + 3]))
            position += 3
            continue
        found[-1].tokens.append(token)
        position += 1
    return found


def fences(tokens: Sequence[Token]) -> Iterator[Token]:
    """The fenced blocks among the tokens."""
    return (token for token in tokens if token.type == "fence")


def is_term_fence(token: Token) -> bool:
    """Whether a fenced block holds a term: ```yaml sla."""
    return token.type == "fence" and token.info.casefold().split() == ["yaml", "sla"]


def is_closed(fence: Token) -> bool:
    """Whether the fence has its closing line: its lines are then its content and two more."""
    start, end = fence.map or (0, 0)
    return end - start == fence.content.count("\n") + 2
