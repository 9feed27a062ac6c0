"""Writing facts as JSON Lines, one object a line, as they were read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from uphold.facts.fact import ENVELOPE, Fact

_FIRST = tuple(each.name for each in ENVELOPE)


def fact_line(fact: Fact) -> str:
    """The fact as one line of JSON without its newline; what all facts share comes first."""
    written = fact.written
    ordered = {name: written[name] for name in _FIRST if name in written} | dict(written)
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))


def write_facts(facts: Iterable[Fact], stream: IO[str]) -> int:
    """Writes each fact as a line to a text stream (UTF-8); gives how many there were."""
    count = 0
    for fact in facts:
        stream.write(fact_line(fact) + "\n")
        count += 1
    return count
