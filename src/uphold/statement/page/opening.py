"""The summary: what was promised, what came out and what is owed, in a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from uphold.engine.measure.figure import Figure
from uphold.engine.money.credit import CreditState
from uphold.engine.verdict import State
from uphold.messages import Message, Money, message
from uphold.statement.about import About
from uphold.statement.page.book import Book
from uphold.statement.page.credits import GONE, sums, unstated
from uphold.statement.page.markup import NOTHING, Content, Html, element
from uphold.statement.page.naming import figure_names, name_key
from uphold.statement.page.parts import lines, values
from uphold.statement.page.promises import promised
from uphold.statement.recomputing import Recomputed

_MOST = 3
"""So many missed figures are named one by one."""


def opening(book: Book, found: Recomputed, about: About) -> Html:
    """The summary and its three numbers."""
    teller = book.teller
    sentences = [teller.say(each) for each in _sentences(book, found)]
    return element(
        "section",
        element("h2", teller.say(message("sheet.summary")), id="summary-title", class_="unseen"),
        element("p", " ".join(sentences), class_="lead"),
        values(_numbers(book, found), "numbers"),
        _warnings(book, about),
        id="summary",
        aria_labelledby="summary-title",
    )


def _sentences(book: Book, found: Recomputed) -> Iterator[Message]:
    figures = [each for each in found.stated.figures if each.target is not None]
    verdicts = promised(found)
    if not figures and not verdicts:
        yield message("sheet.nothing-promised")
    else:
        yield from _on_figures(book, found.stated.figures)
        kept = Counter(each.state for each in verdicts)
        decided = kept[State.MET] + kept[State.MISSED]
        if decided:
            yield message("sheet.clocks-kept", kept=kept[State.MET], count=decided)
    yield from _on_money(book, found)
    if found.stated.questions:
        yield message("sheet.questions-open", count=len(found.stated.questions))


def _on_figures(book: Book, figures: Sequence[Figure]) -> Iterator[Message]:
    """How many figures reached their target, and by how much the others did not."""
    names = figure_names(book.teller, figures)
    decided = [each for each in figures if each.state in (State.MET, State.MISSED)]
    missed = [each for each in decided if each.state is State.MISSED]
    if len(decided) == 1 and decided[0].target is not None:
        (one,) = decided
        state = "sheet.one-missed" if missed else "sheet.one-met"
        yield Message(state, _shares(book, one) | {"name": names[name_key(one)]})
        missed = []
    elif decided:
        yield message("sheet.figures-kept", kept=len(decided) - len(missed), count=len(decided))
    for figure in missed[:_MOST]:
        yield Message(
            "sheet.figure-missed", _shares(book, figure) | {"name": names[name_key(figure)]}
        )
    if len(missed) > _MOST:
        yield message("sheet.figures-more", count=len(missed) - _MOST)
    unknown = sum(each.state is State.UNKNOWN for each in figures)
    if unknown:
        yield message("sheet.figures-unknown", count=unknown)
    running = sum(each.state is State.RUNNING for each in figures)
    if running:
        yield message("sheet.figures-running", count=running)


def _shares(book: Book, figure: Figure) -> dict[str, str]:
    assert figure.target is not None
    return {
        "figure": book.teller.share(figure.availability, figure.decimals),
        "target": book.teller.stated_share(figure.target),
    }


def _on_money(book: Book, found: Recomputed) -> Iterator[Message]:
    owed, count = sums(found.stated.credits), unstated(found.stated.credits)
    days = [
        each
        for each in found.stated.credits
        if each.days is not None and each.amount is None and each.state not in GONE
    ]
    if not owed and not count and not days:
        yield message("sheet.nothing-owed")
        return
    if owed:
        yield message("sheet.sum-owed", amounts=tuple(Money(n, unit) for unit, n in owed.items()))
    if days:
        yield message("sheet.days-owed", count=sum(each.days or 0 for each in days))
    if count:
        yield message("sheet.unstated-owed", count=count)
    claims = [
        each.claim_by
        for each in found.stated.credits
        if each.state is CreditState.CLAIMABLE and each.claim_by is not None
    ]
    if claims:
        yield message("sheet.claim-first", until=book.teller.moment(min(claims)))


def _numbers(book: Book, found: Recomputed) -> Iterator[tuple[str, Content]]:
    """Figures kept, times kept, money owed."""
    teller = book.teller
    figures = Counter(each.state for each in found.stated.figures)
    clocks = Counter(each.state for each in promised(found))
    for name, states in (
        (message("sheet.number-figures"), figures),
        (message("sheet.number-clocks"), clocks),
    ):
        decided = states[State.MET] + states[State.MISSED]
        if decided:
            said = message("sheet.number-of", kept=states[State.MET], all=decided)
            yield teller.say(name), teller.say(said)
    owed = [teller.reader.money(n, unit) for unit, n in sums(found.stated.credits).items()]
    count = unstated(found.stated.credits)
    if count and not owed:
        owed = [teller.say(message("sheet.not-stated"))]
    yield teller.say(message("sheet.number-owed")), lines(owed or [_naught(book)])


def _naught(book: Book) -> str:
    return book.teller.reader.number(0)


def _warnings(book: Book, about: About) -> Content:
    """What a reader must know before reading on."""
    teller = book.teller
    said = []
    if about.at < about.end:
        said.append(message("sheet.not-over", at=teller.moment(about.at)))
    if about.as_if_in_force:
        said.append(message("sheet.as-if"))
    return [element("p", teller.say(each), class_="warning") for each in said] or NOTHING
