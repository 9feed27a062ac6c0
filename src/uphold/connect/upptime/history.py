"""One version of a `history/<slug>.yml`: the last look that Upptime recorded of a site."""

from __future__ import annotations

from typing import Final

from uphold.connect.adapter import microseconds
from uphold.connect.upptime.options import Options
from uphold.facts.evidence.run import Measure, Run
from uphold.facts.problems import Place, Problem
from uphold.facts.times import TimeUnreadableError, parse_time
from uphold.messages import message

STATES: Final = ("up", "degraded", "down")
_LONGEST: Final = 10_000  # characters; what Upptime writes has some 200
_LONGEST_NUMBER: Final = 9
_LONGEST_QUOTE: Final = 80


def read_history(slug: str, text: str, place: Place, options: Options) -> Run | Problem:
    """The look, or why the text bears none.

    Lines are `name: value`, those of 2020 `- name: value`; that is all that Upptime itself reads.
    """
    said: dict[str, str] = {}
    for line in text[:_LONGEST].splitlines():
        name, colon, value = line.removeprefix("- ").partition(":")
        if colon:
            said.setdefault(name.strip(), value.strip())
    if "status" not in said or "lastUpdated" not in said:
        told = message("problem.upptime-no-history")
        return Problem("upptime-no-history", told, message("hint.upptime-history"), place)
    try:
        at = parse_time(said["lastUpdated"])
    except TimeUnreadableError:
        told = message("problem.upptime-time", found=said["lastUpdated"][:_LONGEST_QUOTE])
        return Problem("upptime-time", told, message("hint.upptime-time"), place)
    state = said["status"].lower()
    if state not in STATES:
        told = message("problem.upptime-state", found=said["status"][:_LONGEST_QUOTE])
        return Problem("upptime-state", told, message("hint.upptime-states", names=STATES), place)
    return Run(
        kind="checks",
        source=options.source,
        check=slug,
        first=at,
        last=at,
        state=state,
        interval=microseconds(options.interval) if options.interval else None,
        measure=_measure(state, said.get("responseTime", "")),
    )


def _measure(state: str, milliseconds: str) -> Measure | None:
    """How long the answer took; a failed look had none, whatever time it took to fail."""
    if state == "down" or not (milliseconds.isascii() and milliseconds.isdigit()):
        return None
    if len(milliseconds) > _LONGEST_NUMBER:
        return None
    return Measure(milliseconds=int(milliseconds))
