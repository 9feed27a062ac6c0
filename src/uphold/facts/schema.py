"""The JSON Schema (draft 2020-12) of a fact, made from the table of types."""

from __future__ import annotations

from collections.abc import Iterable

from uphold.facts.canonical import MOST_EXACT
from uphold.facts.fact import ENVELOPE, VERSION
from uphold.facts.table import BY_NAME, FACT_TYPES
from uphold.facts.types import FactType, Field, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOT_BLANK = "[^ ]"

_TIME = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,20})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
_NUMBER = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
_WORDED = r"([0-9]{1,9} ?(h|hours?))?( ?[0-9]{1,9} ?(min|minutes?))?( ?[0-9]{1,9} ?(s|seconds?))?"
_ISO_8601 = "PT([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?"

_KINDS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"type": "string", "pattern": NOT_BLANK},
    Kind.WORD: {"type": "string", "pattern": NOT_BLANK},
    Kind.PERSON: {"type": "string", "pattern": NOT_BLANK},
    Kind.SUBJECT: {"type": "string", "pattern": r"^[a-z]+:\S(.*\S)?$"},
    Kind.TIME: {"type": "string", "format": "date-time", "pattern": _TIME},
    Kind.YES_NO: {"type": "boolean"},
    Kind.WHOLE: {"type": "integer", "minimum": 0, "maximum": MOST_EXACT},
    Kind.DECIMAL: {"type": "string", "pattern": f"^{_NUMBER}$"},
    Kind.MONEY: {"type": "string", "pattern": f"^{_NUMBER} [A-Z]{{3}}$"},
    Kind.DURATION: {"type": "string", "pattern": f"^(?=.*[0-9])({_WORDED}|{_ISO_8601})$"},
    Kind.WORDS: {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "pattern": NOT_BLANK},
    },
    Kind.TYPES: {"type": "array", "minItems": 1, "items": {"enum": list(BY_NAME)}},
}


def schema() -> dict[str, object]:
    """The schema of one fact, that is of one line of a file of facts.

    What no schema can say stays with the checker: that an end comes after its start, that a
    time is in no impossible month, that the keys of an object differ.
    """
    return {
        "$schema": DIALECT,
        "title": "A fact, as Uphold reads it",
        "description": "One line of a JSON Lines file: something that happened.",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(BY_NAME)}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": each.name}}},
                "then": {"$ref": f"#/$defs/{_key(each)}"},
            }
            for each in FACT_TYPES
        ],
        "$defs": {_key(each): _of_type(each) for each in FACT_TYPES},
    }


def _key(fact_type: FactType) -> str:
    return fact_type.name.replace(" ", "-")


def _of_type(fact_type: FactType) -> dict[str, object]:
    things = "|".join(fact_type.things)
    properties = _properties((*ENVELOPE, *fact_type.fields))
    properties["subject"] = {
        "type": "string",
        "pattern": rf"^({things}):\S(.*\S)?$",
        "description": f"what it is about, such as {fact_type.thing}:4711",
    }
    properties["type"] = {"const": fact_type.name}
    properties["v"] = {"const": VERSION, "description": "the version of its spelling"}
    found: dict[str, object] = {
        "description": fact_type.doc,
        "properties": properties,
        "required": [each.name for each in ENVELOPE if each.required],
        "additionalProperties": False,
        "not": {"required": ["corrects", "retracts"]},
    }
    if fact_type.required():
        complete = {"required": list(fact_type.required())}
        found["anyOf"] = [complete, {"required": ["retracts"]}]
    return found


def _properties(fields: Iterable[Field]) -> dict[str, object]:
    return {each.name: _of_field(each) for each in fields}


def _of_field(named: Field) -> dict[str, object]:
    described: dict[str, object] = {"description": named.doc}
    if named.words:
        return {"enum": list(named.words), **described}
    return {**_KINDS[named.kind], **described}
