"""A translation beside its original: the same clauses, in the same order, and no terms.

The figures of both are compared by the checker, clause by clause, from `pairs`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from uphold.agreement.document import Clause, Document
from uphold.agreement.document_page import Page
from uphold.agreement.problem import Problem, limited


def pairs(original: Document, translation: Document) -> tuple[tuple[Clause, Clause], ...]:
    """Each clause of the original with its translation, in the original's order."""
    return tuple(
        (clause, translated)
        for clause in original.clauses
        if (translated := translation.clause(clause.anchor)) is not None
    )


def check_pairing(original: Document, translation: Document) -> tuple[Problem, ...]:
    """What keeps a page from being a translation of the other; places are the translation's.

    A clause of the original that holds only terms, such as a list of examples, needs no
    translation but may have one.
    """
    page = Page(translation.file, translation.source)
    return limited(
        (
            *_headers(original, translation, page),
            *_terms(translation, page),
            *_extra(original, translation, page),
            *_lacking(original, translation, page),
            *_disorder(original, translation, page),
        )
    )


def _headers(original: Document, translation: Document, page: Page) -> Iterator[Problem]:
    name = original.header_text("agreement")
    named = translation.header_text("translation of")
    if "translation of" not in translation.header:
        yield page.found("translation-not", page.place(1, 1), {"original": name}, length=3)
    elif named != name:
        yield _in_header(translation, page, "translation of", "translation-of", original=name)
    if (
        translation.header_text("language").casefold()
        == original.header_text("language").casefold()
    ):
        yield _in_header(translation, page, "language", "translation-language")
    if translation.header_text("revision") != original.header_text("revision"):
        revision = original.header_text("revision")
        yield _in_header(translation, page, "revision", "translation-revision", revision=revision)


def _in_header(translation: Document, page: Page, key: str, code: str, **more: str) -> Problem:
    """A problem at a key of the translation's header, or at its top when it has no such key."""
    written = translation.header.key(key)
    value = translation.header_text(key)
    data = {"named": value, "language": value, "translated": value, **more}
    place, length = (written.place, written.length) if written else (page.place(1, 1), 3)
    return page.found(code, place, data, length=length)


def _terms(translation: Document, page: Page) -> Iterator[Problem]:
    for block in translation.blocks:
        yield page.found("translation-term", block.place, length=len(block.kind))


def _extra(original: Document, translation: Document, page: Page) -> Iterator[Problem]:
    for clause in translation.clauses:
        if original.clause(clause.anchor) is None:
            yield page.found("translation-extra", clause.place, {"anchor": clause.anchor})


def _lacking(original: Document, translation: Document, page: Page) -> Iterator[Problem]:
    for position, clause in enumerate(original.clauses):
        needs_none = bool(clause.blocks) and not clause.text
        if needs_none or translation.clause(clause.anchor) is not None:
            continue
        later = (translation.clause(each.anchor) for each in original.clauses[position + 1 :])
        behind = next((each for each in later if each is not None), None)
        last = max(1, len(page.lines) - 1)
        data = {
            "anchor": clause.anchor,
            "title": clause.heading.text,
            "line": str(clause.place.line),
        }
        place = behind.place if behind is not None else page.place(last, 1)
        yield page.found("translation-lacks", place, data)


def _disorder(original: Document, translation: Document, page: Page) -> Iterator[Problem]:
    """The fewest clauses that would have to be moved."""
    order = {clause.anchor: number for number, clause in enumerate(original.clauses)}
    known = [clause for clause in translation.clauses if clause.anchor in order]
    kept = _longest_rise([order[clause.anchor] for clause in known])
    for position, clause in enumerate(known):
        if position in kept:
            continue
        number = order[clause.anchor]
        before = original.clauses[number - 1].anchor if number else ""
        hint = "translation-order" if number else "translation-order-first"
        data = {"anchor": clause.anchor, "before": before}
        yield page.found("translation-order", clause.place, data, hint=hint)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The positions of a longest rising subsequence (patience sorting)."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(ends[pile - 1] if pile else -1)
        ends[pile:] = [position, *ends[pile + 1 :]]
        tops[pile:] = [number, *tops[pile + 1 :]]
    kept = []
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.append(position)
        position = before[position]
    return frozenset(kept)
