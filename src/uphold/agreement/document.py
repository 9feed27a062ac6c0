"""Reading a page: whatever it holds, the answer is a document, its problems, or both."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from uphold.agreement.document_blocks import read_blocks
from uphold.agreement.document_header import header_length, read_header
from uphold.agreement.document_notes import dangling_notes, notes_of
from uphold.agreement.document_page import Page
from uphold.agreement.document_parts import (
    PREAMBLE,
    Block,
    Clause,
    Document,
    Note,
    Reading,
)
from uphold.agreement.document_source import Source, read_page
from uphold.agreement.markdown import Section, fences, is_term_fence, parse, sections, too_deep
from uphold.agreement.markdown_anchor import is_anchor, label_of, slug
from uphold.agreement.markdown_words import words_of
from uphold.agreement.problem import Place, Problem, limited
from uphold.messages import Value

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = [
    "PREAMBLE",
    "Block",
    "Clause",
    "Document",
    "Note",
    "Reading",
    "read_document",
]

MOST_CLAUSES = 1_000


def read_document(source: Source) -> Reading:
    """The agreement at a path, or of a name and its text or bytes: `("harbour.md", b"...")`.

    Never raises for what the page holds. All problems are reported, in the order of the page;
    a page that cannot be read at all (too large, no text) gives one problem and no document.
    """
    page = read_page(source)
    if isinstance(page, Problem):
        return Reading(None, (page,))
    header_lines = header_length(page)
    text = "\n" * header_lines + "\n".join(page.lines[header_lines:])
    tokens = parse(text)
    cut = sections(tokens, header_lines, len(page.lines))
    refused = _refused(page, tokens, cut)
    if refused is not None:
        return Reading(None, (refused,))
    return _Assembly(page).document(header_lines, cut)


def _refused(page: Page, tokens: Sequence[Token], cut: Sequence[Section]) -> Problem | None:
    """Why a page is not read any further once its shape is known."""
    if len(cut) > MOST_CLAUSES:
        place = page.place(cut[MOST_CLAUSES].start + 1, 1)
        data: dict[str, Value] = {"headings": len(cut) - 1, "most": MOST_CLAUSES}
        return page.found("too-many-headings", place, data)
    deep = too_deep(tokens)
    if deep is not None:
        return page.found("markdown-depth", page.place((deep.map or [0])[0] + 1, 1))
    return None


@dataclass(slots=True)
class _Assembly:
    """Puts the document together and gathers what is wrong on the way."""

    page: Page
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, Clause] = field(default_factory=dict)

    def document(self, header_lines: int, cut: Sequence[Section]) -> Reading:
        header, problems = read_header(self.page, header_lines)
        self.problems += problems
        clauses = tuple(clause for section in cut if (clause := self.clause(section)) is not None)
        self.problems += dangling_notes(self.page, clauses)
        digest = hashlib.sha256(self.page.text.encode()).hexdigest()
        document = Document(self.page.file, self.page.text, header, clauses, digest)
        return Reading(document, limited(self.problems))

    def clause(self, section: Section) -> Clause | None:
        """The clause of a section; none for an empty page above the first heading."""
        words = words_of(self.page, section.tokens)
        blocks, unread, problems = read_blocks(self.page, section.tokens)
        self.problems += problems
        heading = words_of(self.page, section.heading)
        if not section.heading and not words.text and not blocks and not unread:
            return None
        label, title = label_of(heading.text)
        place = self._place(section)
        clause = Clause(
            anchor=self._anchor(section, title, place),
            label=label,
            title=title,
            level=section.level,
            place=place,
            prose=_prose(self.page, section),
            words=words,
            heading=heading,
            notes=notes_of(self.page, section.tokens, words),
            unread=unread,
            first_line=section.start + 1,
            last_line=section.end,
        )
        clause = replace(clause, blocks=_in_clause(blocks, clause.anchor))
        self._remember(clause, section)
        return clause

    def _place(self, section: Section) -> Place:
        """The heading's first sign, or the first words above all headings."""
        line = section.start
        while line < section.end - 1 and not self.page.line(line + 1).strip():
            line += 1
        text = self.page.line(line + 1)
        return self.page.place(line + 1, len(text) - len(text.lstrip()) + 1)

    def _anchor(self, section: Section, title: str, place: Place) -> str:
        if not section.heading:
            return PREAMBLE
        written = section.heading[0].meta.get("anchor")
        if written is None:
            return slug(title)
        if not is_anchor(written):
            text = section.heading[0].meta["anchor_text"]
            data = {"anchor": written, "better": slug(written)}
            column = max(self.page.line(place.line).rfind(text), 0) + 1
            at = self.page.place(place.line, column)
            self.problems.append(self.page.found("anchor-form", at, data, length=len(text)))
            return slug(written)
        return str(written)

    def _remember(self, clause: Clause, section: Section) -> None:
        """Two clauses of one anchor: nothing could be said of either."""
        first = self.anchors.setdefault(clause.anchor, clause)
        if first is clause:
            return
        written = bool(section.heading) and "anchor" in section.heading[0].meta
        self.problems.append(
            self.page.found(
                "duplicate-anchor",
                clause.place,
                {"anchor": clause.anchor, "line": str(first.place.line)},
                hint="duplicate-anchor" if written else "duplicate-anchor-made",
            )
        )


def _in_clause(blocks: Sequence[Block], anchor: str) -> tuple[Block, ...]:
    return tuple(replace(block, clause=anchor) for block in blocks)


def _prose(page: Page, section: Section) -> str:
    """The section's Markdown below its heading, without the lines of its terms."""
    dropped: set[int] = set()
    for fence in fences(section.tokens):
        if is_term_fence(fence) and fence.map:
            dropped.update(range(*fence.map))
    kept = [
        page.line(number + 1)
        for number in range(section.below, section.end)
        if number not in dropped
    ]
    return "\n".join(kept).strip("\n")
