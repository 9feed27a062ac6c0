"""What a statement that takes another's place has changed, why, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from uphold.engine.money.credit import CreditState
from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import Message, Money, message
from uphold.statement.form import Statement
from uphold.statement.page.book import Book
from uphold.statement.page.credits import state_of
from uphold.statement.page.markup import NOTHING, Content, Html, element
from uphold.statement.page.parts import row, section, table, values
from uphold.statement.page.teller import NONE
from uphold.statement.strict_reading import no_part

_FACTS = ("added", "corrected", "retracted", "gone")
MESSAGE_IDS = tuple(f"sheet.facts-{kind}" for kind in _FACTS)


def restated(book: Book, statement: Statement) -> Html:
    """The section; nothing for a statement that is the first of its period.

    Raises `NotAStatementError` where the part cannot be read: what changed follows from two
    statements, so that one alone cannot vouch for its form.
    """
    found = statement.parts["restates"]
    if found is None:
        return NOTHING
    try:
        return _section(book, found)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise no_part("restates") from error


def _section(book: Book, found: Mapping[str, Any]) -> Html:
    teller, changes = book.teller, found["changes"]
    reason = element("p", teller.say(message("sheet.restated-why", reason=str(found["reason"]))))
    counts = [
        teller.say(Message(f"sheet.facts-{kind}", {"count": len(changes["facts"][kind])}))
        for kind in _FACTS
        if changes["facts"].get(kind)
    ]
    return section(
        "restated",
        teller.say(message("sheet.restated")),
        reason,
        element("ul", (element("li", each) for each in counts)) if counts else NOTHING,
        _changes(book, changes),
        values(_price(book, changes), "details"),
        element(
            "p", teller.say(message("sheet.restates", digest=str(found["digest"]))), class_="small"
        ),
    )


def _changes(book: Book, changes: Mapping[str, Any]) -> Html:
    """Figures and credits before and after."""
    teller = book.teller
    rows = [
        row(str(each["key"]), _figure(book, each["before"]), _figure(book, each["after"]))
        for each in changes["figures"]
    ]
    rows += [
        row(str(each["key"]), _credit(book, each["before"]), _credit(book, each["after"]))
        for each in changes["credits"]
    ]
    if not rows:
        return element("p", teller.say(message("sheet.nothing-changed")))
    heads = (
        message("sheet.column-what"),
        message("sheet.column-before"),
        message("sheet.column-after"),
    )
    return table(teller, teller.say(message("sheet.changes-caption")), heads, rows)


def _figure(book: Book, told: Mapping[str, Any] | None) -> Content:
    if told is None:
        return NONE
    teller = book.teller
    share = told["availability"]
    shown = NONE if share is None else teller.reader.percent(Decimal(share))
    return f"{shown}, {teller.say(state_words(State(told['state'])))}"


def _credit(book: Book, told: Mapping[str, Any] | None) -> Content:
    if told is None:
        return NONE
    teller = book.teller
    shown = teller.say(message("sheet.not-stated"))
    if told["amount"] is not None and told["currency"] is not None:
        shown = teller.reader.money(Decimal(told["amount"]), str(told["currency"]))
    elif told["days"] is not None:
        shown = teller.say(message("sheet.credit-days", count=Decimal(told["days"])))
    return f"{shown}, {teller.say(state_of(CreditState(told['state'])))}"


def _price(book: Book, changes: Mapping[str, Any]) -> Iterator[tuple[str, Content]]:
    for each in changes["price"]:
        unit = str(each["currency"])
        amount = Money(Decimal(each["difference"]), unit)
        yield book.teller.say(message("sheet.price")), book.teller.reader.value(amount)
