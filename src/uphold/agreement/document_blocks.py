"""The fenced blocks of a clause: which are terms, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from uphold.agreement.document_page import Page, Snippet
from uphold.agreement.document_parts import Block
from uphold.agreement.markdown import fences, is_closed, is_term_fence
from uphold.agreement.problem import Problem
from uphold.agreement.tree import Mapping, Scalar
from uphold.agreement.tree_reading import read_mapping

if TYPE_CHECKING:
    from markdown_it.token import Token

KINDS = (
    "calendar", "service", "priority", "applies", "clock", "indicator", "evidence",
    "availability", "window", "notice", "retention", "credit", "judgement", "supplier",
    "amendment", "open", "text only", "example",
)  # fmt: skip
"""The kinds of terms, to know one in a fence that does not say `sla`."""

_FIRST_KEY = re.compile(r"([a-z][a-z ]*):(?:\s|$)")


def read_blocks(page: Page, tokens: Sequence[Token]) -> tuple[list[Block], int, list[Problem]]:
    """The terms among the tokens, how many more could not be read, and what is wrong."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    unread = 0
    for fence in fences(tokens):
        if not is_closed(fence):
            problems.append(_unclosed(page, fence))
            unread += is_term_fence(fence)
        elif not is_term_fence(fence):
            problems += _unmarked(page, fence)
        else:
            root, wrong = read_mapping(snippet_of(page, fence))
            problems += wrong
            unread += root is None
            if root is not None:
                blocks.append(_block(root, fence))
    return blocks, unread, problems


def snippet_of(page: Page, fence: Token) -> Snippet:
    """The YAML in a fence, which may itself stand in a list or a quotation."""
    first = (fence.map or [0])[0] + 2
    lines = fence.content.split("\n")
    indents = tuple(
        len(shown) - len(line) if (shown := page.line(first + number)).endswith(line) else 0
        for number, line in enumerate(lines)
    )
    return Snippet(page, fence.content, first, indents if any(indents) else ())


def _block(root: Mapping, fence: Token) -> Block:
    kind, value = root.entries[0]
    name = value.text if isinstance(value, Scalar) else ""
    start, end = fence.map or (0, 0)
    return Block(kind.place, root, kind.text, name, "", start + 1, end)


def _unclosed(page: Page, fence: Token) -> Problem:
    number = (fence.map or [0])[0] + 1
    line = page.line(number)
    column = max(line.find(fence.markup), 0) + 1
    data = {"fence": fence.markup}
    return page.found("unclosed-fence", page.place(number, column), data, length=len(fence.markup))


def _unmarked(page: Page, fence: Token) -> list[Problem]:
    """A warning when a fence that is no term begins as one."""
    first = _FIRST_KEY.match(fence.content)
    if first is None or first[1] not in KINDS:
        return []
    number = (fence.map or [0])[0] + 1
    line = page.line(number)
    column = max(line.find(fence.markup), 0) + 1
    data = {"kind": first[1], "info": fence.info.strip()}
    place = page.place(number, column)
    length = len(line.rstrip()) - column + 1
    return [page.found("fence-not-sla", place, data, length=length, severity="warning")]
