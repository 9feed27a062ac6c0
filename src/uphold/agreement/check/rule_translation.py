"""A translation gives the same figures as its original, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uphold.agreement.check.figures import Figure, Reading, read_figures
from uphold.agreement.check.quoting import alike
from uphold.agreement.document import Clause, Document
from uphold.agreement.problem import Problem, found
from uphold.agreement.translation import check_pairing, pairs
from uphold.messages import Value

_ALL_DAY = Reading("seconds", Fraction(24 * 3600))
_ALL_WEEK = Reading("days", Fraction(7))


def translation_is_equal(original: Document, translation: Document) -> Iterator[Problem]:
    """What keeps a page from saying the same as the original; places are the translation's."""
    yield from check_pairing(original, translation)
    lines = translation.source.split("\n")
    for clause, translated in pairs(original, translation):
        yield from _compared(
            clause,
            translated,
            (original.header_text("language"), translation.header_text("language")),
            lines,
        )


def _compared(
    clause: Clause, translated: Clause, languages: tuple[str, str], lines: list[str]
) -> Iterator[Problem]:
    ours = _figures(clause, languages[0])
    theirs = _figures(translated, languages[1])
    said, added = _unmatched(ours, theirs), _unmatched(theirs, ours)
    for figure in said:
        other = next((each for each in added if _is_alike(figure, each)), None)
        if other is not None:
            added.remove(other)
            yield _differs(translated, lines, figure, other)
            continue
        told: dict[str, Value] = {"figure": figure.text, "clause": clause.heading.text or "–"}
        yield _at(translated, lines, "translation-figure-lacks", None, told)
    for figure in added:
        told = {"figure": figure.text, "clause": clause.heading.text or "–"}
        yield _at(translated, lines, "translation-figure-extra", figure, told)


def _figures(clause: Clause, language: str) -> list[Figure]:
    return [figure for figure in read_figures(alike(clause.text), language) if figure.readings]


def _unmatched(ours: list[Figure], theirs: list[Figure]) -> list[Figure]:
    """The firm figures of ours that theirs do not hold."""
    left = sorted(theirs, key=lambda figure: not figure.firm)
    unmatched = []
    for figure in ours:
        if not figure.firm:
            continue
        match = next((each for each in left if _is_equal(figure, each)), None)
        if match is not None:
            left.remove(match)
        elif not _is_round_the_clock(figure, theirs):
            unmatched.append(figure)
    return unmatched


def _is_equal(one: Figure, other: Figure) -> bool:
    return any(_same(first, second) for first in one.readings for second in other.readings)


def _same(one: Reading, other: Reading) -> bool:
    if (one.kind, one.amount) != (other.kind, other.amount):
        return False
    if one.kind == "money":
        return bool(set(one.sign.split()) & set(other.sign.split()))
    if one.kind == "date":
        return one.year is None or other.year is None or one.year == other.year
    return one.day is None or other.day is None or one.day == other.day


def _is_round_the_clock(figure: Figure, others: list[Figure]) -> bool:
    """“24x7” and "24 hours a day, 7 days a week" say the same."""
    readings = {reading for other in others for reading in other.readings}
    if any(reading.kind == "always" for reading in figure.readings):
        return {_ALL_DAY, _ALL_WEEK} <= readings
    return bool({_ALL_DAY, _ALL_WEEK} & set(figure.readings)) and any(
        reading.kind == "always" for reading in readings
    )


def _is_alike(one: Figure, other: Figure) -> bool:
    return bool({r.kind for r in one.readings} & {r.kind for r in other.readings})


def _differs(translated: Clause, lines: list[str], ours: Figure, theirs: Figure) -> Problem:
    told: dict[str, Value] = {"original": ours.text, "translated": theirs.text}
    return _at(translated, lines, "translation-figure-differs", theirs, told)


def _at(
    clause: Clause, lines: list[str], code: str, figure: Figure | None, told: dict[str, Value]
) -> Problem:
    place = clause.place if figure is None else clause.place_of(figure.start)
    length = 1 if figure is None else figure.end - figure.start
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return found(code, place, line, told, length=length)
