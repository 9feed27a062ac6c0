"""The reference page of facts, made from the table: `python -m uphold.facts.reference`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from uphold.facts.checking import expected
from uphold.facts.fact import ENVELOPE
from uphold.facts.table import FACT_TYPES, THINGS
from uphold.facts.types import FactType, Field, Kind
from uphold.messages import Reader

_OPENING = """\
# Facts

<!-- Made from the table of fact types by `python -m uphold.facts.reference`. -->

A fact is something that happened. Facts stand in files of JSON Lines: one JSON object a line,
UTF-8, no key twice. Their order in a file never matters: facts are ordered by time, then by `seq`,
then by the order of the types on this page, then by id.

```json
{"type": "request.opened", "at": "2027-02-05T14:55:00+01:00", "subject": "request:4711"}
```

## What every fact may bear

"""

_IDENTITY = """
**Identity.** A fact without an `id` has the SHA-256 digest, in lower-case hexadecimal, of its
canonical JSON ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)) without `recorded`. The same id
and content twice is one fact, known since the earliest time it was recorded; the same id with
another content is a problem, and the one known first counts.

**Corrections.** Nothing is changed in place. A fact with `corrects` replaces the one it names, of
whatever subject; a fact with `retracts` takes one back, and needs no fields of its own. Both count
from when they were recorded, so that any day's knowledge can be had again:

1. A retraction takes back the fact it names, with all corrections of that fact recorded before the
   retraction. A retraction that was itself retracted or corrected takes back nothing.
2. Of a fact, its corrections and theirs, the one recorded last holds, of those not taken back.

So a retracted correction brings back what it had replaced. Naming an id that no fact has, or naming
each other in a ring, is a problem.

**Times** are RFC 3339 with an offset from UTC; digits beyond the microsecond are cut off.

## How values are written

| kind | in JSON |
|---|---|
"""


def reference_page() -> str:
    """The page in Markdown, in English."""
    parts = [_OPENING, _table(ENVELOPE), _IDENTITY]
    reader = Reader("en")
    parts.extend(f"| {kind.value} | {reader.text(expected(kind))} |\n" for kind in Kind)
    for thing in THINGS:
        types = [each for each in FACT_TYPES if each.thing == thing]
        if types:
            parts.append(f"\n## About {_article(thing)} {thing}\n")
            parts.extend(_section(each) for each in types if each.name.startswith(thing))
    parts.append("\n## From checks and suppliers\n")
    apart = [each for each in FACT_TYPES if not each.name.startswith(each.thing)]
    parts.extend(_section(each) for each in apart)
    return "".join(parts)


def _article(thing: str) -> str:
    return "an" if thing[0] in "aeiou" else "a"


def _section(fact_type: FactType) -> str:
    about = ""
    if not fact_type.name.startswith(fact_type.thing):
        about = f" Its subject is a {_either(fact_type.things)}."
    fields = f"\n{_table(fact_type.fields)}" if fact_type.fields else ""
    periods = "".join(f"\n`{last}` comes after `{first}`.\n" for first, last in fact_type.periods)
    return f"\n### {fact_type.name}\n\n{fact_type.doc}{about}\n{fields}{periods}"


def _either(things: tuple[str, ...]) -> str:
    return f"{', '.join(things[:-1])} or {things[-1]}"


def _table(fields: Iterable[Field]) -> str:
    rows = "".join(
        f"| `{each.name}` | {_kind(each)} | {'yes' if each.required else ''} | {each.doc} |\n"
        for each in fields
    )
    return f"| field | kind | needed | meaning |\n|---|---|---|---|\n{rows}"


def _kind(named: Field) -> str:
    if named.words:
        return "one of " + ", ".join(f"`{word}`" for word in named.words)
    return named.kind.value


if __name__ == "__main__":
    sys.stdout.write(reference_page())
