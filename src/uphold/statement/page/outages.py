"""The section on outages: when, how long, what caused them, and in which figures they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.engine.measure.figure import Counted, Figure
from uphold.engine.measure.ground import parts_under
from uphold.engine.measure.outage import Outage, Question
from uphold.messages import Message, message
from uphold.statement.page.book import Book, Revision
from uphold.statement.page.markup import NOTHING, Content, Html, element, together
from uphold.statement.page.naming import figure_names, name_key
from uphold.statement.page.parts import lines, row, section, table, when
from uphold.statement.page.teller import NONE
from uphold.statement.recomputing import Recomputed


@dataclass(frozen=True, slots=True)
class Told:
    """An outage, and what each figure made of it."""

    outage: Outage
    counted: tuple[tuple[Figure, Counted], ...]


def outages(book: Book, found: Recomputed) -> Html:
    """The section; nothing where nothing was measured and nothing happened."""
    teller, told = book.teller, outages_told(found)
    questions = found.stated.questions
    if not told and not questions and not found.stated.figures:
        return NOTHING
    empty = element("p", teller.say(message("sheet.no-outages")))
    return section(
        "outages",
        teller.say(message("sheet.outages")),
        _table(book, found, told) if told else empty,
        _questions(book, questions) if questions else NOTHING,
    )


def outages_told(found: Recomputed) -> tuple[Told, ...]:
    """The outages of the statement, and earlier ones that its figures rest on, each once."""
    stated = {_identity(each) for each in found.stated.outages}
    every: dict[tuple[object, ...], Outage] = {}
    for outage in found.settlement.outages:
        every.setdefault(_identity(outage), outage)
    names = _services(found)
    told = []
    for key, outage in every.items():
        counted = tuple(_counted(found.stated.figures, outage, names))
        if key in stated or counted:
            told.append(Told(outage, counted))
    return tuple(sorted(told, key=lambda each: (each.outage.span, each.outage.service)))


def _identity(outage: Outage) -> tuple[object, ...]:
    return outage.service, outage.span, outage.cause, outage.subject


def _services(found: Recomputed) -> Mapping[str, frozenset[str]]:
    """The services whose outages a figure of each service may hold: its own and its parts'."""
    by_revision = {(each.name, each.revision): each for each in found.agreements}
    return {
        name_key(each): parts_under(by_revision[each.agreement, each.revision], each.service)
        for each in found.stated.figures
    }


def _counted(
    figures: Sequence[Figure], outage: Outage, names: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Figure, Counted]]:
    """What the figures made of it, those left out that only say that it hit others."""
    for figure in figures:
        if outage.service not in names[name_key(figure)]:
            continue
        for counted in figure.outages:
            same = (counted.span, counted.cause, counted.subject)
            if same == (outage.span, outage.cause, outage.subject) and (
                counted.why.id != "outage.others"
            ):
                yield figure, counted
                break


def _table(book: Book, found: Recomputed, told: Sequence[Told]) -> Html:
    teller = book.teller
    several = len({each.outage.service for each in told}) > 1
    names = figure_names(teller, found.stated.figures)
    heads = [
        message("sheet.column-start"),
        message("sheet.column-end"),
        message("sheet.column-length"),
        *([message("sheet.column-service")] if several else []),
        message("sheet.column-cause"),
        message("sheet.column-counted"),
    ]
    rows = (_row(book, each, found.agreements, names, several) for each in told)
    return table(teller, teller.say(message("sheet.outages-caption")), heads, rows, numbers=(2,))


def _row(
    book: Book,
    told: Told,
    agreements: Sequence[Agreement],
    names: Mapping[str, str],
    several: bool,
) -> Html:
    teller, outage = book.teller, told.outage
    start, end = outage.span
    of = _revision(told, agreements)
    title = teller.say(message("sheet.note-outage", service=outage.service))
    mark = book.note(title, of, outage.because)
    return row(
        when(teller.moment(start), mark),
        when(teller.say(message("sheet.lasting")) if outage.open else teller.until(start, end)),
        teller.length(end - start),
        *([outage.service] if several else []),
        outage.cause or NONE,
        _effects(book, told, names),
        numbers=(2,),
    )


def _revision(told: Told, agreements: Sequence[Agreement]) -> Revision:
    if told.counted:
        return told.counted[0][0].agreement, told.counted[0][0].revision
    return agreements[-1].name, agreements[-1].revision


def _effects(book: Book, told: Told, names: Mapping[str, str]) -> Content:
    """What it made down in which figure, or why it does not count there."""
    groups: dict[tuple[Message, int], list[str]] = {}
    for figure, counted in told.counted:
        groups.setdefault((counted.why, counted.down), []).append(names[name_key(figure)])
    if not groups:
        return book.teller.say(message("sheet.in-no-figure"))
    alone = len(groups) == 1
    return lines(
        _effect(book, why, down, () if alone else tuple(where))
        for (why, down), where in groups.items()
    )


def _effect(book: Book, why: Message, down: int, where: tuple[str, ...]) -> Content:
    teller = book.teller
    said = teller.length(down) if down else teller.say(why)
    if not where:
        return said
    return teller.say(message("sheet.effect", figures=where, effect=said))


def _questions(book: Book, questions: Sequence[Question]) -> Html:
    """What the sources do not agree on, with the evidence on each side."""
    teller = book.teller
    heads = (
        message("sheet.column-start"),
        message("sheet.column-end"),
        message("sheet.column-service"),
        message("sheet.column-evidence"),
    )
    rows = (
        row(
            when(teller.moment(each.span[0])),
            when(teller.until(*each.span)),
            each.service,
            lines(map(teller.say, each.because)),
        )
        for each in questions
    )
    caption = teller.say(message("sheet.questions-caption"))
    title = teller.say(message("sheet.questions", count=len(questions)))
    return together(element("h3", title), table(teller, caption, heads, rows))
