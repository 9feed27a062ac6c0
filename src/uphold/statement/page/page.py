"""A statement as one page of HTML: without scripts, without foreign parts, for screen and paper."""

from __future__ import annotations

from importlib.resources import files

from uphold.messages import Reader, message
from uphold.statement.form import Statement
from uphold.statement.page.availability import availability
from uphold.statement.page.book import Book
from uphold.statement.page.closing import check, notes, words
from uphold.statement.page.credits import money
from uphold.statement.page.following import followed
from uphold.statement.page.heading import heading, title_of
from uphold.statement.page.markup import Html, element, together
from uphold.statement.page.opening import opening
from uphold.statement.page.outages import outages
from uphold.statement.page.promises import promises
from uphold.statement.page.restated import restated
from uphold.statement.page.teller import Teller

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def statement_page(statement: Statement, reader: Reader, *, file: str | None = None) -> str:
    """The page of a statement in the reader's language, with times in its zone.

    Without a zone of the reader's the statement's own holds. `file` is the name of the statement's
    file, for the command that checks it. All that is shown was worked out again from the
    statement; one from which its figures do not follow raises `StatementError`.
    """
    found = followed(statement)
    about = statement.about
    agreements = {(each.name, each.revision): each for each in found.agreements}
    book = Book(Teller.of(reader, about), agreements)
    # The order is that of the page: it is what notes are numbered by.
    body = [
        opening(book, found, about),
        restated(book, statement),
        availability(book, found),
        outages(book, found),
        promises(book, found),
        money(book, found, about),
        notes(book),
    ]
    teller = book.teller
    return "<!doctype html>\n" + element(
        "html",
        _head(book, statement),
        element(
            "body",
            element("a", teller.say(message("sheet.skip")), class_="skip", href="#text"),
            heading(book, statement, found),
            element(
                "main",
                body,
                words(book, found),
                check(book, statement, file),
                id="text",
                tabindex=-1,
            ),
        ),
        lang=teller.language,
    )


def _head(book: Book, statement: Statement) -> Html:
    title = title_of(book, statement)
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", together(Html(_style()), _sheets_of_paper(book, title))),
    )


def _style() -> str:
    return files("uphold.statement.page").joinpath("style.css").read_text(encoding="utf-8")


def _sheets_of_paper(book: Book, title: str) -> Html:
    """The foot of each printed sheet: whose statement it is, and which sheet of how many."""
    number = book.teller.say(message("sheet.sheet", number="#", all="#"))
    before, _, rest = number.partition("#")
    between, _, after = rest.partition("#")
    pieces = (_quoted(before), "counter(page)", _quoted(between), "counter(pages)", _quoted(after))
    return Html(
        f"@page {{ @bottom-left {{ content: {_quoted(title)} }}"
        f" @bottom-right {{ content: {' '.join(pieces)} }} }}\n"
    )


def _quoted(text: str) -> str:
    """A text of a style sheet, every sign in it written as its number: none can end it."""
    return '"' + "".join(f"\\{ord(sign):x} " for sign in text) + '"'
