"""The prose of a page as HTML: markdown-it's renderer, with nothing in it that could run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from uphold.agreement.markdown import SAFE_SCHEMES, is_term_fence, parser

_ALIGNED = re.compile(r"text-align:(left|right|center)")
_CLASSES = {"left", "right", "center", "image", "mark", "note", "wide"}

TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li"),
    *("ol", "p", "pre", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id", "role"},
    "div": {"id", "role", "tabindex"},
    "ol": {"start"},
    "th": {"scope"},
}


class PageRenderer(RendererHTML):
    """Renders the tokens of one page; footnotes are numbered in the order of their marks.

    Images are not fetched: a reader sees what their text says. `note_name` gives the words that
    stand for a note to those who do not see its place.
    """

    def __init__(self, note_name: Callable[[str], str], parser: Any = None) -> None:
        super().__init__(parser)
        self._note_name = note_name
        self._numbers: dict[str, int] = {}
        self._marks: dict[str, int] = {}
        self._noted: set[int] = set()

    def render_tokens(self, tokens: Sequence[Token]) -> str:
        """The tokens as HTML, cleaned once more of whatever this page does not use."""
        return clean(self.render([_joined(token) for token in tokens], parser().options, {}))

    def _number(self, label: str) -> int:
        return self._numbers.setdefault(label, len(self._numbers) + 1)

    def footnote_ref(
        self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """A mark, linked with its note."""
        number = self._number(tokens[index].meta["label"])
        again = self._marks.get(tokens[index].meta["label"], 0) + 1
        self._marks[tokens[index].meta["label"]] = again
        name = f"uphold-mark-{number}" if again == 1 else f"uphold-mark-{number}-{again}"
        link = f'<a href="#uphold-note-{number}" id="{name}" role="doc-noteref">{number}</a>'
        return f'<sup class="mark">{link}</sup>'

    def footnote_reference_open(
        self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """A note, where the page has it."""
        number = self._number(tokens[index].meta["label"])
        back = f'<a href="#uphold-mark-{number}" title="{escape(self._note_name(str(number)))}">'
        identity = "" if number in self._noted else f' id="uphold-note-{number}"'
        self._noted.add(number)
        return f'<div class="note"{identity} role="note">{back}{number}</a>\n'

    def footnote_reference_close(
        self, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """The end of a note."""
        return "</div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Code as it is written; terms stand beside their clause instead."""
        if is_term_fence(tokens[idx]):
            return ""
        return f"<pre><code>{escape(tokens[idx].content)}</code></pre>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The words for an image: fetching it would tell its host who reads the agreement."""
        words = self.renderInlineAsText(tokens[idx].children, options, env)
        return f'<span class="image">{escape(words)}</span>'

    def table_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A table, in a frame that a narrow screen can scroll, by keyboard too."""
        return '<div class="wide" tabindex="0">' + self.renderToken(tokens, index, options, env)

    def table_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The end of a table and its frame."""
        return self.renderToken(tokens, index, options, env) + "</div>\n"

    def th_open(
        self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """A heading of a column."""
        return f'<th scope="col"{_alignment(tokens[index])}>'

    def td_open(
        self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """A cell."""
        return f"<td{_alignment(tokens[index])}>"


def clean(html: str) -> str:
    """The second wall: only the tags, attributes and links that this page itself writes."""
    import nh3

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=dict.fromkeys(("div", "span", "sup", "td", "th"), _CLASSES),
        url_schemes=set(SAFE_SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def _alignment(token: Token) -> str:
    found = _ALIGNED.fullmatch(str(token.attrGet("style") or ""))
    return f' class="{found[1]}"' if found else ""


def _joined(token: Token) -> Token:
    """The renderer knows no separate escapes and entities: they are text again."""
    for child in token.children or ():
        if child.type == "text_special":
            child.type = "text"
        _joined(child)
    return token
