"""The common ways in which what was filled in becomes a fact, and a person's words with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uphold.server.desk.actions.action import Pen
from uphold.server.desk.reading import Given
from uphold.server.desk.situation import Situation

Writer = Callable[[Situation, Given, Pen], None]


def written(fact_type: str, **data: Any) -> Writer:
    """A fact with what was written, and nothing else."""

    def write(_: Situation, given: Given, pen: Pen) -> None:
        pen.fact(fact_type, prose={"written": given.get("words")}, **data)

    return write


def because(fact_type: str) -> Writer:
    """A fact with its reason."""

    def write(_: Situation, given: Given, pen: Pen) -> None:
        pen.fact(fact_type, prose={"reason": given.get("reason")})

    return write


def of(fact_type: str, *names: str, prose: str | None = None) -> Writer:
    """A fact with fields as they were filled in, and perhaps words told by one of its fields."""

    def write(_: Situation, given: Given, pen: Pen) -> None:
        told = {prose: given.get(prose if prose != "written" else "words")} if prose else None
        pen.fact(fact_type, prose=told, **{name: given.get(name) for name in names})

    return write


def classified(given: Given) -> dict[str, Any]:
    """What was said of a request's kind and priority."""
    names = ("kind", "part", "impact", "urgency", "priority")
    return {name: given[name] for name in names if given.get(name)}
