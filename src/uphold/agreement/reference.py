"""The reference page of terms, made from the kinds of term themselves.

`python -m uphold.agreement.reference > docs/language/terms.md` makes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from uphold.agreement.schema import term_schema
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.table import TERMS

_HEAD = """\
# The kinds of term

A term is a fenced `yaml sla` block beside the clause it belongs to. Its first key is the kind,
the value of that key its name. Every kind may have `quotes` (words of the clause that it rests
on) and `interpretation` (what the text leaves open and how we read it). The phrases that values
are made of are in [the grammar](grammar.md); the facts that conditions and events speak of are in
[the table of facts](facts.md).

This page is made from the kinds themselves, and every example on it is read in the tests.
"""
_COMMON = ("quotes", "interpretation")


def reference() -> str:
    """The page in Markdown."""
    parts = [_HEAD, "\n".join(f"- [`{kind}`](#{_anchor(kind)})" for kind in TERMS)]
    parts += ["\n".join(_section(kind, term)) for kind, term in TERMS.items()]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _section(kind: str, term: type[Term]) -> Iterator[str]:
    schema = term_schema(term)
    yield f"## `{kind}`"
    yield ""
    yield " ".join((term.__doc__ or "").split())
    yield ""
    yield from _table(schema, {kind: f"`{_name(term)}`"})
    yield ""
    for key, rows in _rows(schema):
        yield f"Each row of `{key}`:"
        yield ""
        yield from _table(rows, {})
        yield ""
    yield "```yaml sla"
    yield term.example.rstrip("\n")
    yield "```"


def _table(schema: dict[str, Any], written: dict[str, str]) -> Iterator[str]:
    yield "| key | needed | what it says | written as |"
    yield "|---|---|---|---|"
    for key, each in schema["properties"].items():
        if key not in _COMMON:
            needed = "yes" if key in schema["required"] else ""
            how = written.get(key) or _written(each)
            yield f"| `{key}` | {needed} | {_told(each)} | {how} |"


def _rows(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The keys that take lists of rows, each with the schema of a row."""
    for key, each in schema["properties"].items():
        if "properties" in each.get("items", {}):
            yield key, each["items"]


def _name(term: type[Term]) -> str:
    """The name that the example of the kind has."""
    return term.example.splitlines()[0].partition(": ")[2]


def _anchor(kind: str) -> str:
    return kind.replace(" ", "-")


def _told(schema: dict[str, Any]) -> str:
    return str(schema.get("description", "")).replace("|", "\\|")


def _written(schema: dict[str, Any]) -> str:
    """What the key takes, by its examples, or by its shape."""
    found = dict.fromkeys(f"`{example}`" for example in _examples(schema))
    if found:
        return ", ".join(found).replace("|", "\\|")
    if "properties" in schema.get("items", {}):
        return "rows"
    return "a table" if schema.get("type") == "object" else "words"


def _examples(schema: dict[str, Any]) -> Iterator[str]:
    yield from map(str, schema.get("examples", ()))
    for each in schema.get("anyOf", ()):
        yield from _examples(each)
    for key in ("items", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from _examples(schema[key])


if __name__ == "__main__":
    sys.stdout.write(reference())
