"""What a miss costs, as JSON values: amounts as decimal text, each with its currency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from uphold.engine.money.cost import Cost
from uphold.messages import Money


def cost_json(cost: Cost) -> dict[str, Any]:
    """The least and the worst that a miss costs all accounts it concerns together."""
    return {
        "least": _amounts(cost.least),
        "worst": _amounts(cost.worst),
        "least_days": f"{cost.least_days:f}",
        "worst_days": f"{cost.worst_days:f}",
        "stated": cost.stated,
        "because": [reason.to_json() for reason in cost.because],
    }


def _amounts(amounts: Iterable[Money]) -> list[dict[str, str]]:
    return [{"amount": f"{each.amount:f}", "currency": each.currency} for each in amounts]
