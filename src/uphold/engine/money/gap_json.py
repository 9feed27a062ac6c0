"""Gaps between what is promised on and what suppliers promise, as JSON values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from uphold.engine.measure import json_values as written
from uphold.engine.money.suppliers import Gap


def gap_json(gap: Gap) -> dict[str, Any]:
    """One gap; shares are percentages with all their digits."""
    return {
        "key": gap.key,
        "kind": str(gap.kind),
        "supplier": gap.supplier,
        "service": gap.service,
        "promise": gap.promise,
        "promised": _percentage(gap.promised),
        "supplied_by": gap.supplied_by,
        "supplied": _percentage(gap.supplied),
        "agreement": gap.agreement,
        "revision": gap.revision,
        "term": gap.term,
        "clause": gap.clause,
        "because": [reason.to_json() for reason in gap.because],
    }


def _percentage(share: Fraction | None) -> str | None:
    return None if share is None else written.percentage(share)
