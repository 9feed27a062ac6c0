"""What a miss would cost, beside the budget that is left until there is one."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.cli.figure_lines import figure_name
from uphold.engine.measure.figure import Figure
from uphold.engine.money.cost import Cost
from uphold.engine.verdict import State
from uphold.messages import Message, message


def cost_notes(figure: Figure, cost: Cost) -> Iterator[Message]:
    """What a miss of a window that still lasts would cost, as far as the agreement states it."""
    if figure.state is not State.RUNNING:
        return
    name = figure_name(figure)
    if cost.least and cost.least == cost.worst:
        yield message("uptime.miss-cost", name=name, amount=cost.least)
    elif cost.least:
        yield message("uptime.miss-costs", name=name, least=cost.least, worst=cost.worst)
    if cost.least_days:
        days = message("uptime.miss-days", name=name, least=cost.least_days, worst=cost.worst_days)
        yield days
    if not cost.stated:
        yield message("uptime.miss-not-stated", name=name)
