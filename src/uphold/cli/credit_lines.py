"""Credits for people: a table, sums by currency, what waits for a claim, what suppliers owe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from uphold.cli.columns import lined_up
from uphold.cli.screen import Screen
from uphold.cli.settling import Settled
from uphold.engine.backtest import PROVIDER
from uphold.engine.measure.json_values import calendar_in
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.shown import shown
from uphold.messages import Message, Money, message

_NONE = "–"
_NOT_STATED = "reason.credit-not-stated"
_DAY = 86_400_000_000
_STYLES = {
    CreditState.OWED: "red",
    CreditState.CLAIMABLE: "yellow",
    CreditState.CLAIMED: "yellow",
    CreditState.APPLIED: "green",
}
_GONE = frozenset({CreditState.NOT_OWED, CreditState.LAPSED, CreditState.REFUSED})

MESSAGE_IDS = tuple(f"credit.state-{str(state).replace(' ', '-')}" for state in CreditState)


def credit_table(screen: Screen, credits_due: Sequence[Credit], found: Settled) -> Iterator[str]:
    """A row for each credit: whose, for what, how much, what became of it, by when to claim it."""
    supplied = any(credit.party != PROVIDER for credit in credits_due)
    heads = (
        message("column.supplier") if supplied else message("column.account"),
        message("column.credit"),
        message("column.service"),
        message("column.window"),
        message("column.amount"),
        message("column.state"),
        message("column.claim-by"),
        message("column.paid"),
    )
    rows = [
        tuple(screen.say(head) for head in heads),
        *(_row(screen, credit, found) for credit in credits_due),
    ]

    def style(number: int, column: int, cell: str) -> str:
        if number == 0:
            return screen.styled(cell, "bold")
        colour = _STYLES.get(credits_due[number - 1].state)
        return screen.styled(cell, colour) if column == 5 and colour else cell

    yield from lined_up(rows, right=(4,), style=style)


def _row(screen: Screen, credit: Credit, found: Settled) -> tuple[str, ...]:
    reader = screen.reader
    return (
        reader.value(_whose(credit)),
        credit.term,
        reader.value(credit.service or _NONE),
        credit.window.label,
        screen.say(amount_of(credit)),
        screen.say(Message(f"credit.state-{str(credit.state).replace(' ', '-')}")),
        _claim_by(screen, credit, found),
        _paid(screen, credit, found),
    )


def _whose(credit: Credit) -> str:
    """The account that a credit is for; of a supplier's credit, the supplier that owes it."""
    if credit.party != PROVIDER:
        return credit.party
    return credit.account or credit.customer or _NONE


def amount_of(credit: Credit) -> Message:
    """How much: an amount, days of service, or that the text or the facts do not tell."""
    granted = credit.granted if credit.granted is not None else credit.amount
    if granted is not None and credit.currency is not None:
        return message("credit.amount", amount=Money(granted, credit.currency))
    if credit.days is not None:
        return message("credit.days", count=credit.days)
    if any(reason.id == _NOT_STATED for reason in credit.because):
        return message("credit.not-stated")
    return message("credit.unknown")


def _claim_by(screen: Screen, credit: Credit, found: Settled) -> str:
    """Until when it may be claimed, and how many whole days are left of it."""
    if credit.claim_by is None:
        return _NONE
    until = _at(credit, credit.claim_by, found)
    if credit.state is not CreditState.CLAIMABLE:
        return screen.reader.value(until)
    left = max(0, credit.claim_by - found.settlement.evaluation.now) // _DAY
    return screen.say(message("credit.claim-by", until=until, count=left))


def _paid(screen: Screen, credit: Credit, found: Settled) -> str:
    """On which day it is paid, else when by the agreement's words."""
    if credit.state in _GONE:
        return _NONE
    if credit.paid_on is None:
        return credit.paid
    return screen.reader.date(_at(credit, credit.paid_on, found).date())


def _at(credit: Credit, instant: int, found: Settled) -> datetime:
    agreement = found.agreement(credit.agreement, credit.revision)
    return shown(calendar_in(agreement, credit.window.zone), instant)


def sums(screen: Screen, credits_due: Sequence[Credit]) -> Iterator[str]:
    """The sum of what is owed or may be claimed, by currency, and how many have no amount."""
    alive = [credit for credit in credits_due if credit.state not in _GONE]
    found: dict[str, Decimal] = {}
    for credit in alive:
        amount = credit.granted if credit.granted is not None else credit.amount
        if amount is not None and credit.currency is not None:
            found[credit.currency] = found.get(credit.currency, Decimal(0)) + amount
    for currency, amount in sorted(found.items()):
        yield screen.say(message("credits.sum", amount=Money(amount, currency)))
    unstated = sum(credit.amount is None and credit.days is None for credit in alive)
    if unstated:
        yield screen.say(message("credits.unstated", count=unstated))
