"""Rights to leave as JSON values: times RFC 3339 in the window's zone."""

from __future__ import annotations

from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.engine.measure import json_values as written
from uphold.engine.money.leaving import Right


def right_json(right: Right, agreement: Agreement) -> dict[str, Any]:
    """One right to leave; `agreement` is the revision that it names."""
    calendar = written.calendar_in(agreement, right.window.zone)
    return {
        "key": right.key,
        "customer": right.customer,
        "account": right.account,
        "window": written.window(calendar, right.window),
        "state": str(right.state),
        "since": written.instant(calendar, right.since),
        "until": written.optional_instant(calendar, right.until),
        "earned_by": list(right.earned_by),
        "claim": right.claim,
        "agreement": right.agreement,
        "revision": right.revision,
        "term": right.term,
        "clause": right.clause,
        "because": [reason.to_json() for reason in right.because],
    }
