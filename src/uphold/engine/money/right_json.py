"""Rights to leave and gaps at suppliers as JSON values."""

from __future__ import annotations

from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.engine.measure import json_values as written
from uphold.engine.money.leaving import Right
from uphold.engine.money.suppliers import Gap


def right_json(right: Right, agreement: Agreement) -> dict[str, Any]:
    """One right to leave; `agreement` is the revision that it names."""
    calendar = written.calendar_in(agreement, right.window.zone)
    return {
        "key": right.key,
        "customer": right.customer,
        "account": right.account,
        "window": written.window(calendar, right.window),
        "state": str(right.state),
        "earned_by": list(right.earned_by),
        "since": written.instant(calendar, right.since),
        "until": written.optional_instant(calendar, right.until),
        "claim": right.claim,
        "agreement": right.agreement,
        "revision": right.revision,
        "term": right.term,
        "clause": right.clause,
        "because": [reason.to_json() for reason in right.because],
    }


def gap_json(gap: Gap) -> dict[str, Any]:
    """One gap between what is promised on a supplier's service and what the supplier promises."""
    return {
        "key": gap.key,
        "kind": str(gap.kind),
        "supplier": gap.supplier,
        "service": gap.service,
        "promise": gap.promise,
        "promised": None if gap.promised is None else written.percentage(gap.promised),
        "supplied_by": gap.supplied_by,
        "supplied": None if gap.supplied is None else written.percentage(gap.supplied),
        "agreement": gap.agreement,
        "revision": gap.revision,
        "term": gap.term,
        "clause": gap.clause,
        "because": [reason.to_json() for reason in gap.because],
    }
