"""The head of a page: who promises whom, under which agreements, for which period, sealed how."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.messages import message
from uphold.statement.form import Statement
from uphold.statement.page.book import Book
from uphold.statement.page.markup import Content, Html, element
from uphold.statement.page.parts import lines, values
from uphold.statement.page.teller import dates_words, period_words
from uphold.statement.recomputing import Recomputed


def period_of(book: Book, statement: Statement) -> str:
    """The statement's period within a sentence: "March 2028", "mars 2028"."""
    about = statement.about
    return period_words(book.teller, about.start, about.end, about.zone)


def title_of(book: Book, statement: Statement) -> str:
    """The page's title, for windows and bookmarks."""
    about = statement.about
    return book.teller.say(
        message(
            "sheet.title",
            provider=about.providers,
            customer=about.customer,
            period=period_of(book, statement),
        )
    )


def heading(book: Book, statement: Statement, found: Recomputed) -> Html:
    """The head of the page."""
    teller, about = book.teller, statement.about
    kind = element("span", teller.say(message("sheet.kind")), class_="kind")
    period = period_of(book, statement)
    return element(
        "header",
        element("p", teller.reader.list(about.providers), class_="provider"),
        element("h1", kind, " ", period[:1].upper() + period[1:]),
        element("p", teller.say(message("sheet.for", customer=about.customer)), class_="customer"),
        values(_facts(book, statement, found), "facts"),
        class_="head",
    )


def _facts(book: Book, statement: Statement, found: Recomputed) -> Iterator[tuple[str, Content]]:
    teller, about = book.teller, statement.about
    if about.accounts:
        name = message("sheet.accounts", count=len(about.accounts))
        yield teller.say(name), teller.reader.list(about.accounts)
    name = message("sheet.agreements", count=len(found.agreements))
    yield teller.say(name), lines(_agreements(book, found))
    yield (
        teller.say(message("sheet.period")),
        dates_words(teller, about.start, about.end, about.zone),
    )
    zone = teller.zone.key if teller.zone is not None else about.zone
    yield teller.say(message("sheet.zone")), zone
    yield teller.say(message("sheet.at")), teller.instant(about.at)
    if about.known is not None:
        yield teller.say(message("sheet.known")), teller.instant(about.known)
    if about.made != about.at:
        yield teller.say(message("sheet.made")), teller.instant(about.made)
    yield teller.say(message("sheet.seal")), _seal(book, statement)


def _agreements(book: Book, found: Recomputed) -> Iterator[Content]:
    for each in found.agreements:
        yield book.teller.say(
            message("sheet.revision", title=each.title or each.name, revision=str(each.revision))
        )


def _seal(book: Book, statement: Statement) -> Content:
    teller, fingerprint = book.teller, statement.seal.fingerprint
    said = message("sheet.unsigned") if fingerprint is None else message("sheet.signed")
    return element("a", teller.say(said), href="#check")
