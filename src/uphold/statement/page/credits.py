"""The section on credits: what is owed and why, by when to claim it, and when it is paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.leaving import Right, RightState
from uphold.messages import Message, message
from uphold.statement.about import About
from uphold.statement.page.book import Book
from uphold.statement.page.markup import NOTHING, Content, Html, element, together
from uphold.statement.page.parts import lines, marked, row, section, table, when
from uphold.statement.page.teller import NONE, Teller, period_words
from uphold.statement.recomputing import Recomputed

MESSAGE_IDS = (
    *(f"sheet.credit-{state.value.replace(' ', '-')}" for state in CreditState),
    *(f"sheet.right-{state.value}" for state in RightState),
)

GONE: Final = frozenset({CreditState.NOT_OWED, CreditState.LAPSED, CreditState.REFUSED})
_PAID: Final = "reason.paid-"


def money(book: Book, found: Recomputed, about: About) -> Html:
    """The section; it says so where nothing is owed."""
    credits_told, rights, teller = found.stated.credits, found.stated.rights, book.teller
    empty = element("p", teller.say(message("sheet.no-credits")))
    return section(
        "credits",
        teller.say(message("sheet.credits")),
        _table(book, credits_told, about) if credits_told else empty,
        _rights(book, rights) if rights else NOTHING,
    )


def sums(credits_told: Iterable[Credit]) -> dict[str, Decimal]:
    """What is owed or can be claimed, by currency."""
    found: dict[str, Decimal] = {}
    for credit in credits_told:
        amount = _size(credit)
        if credit.state not in GONE and amount is not None and credit.currency is not None:
            found[credit.currency] = found.get(credit.currency, Decimal(0)) + amount
    return dict(sorted(found.items()))


def unstated(credits_told: Iterable[Credit]) -> int:
    """How many credits are owed without a known amount."""
    return sum(
        each.state not in GONE and _size(each) is None and each.days is None
        for each in credits_told
    )


def _size(credit: Credit) -> Decimal | None:
    return credit.amount if credit.granted is None else credit.granted


def _table(book: Book, credits_told: Sequence[Credit], about: About) -> Html:
    teller = book.teller
    heads = (
        message("sheet.column-credit"),
        message("sheet.column-period"),
        message("sheet.column-amount"),
        message("sheet.column-state"),
        message("sheet.column-claim-by"),
        message("sheet.column-paid"),
    )
    rows = (_row(book, each) for each in credits_told)
    foot = list(_feet(teller, credits_told, about))
    caption = teller.say(message("sheet.credits-caption"))
    return table(teller, caption, heads, rows, numbers=(2,), foot=foot)


def _row(book: Book, credit: Credit) -> Html:
    teller = book.teller
    return row(
        _what(book, credit),
        period_words(teller, *credit.window.whole, credit.window.zone),
        _amount(teller, credit),
        marked(str(credit.state), teller.say(state_of(credit.state))),
        NONE if credit.claim_by is None else when(teller.moment(credit.claim_by)),
        _paid(teller, credit),
        numbers=(2,),
    )


def state_of(state: CreditState) -> Message:
    """What has become of a credit, in words."""
    return Message(f"sheet.credit-{state.value.replace(' ', '-')}")


def _what(book: Book, credit: Credit) -> Content:
    """Whose credit it is, by which term and clause, with the mark of how it was worked out."""
    teller, of = book.teller, (credit.agreement, credit.revision)
    holder = credit.account or credit.customer or NONE
    title = f"{holder}: {credit.term}"
    mark = book.note(title, of, credit.because, clause=credit.clause)
    link = book.clause_link(of, credit.clause)
    service = f", {credit.service}" if credit.service else ""
    return together(
        f"{holder}{service}",
        mark,
        element("span", credit.term, " · ", link, class_="under"),
        element("span", teller.say(message("sheet.owed-by", party=credit.party)), class_="under")
        if credit.party != "provider"
        else NOTHING,
    )


def _amount(teller: Teller, credit: Credit) -> str:
    amount = _size(credit)
    if amount is not None and credit.currency is not None:
        return teller.reader.money(amount, credit.currency)
    if credit.days is not None:
        return teller.say(message("sheet.credit-days", count=credit.days))
    return teller.say(message("sheet.not-stated"))


def _paid(teller: Teller, credit: Credit) -> str:
    """The day it is paid on, else what the credit's own reasons say of that."""
    if credit.state in GONE:
        return NONE
    if credit.paid_on is not None:
        return when(teller.day(teller.local(credit.paid_on).date()))
    said = (each for each in credit.because if each.id.startswith(_PAID))
    return next(map(teller.say, said), NONE)


def _feet(teller: Teller, credits_told: Sequence[Credit], about: About) -> Iterator[Html]:
    """The sums by currency; of earlier periods apart, where the statement tells of any."""
    own = [each for each in credits_told if each.window.whole[1] > about.start]
    earlier = [each for each in credits_told if each.window.whole[1] <= about.start]
    groups = [(message("sheet.sum"), own)]
    if earlier:
        groups = [(message("sheet.sum-own"), own), (message("sheet.sum-earlier"), earlier)]
    for said, found in groups:
        amounts = [teller.reader.money(each, unit) for unit, each in sums(found).items()]
        count = unstated(found)
        if count:
            amounts.append(teller.say(message("sheet.unstated", count=count)))
        if amounts:
            yield element(
                "tr",
                element("th", teller.say(said), scope="row", colspan=2),
                element("td", lines(amounts), class_="number"),
                element("td", colspan=3),
            )


def _rights(book: Book, rights: Sequence[Right]) -> Html:
    """Rights to leave, since when and until when."""
    teller = book.teller
    heads = (
        message("sheet.column-right"),
        message("sheet.column-since"),
        message("sheet.column-until"),
        message("sheet.column-state"),
    )
    rows = (_right(book, each) for each in rights)
    caption = teller.say(message("sheet.rights-caption"))
    title = teller.say(message("sheet.rights"))
    return together(element("h3", title), table(teller, caption, heads, rows))


def _right(book: Book, right: Right) -> Html:
    teller, of = book.teller, (right.agreement, right.revision)
    holder = right.account or right.customer or NONE
    mark = book.note(f"{holder}: {right.term}", of, right.because, clause=right.clause)
    link = book.clause_link(of, right.clause)
    return row(
        together(holder, mark, element("span", right.term, " · ", link, class_="under")),
        when(teller.moment(right.since)),
        NONE if right.until is None else when(teller.moment(right.until)),
        marked(right.state.value, teller.say(Message(f"sheet.right-{right.state.value}"))),
    )
