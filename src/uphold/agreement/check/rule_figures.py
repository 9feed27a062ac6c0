"""Figures tied to the text: those of terms to their quotes, those of the prose to terms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from uphold.agreement.check.figures import (
    Figure,
    Lexicon,
    Reading,
    lexicon,
    read_figures,
    scan_figures,
)
from uphold.agreement.check.figures.figure import bears_out
from uphold.agreement.check.needed import Needed, needed_figures
from uphold.agreement.check.prose import Quoted, clauses_with_prose, covered
from uphold.agreement.check.quoting import alike, folded, occurrences
from uphold.agreement.check.subject import Entry, Subject, texts
from uphold.agreement.document import Clause
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.numbers import parse_instant
from uphold.agreement.problem import Problem
from uphold.agreement.terms.duty import TextOnlyTerm
from uphold.messages import Value

_MOST_TOLD = 6
_MOST_OF_A_CLAUSE = 200
_LONGEST_WORD = 40


def figures_are_quoted(subject: Subject) -> Iterator[Problem]:
    """Each figure of a term stands, with its unit, in its quotes or its interpretation."""
    for entry in subject.entries:
        needed = tuple(needed_figures(entry.block))
        if needed:
            yield from _unquoted(subject, entry, needed)


def _unquoted(subject: Subject, entry: Entry, needed: tuple[Needed, ...]) -> Iterator[Problem]:
    words = lexicon(subject.language)
    quoted = _figures(entry.term.quotes, subject.language)
    ours = _figures(entry.term.interpretation, subject.language)
    if words.language != "en":
        ours += _figures(entry.term.interpretation, "en")
    said = " ".join((*entry.term.quotes, *entry.term.interpretation))
    for each in needed:
        answers = {bears_out(quoted, each.reading), bears_out(ours, each.reading)}
        if "said" in answers or ("open" in answers and _says_kind(said, each.reading, words)):
            continue
        part = (each.figure.start, each.figure.end)
        told: dict[str, Value] = {"figure": each.figure.text, "term": entry.term.name}
        if "open" in answers:
            code = "day-kind-open" if each.reading.kind == "days" else "hour-kind-open"
            yield subject.at(code, each.node, told, part=part)
            continue
        told["said"] = _told(quoted)
        hint = "" if quoted else "figure-not-quoted-none"
        yield subject.at("figure-not-quoted", each.node, told, part=part, hint=hint)


def _figures(sentences: tuple[str, ...], language: str) -> tuple[Figure, ...]:
    return tuple(
        figure for sentence in sentences for figure in read_figures(folded(sentence), language)
    )


def _told(figures: tuple[Figure, ...]) -> str:
    shown = tuple(dict.fromkeys(figure.text for figure in figures if figure.firm))
    more = ", …" if len(shown) > _MOST_TOLD else ""
    return ", ".join(shown[:_MOST_TOLD]) + more or "–"


def _says_kind(said: str, reading: Reading, words: Lexicon) -> bool:
    """Whether the term's words say which time a bare "day" or "hour" of theirs is."""
    folded_words = said.casefold()
    english = lexicon("en")
    if reading.day == "working":
        stems = words.working_stems + english.working_stems
    else:
        stems = words.calendar_stems + english.calendar_stems
    return any(stem in folded_words for stem in stems)


def prose_has_terms(subject: Subject, quotes: dict[str, tuple[Quoted, ...]]) -> Iterator[Problem]:
    """Each figure of the prose stands in a quote of a term, or is excused by `text only`."""
    for clause in clauses_with_prose(subject):
        if clause.unread:
            continue
        stretches = covered(quotes.get(clause.anchor, ())) + _excused(subject, clause)
        figures = (
            figure
            for figure in scan_figures(alike(clause.text), subject.language)
            if figure.firm
            and not _is_covered(figure, stretches)
            and not _is_of_header(subject, clause, figure)
        )
        for figure in islice(figures, _MOST_OF_A_CLAUSE):
            told: dict[str, Value] = {"figure": figure.text, "clause": clause.title or "–"}
            place = clause.place_of(figure.start)
            length = figure.end - figure.start
            has_text_only = any(block.kind == "text only" for block in clause.blocks)
            hint = "figure-without-term-text-only" if has_text_only else ""
            yield subject.found("figure-without-term", place, told, length=length, hint=hint)


def _is_covered(figure: Figure, stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= figure.start and figure.number_end <= end for start, end in stretches)


def _excused(subject: Subject, clause: Clause) -> tuple[tuple[int, int], ...]:
    """The stretches of the clause that `text only` names under `figures`."""
    found: list[tuple[int, int]] = []
    for entry in subject.entries:
        if entry.clause.anchor == clause.anchor and isinstance(entry.term, TextOnlyTerm):
            for words in entry.term.figures:
                found += _named(clause.text, words)
    return tuple(found)


def _named(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand, or those of them before a colon, behind which the reason is."""
    whole = tuple(occurrences(text, words))
    return whole or tuple(occurrences(text, words.partition(": ")[0]))


def excuses_stand(subject: Subject) -> Iterator[Problem]:
    """What `text only` excuses must be words of its clause."""
    for term, entry in subject.of(TextOnlyTerm):
        for node in texts(entry.block.root.get("figures")):
            if not _named(entry.clause.text, node.text):
                told: dict[str, Value] = {
                    "quote": node.text,
                    "clause": entry.clause.title or "–",
                    "term": term.name,
                }
                yield subject.at("quote-not-in-clause", node, told, hint="figures-not-in-clause")


def _is_of_header(subject: Subject, clause: Clause, figure: Figure) -> bool:
    """Whether a figure repeats the header: the date of posting, or the revision's number."""
    dates = [reading for reading in figure.readings if reading.kind == "date"]
    if dates:
        posted = _posted(subject)
        return posted is not None and any((date.year, date.amount) == posted for date in dates)
    before = clause.text[max(figure.start - _LONGEST_WORD, 0) : figure.start].split()[-1:]
    revision = subject.document.header_text("revision")
    is_revision = bool(before) and before[0].lower() in lexicon(subject.language).revisions
    return is_revision and figure.text == revision


def _posted(subject: Subject) -> tuple[int | None, Fraction] | None:
    try:
        posted = parse_instant(subject.document.header_text("posted"))
    except PhraseError:
        return None
    return posted.year, Fraction(posted.month * 100 + posted.day)
