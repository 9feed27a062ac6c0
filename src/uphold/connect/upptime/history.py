"""One version of a `history/<slug>.yml`: the last look that Upptime recorded of a site."""

from __future__ import annotations

from uphold.connect.upptime.csv_log import record_state, record_time, whole
from uphold.connect.upptime.options import Options, look
from uphold.facts.evidence.run import Run
from uphold.facts.problems import Place, Problem
from uphold.messages import message

_LONGEST = 10_000  # characters; what Upptime writes has some 200


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
    at = record_time(said["lastUpdated"], place)
    if isinstance(at, Problem):
        return at
    state = record_state(said["status"], place)
    if isinstance(state, Problem):
        return state
    return look(options, slug, at, state, whole(said.get("responseTime", "")))
