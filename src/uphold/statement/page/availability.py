"""The section on availability: each figure big, with its bounds, its scale and its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uphold.engine.measure.daily import Day, days_of
from uphold.engine.measure.exclusion_words import exclusion_words
from uphold.engine.measure.figure import Figure
from uphold.engine.verdict import State
from uphold.messages import Message, message
from uphold.statement.page.book import Book
from uphold.statement.page.markup import NOTHING, Content, Html, element, together
from uphold.statement.page.naming import figure_period, figure_title
from uphold.statement.page.parts import row, section, state_mark, table, values
from uphold.statement.page.scale import scale
from uphold.statement.page.strip import day_table, legend, strip
from uphold.statement.page.teller import NONE
from uphold.statement.recomputing import Recomputed

_TOLD_IN_TABLE = "reason.outage"


def availability(book: Book, found: Recomputed) -> Html:
    """The section; nothing where nothing was measured."""
    figures, teller = found.stated.figures, book.teller
    if not figures:
        return NOTHING
    days = [days_of(found.settlement.measured, each) for each in figures]
    cards = [
        _card(book, figure, cut, f"days-{place}")
        for place, (figure, cut) in enumerate(zip(figures, days, strict=True), 1)
    ]
    return section(
        "availability",
        teller.say(message("sheet.availability")),
        _overview(book, figures) if len(figures) > 1 else NOTHING,
        legend(teller) if any(days) else NOTHING,
        cards,
    )


def left_out(kind: str) -> Message:
    """What left a figure, in words: a kind of maintenance, standing windows, or a cause."""
    return message("sheet.left-out", kind=exclusion_words(kind))


def _overview(book: Book, figures: Sequence[Figure]) -> Html:
    """All figures in a table, for whoever has many."""
    teller = book.teller
    heads = (
        message("sheet.column-figure"),
        message("sheet.column-period"),
        message("sheet.column-target"),
        message("sheet.column-result"),
        message("sheet.column-down"),
        message("sheet.column-state"),
    )
    rows = (
        row(
            figure_title(teller, each),
            figure_period(teller, each),
            NONE if each.target is None else teller.stated_share(each.target),
            teller.share(each.availability, each.decimals),
            teller.length(each.down),
            state_mark(teller, each.state),
            numbers=(2, 3, 4),
        )
        for each in figures
    )
    caption = teller.say(message("sheet.figures-caption"))
    return table(teller, caption, heads, rows, numbers=(2, 3, 4))


def _card(book: Book, figure: Figure, days: Sequence[Day], name: str) -> Html:
    teller = book.teller
    return element(
        "article",
        element("h3", figure_title(teller, figure)),
        _source(book, figure),
        element(
            "div",
            element(
                "div",
                element("p", _big(book, figure), class_="big"),
                state_mark(teller, figure.state),
                _bounds(book, figure),
                scale(teller, figure),
                class_="main",
            ),
            values(_details(book, figure), "details"),
            class_="figure",
        ),
        (strip(teller, days, name), day_table(teller, days)) if days else NOTHING,
        class_="card",
    )


def _source(book: Book, figure: Figure) -> Html:
    """The period, and the clause that the promise stands in."""
    teller, of = book.teller, (figure.agreement, figure.revision)
    period: list[Content] = [figure_period(teller, figure)]
    if figure.window.partial:
        span = teller.stretch(figure.window.start, figure.window.end)
        period.append(f" ({teller.say(message('sheet.only', span=span))})")
    link = book.clause_link(of, figure.clause)
    return element("p", period, together(" · ", link) if link else NOTHING, class_="source")


def _big(book: Book, figure: Figure) -> Html:
    """The figure with the mark of its note."""
    teller = book.teller
    told = [each for each in figure.because if not each.id.startswith(_TOLD_IN_TABLE)]
    title = f"{figure_title(teller, figure)}, {figure_period(teller, figure)}"
    mark = book.note(title, (figure.agreement, figure.revision), told, clause=figure.clause)
    return together(teller.share(figure.availability, figure.decimals), mark)


def _bounds(book: Book, figure: Figure) -> Html:
    """The lowest and the highest figure that the evidence allows."""
    teller = book.teller
    if figure.lowest is None or figure.highest is None:
        return NOTHING
    low, high = (teller.share(each, figure.decimals) for each in (figure.lowest, figure.highest))
    if low == high:
        return element("p", teller.say(message("sheet.bounds-same")), class_="bounds")
    said = teller.say(message("sheet.bounds", lowest=low, highest=high))
    return element("p", said, class_="bounds")


def _details(book: Book, figure: Figure) -> Iterator[tuple[str, Content]]:
    teller = book.teller
    if figure.target is not None:
        yield teller.say(message("sheet.target")), _target(book, figure)
    yield teller.say(message("sheet.coverage")), teller.share(figure.coverage, figure.decimals)
    lengths = [
        (message("sheet.owed"), figure.owed),
        (message("sheet.down"), figure.down),
        (message("sheet.unknown"), figure.unknown),
        *((left_out(kind), length) for kind, length in figure.excluded),
    ]
    for name, length in lengths:
        yield teller.say(name), teller.length(length)
    yield teller.say(message("sheet.outages-counted")), teller.reader.number(len(figure.counting))
    if len(figure.counting) > 1:
        yield teller.say(message("sheet.longest")), teller.length(figure.longest or 0)
    for name, mean in (
        (message("sheet.restore"), figure.time_to_restore),
        (message("sheet.between"), figure.time_between_failures),
    ):
        if mean is not None:
            yield teller.say(name), teller.rough_length(int(mean))
    if figure.state is State.RUNNING and figure.budget_left is not None:
        yield teller.say(message("sheet.budget")), teller.length(figure.budget_left)


def _target(book: Book, figure: Figure) -> Content:
    assert figure.target is not None
    said = book.teller.say(message("sheet.at-least", share=book.teller.stated_share(figure.target)))
    if figure.standing in ("endeavour", "guideline"):
        kind = message("sheet.endeavour" if figure.standing == "endeavour" else "sheet.guideline")
        return f"{said} ({book.teller.say(kind)})"
    return said
