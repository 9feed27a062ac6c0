"""Footnotes: marks that lead to no note, and notes that no mark leads to.

Besides Markdown's own `[^1]`, published agreements bear typographic marks: a star or a dagger
behind a word, with a line below the table that begins with the same mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from uphold.agreement.document_page import Page
from uphold.agreement.document_parts import Clause, Note
from uphold.agreement.markdown_words import Words
from uphold.agreement.problem import Problem

if TYPE_CHECKING:
    from markdown_it.token import Token

# Behind a word (directly, or after one space where the words end), and before nothing that would
# make it a sign of calculation or of emphasis.
_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{3})[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[\w)\]%.,;:!?”\"'])(?:\*{1,4}|†{1,3}|‡{1,3}))"
    r"(?=$|[\s.,;:!?)\]”\"'])"
    r"|(?<=\S) (?:\*{1,4}|†{1,3}|‡{1,3})(?=$|[.,;:!?)])"
)
_NOTE = re.compile(r"(\*{1,4}|†{1,3}|‡{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+)(?=[^*†‡]|$)\s*\S")


def notes_of(page: Page, tokens: Sequence[Token], words: Words) -> tuple[Note, ...]:
    """The marks and notes of a clause, in the order of the page."""
    found = [Note(f"[^{label}]", page.place(*at)) for _, label, *at in words.marks]
    found += _definitions(page, tokens)
    found += _star_lists(page, tokens)
    for start, paragraph in words.paragraphs():
        behind = 0
        if (note := _NOTE.match(paragraph)) is not None:
            found.append(Note(note[1], words.place_of(start), defines=True))
            behind = note.end(1)
        for mark in _MARK.finditer(paragraph, behind):
            if any(begin <= start + mark.start() < end for begin, end in words.code):
                continue
            sign = mark[0].lstrip()
            place = words.place_of(start + mark.end() - len(sign))
            found.append(Note(sign, place))
    return tuple(sorted(found, key=lambda note: note.place))


def _definitions(page: Page, tokens: Sequence[Token]) -> Iterator[Note]:
    for token in tokens:
        if token.type == "footnote_reference_open" and token.map:
            mark = f"[^{token.meta['label']}]"
            line = token.map[0] + 1
            column = max(page.line(line).find(mark), 0) + 1
            yield Note(mark, page.place(line, column), defines=True)


def _star_lists(page: Page, tokens: Sequence[Token]) -> Iterator[Note]:
    """A list of one item with a star may be the note of a star: Markdown reads it as a list."""
    for position, token in enumerate(tokens):
        if token.type != "bullet_list_open" or token.markup != "*" or not token.map:
            continue
        items = 0
        for after in tokens[position + 1 :]:
            if after.type == "bullet_list_close" and after.level == token.level:
                break
            items += after.type == "list_item_open" and after.level == token.level + 1
        if items == 1:
            line = token.map[0] + 1
            column = max(page.line(line).find("*"), 0) + 1
            yield Note("*", page.place(line, column), defines=True)


def dangling_notes(page: Page, clauses: Sequence[Clause]) -> Iterator[Problem]:
    """Marks whose note is nowhere on the page, and notes no mark leads to."""
    notes = [note for clause in clauses for note in clause.notes]
    defined = {note.mark for note in notes if note.defines}
    marked = {note.mark for note in notes if not note.defines}
    yield from _repeated(page, notes)
    for note in notes:
        length = len(note.mark)
        data = {"mark": note.mark}
        if not note.defines and note.mark not in defined:
            hint = "note-missing-footnote" if note.mark.startswith("[^") else "note-missing"
            yield page.found("note-missing", note.place, data, length=length, hint=hint)
        elif note.defines and note.mark not in marked and not _is_list(page, note):
            yield page.found("note-unused", note.place, data, length=length, severity="warning")


def _repeated(page: Page, notes: Sequence[Note]) -> Iterator[Problem]:
    """Two notes of one `[^mark]`. A star may have its note below each of several tables."""
    first: dict[str, Note] = {}
    for note in notes:
        if note.defines and note.mark.startswith("[^"):
            earlier = first.setdefault(note.mark, note)
            if earlier is not note:
                yield page.found(
                    "duplicate-note",
                    note.place,
                    {"mark": note.mark, "line": str(earlier.place.line)},
                    length=len(note.mark),
                )


def _is_list(page: Page, note: Note) -> bool:
    """Whether the "note" is only an item of a list whose bullet is a star."""
    return note.mark == "*" and page.line(note.place.line)[note.place.column - 1 :][:2] == "* "
