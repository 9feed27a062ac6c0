"""Credits as JSON values: amounts as decimal text, times RFC 3339 in the window's zone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.engine.measure import json_values as written
from uphold.engine.money.credit import Credit


def credit_json(credit: Credit, agreement: Agreement) -> dict[str, Any]:
    """One credit; `agreement` is the revision that it names."""
    calendar = written.calendar_in(agreement, credit.window.zone)
    return {
        "key": credit.key,
        "party": credit.party,
        "customer": credit.customer,
        "account": credit.account,
        "service": credit.service,
        "window": written.window(calendar, credit.window),
        "state": str(credit.state),
        "amount": _amount(credit.amount),
        "currency": credit.currency,
        "days": _amount(credit.days),
        "granted": _amount(credit.granted),
        "earned_by": list(credit.earned_by),
        "claim": credit.claim,
        "claim_by": written.optional_instant(calendar, credit.claim_by),
        "paid": credit.paid,
        "paid_on": written.optional_instant(calendar, credit.paid_on),
        "agreement": credit.agreement,
        "revision": credit.revision,
        "term": credit.term,
        "clause": credit.clause,
        "because": [reason.to_json() for reason in credit.because],
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
