"""The header of an agreement: the lines between `---` at the top of the page."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.document_page import Page, Snippet
from uphold.agreement.problem import Problem, nearest
from uphold.agreement.tree import Mapping, Scalar, Sequence
from uphold.agreement.tree_reading import read_mapping

HEADER_KEYS = (
    "agreement", "title", "revision", "supersedes", "posted", "in force from", "language",
    "translation of", "provider", "zone", "currency", "prevails", "depends on", "source",
)  # fmt: skip
NEEDED = ("agreement", "title", "revision", "posted", "language", "provider", "zone")
NEEDED_OF_TRANSLATION = ("title", "revision", "language")
LISTS = ("prevails", "depends on", "source")
"""Keys that may hold several texts."""


def header_length(page: Page) -> int:
    """How many lines the header takes, both its lines of `---` too; 0 without a header."""
    if page.line(1).rstrip() != "---":
        return 0
    ends = (n for n in range(2, len(page.lines) + 1) if page.line(n).rstrip() in ("---", "..."))
    return next(ends, 0)


def read_header(page: Page, lines: int) -> tuple[Mapping, tuple[Problem, ...]]:
    """The header as a mapping, empty when there is none to be read, and what is wrong with it."""
    nothing = Mapping((), page.place(1, 1))
    if not lines:
        begun = page.line(1).rstrip() == "---"
        code = "header-unclosed" if begun else "header-missing"
        return nothing, (page.found(code, page.place(1, 1), length=3 if begun else 1),)
    text = "\n".join(page.lines[1 : lines - 1])
    root, problems = read_mapping(Snippet(page, text, 2), header=True)
    if root is None:
        return nothing, problems
    return root, (*problems, *_keys(page, root), *_values(page, root))


def _keys(page: Page, header: Mapping) -> Iterator[Problem]:
    for key, _value in header.entries:
        if key.text not in HEADER_KEYS:
            near = nearest(key.text, HEADER_KEYS)
            yield page.found(
                "header-key",
                key.place,
                {"key": key.text, "nearest": near or "", "known": HEADER_KEYS},
                length=key.length,
                hint="unknown-name" if near else "unknown-name-among",
            )
    needed = NEEDED_OF_TRANSLATION if "translation of" in header else NEEDED
    lacking = tuple(name for name in needed if name not in header)
    if lacking:
        yield page.found("header-lacks", page.place(1, 1), {"keys": lacking}, length=3)


def _values(page: Page, header: Mapping) -> Iterator[Problem]:
    for key, value in header.entries:
        listed = isinstance(value, Sequence) and key.text in LISTS
        parts = value.items if isinstance(value, Sequence) and listed else (value,)
        if key.text in HEADER_KEYS and not all(
            isinstance(part, Scalar) and part.text.strip() for part in parts
        ):
            data = {"key": key.text}
            yield page.found("header-value", key.place, data, length=key.length)
