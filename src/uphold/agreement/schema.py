"""The published JSON Schema of an agreement's JSON form, made from the kinds of term."""

from __future__ import annotations

from typing import Any

from uphold.agreement.document_json import FORM
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.table import TERMS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}
_HEADER = {
    "agreement": "The agreement's name, the same for all its revisions.",
    "title": "What the page is called.",
    "revision": "The revision's number.",
    "supersedes": "The number of the revision that this one replaces.",
    "posted": "When it was posted (RFC 3339 with an offset).",
    "language": "The language of the prose (a BCP 47 tag).",
    "provider": "Who promises.",
    "zone": "The IANA zone of times that name no other.",
    "currency": "The currency of amounts (ISO 4217).",
    "prevails": "The document or language that prevails.",
    "depends on": "Documents that this one leans on.",
    "translation of": "The name of the agreement that this page translates.",
}
_REQUIRED = ("title", "language")


def agreement_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `uphold render --to json`: every kind of term typed.

    Phrases are texts; what each may say is in the grammar of phrases, not in the schema.
    """
    return {
        "$schema": DIALECT,
        "title": "Uphold agreement",
        "description": "One revision of a service-level agreement: prose with its terms beside it.",
        "type": "object",
        "required": ["form", "header", "clauses", "source"],
        "properties": {
            "form": {"const": FORM},
            "file": _TEXT,
            "digest": {**_TEXT, "description": "SHA-256 of the page, in hexadecimal."},
            "header": _header(),
            "clauses": {"type": "array", "items": _clause()},
            "source": {**_TEXT, "description": "The whole page."},
        },
        "additionalProperties": False,
        "$defs": {_key(kind): term_schema(term) for kind, term in TERMS.items()},
    }


def term_schema(term: type[Term]) -> dict[str, Any]:
    """The JSON Schema of one kind of term: its first key is the kind, its value the name."""
    schema = term.model_json_schema(by_alias=True)
    properties = dict(schema.get("properties", {}))
    name = properties.pop("name")
    properties.pop("clause", None)
    required = [key for key in schema.get("required", []) if key not in ("name", "clause")]
    found: dict[str, Any] = {
        "type": "object",
        "description": schema.get("description", ""),
        "properties": {
            term.kind: name,
            **{key: _clean(each, schema.get("$defs", {})) for key, each in properties.items()},
        },
        "required": [term.kind, *required],
        "additionalProperties": False,
    }
    return found


def _clean(schema: Any, rows: dict[str, Any]) -> Any:
    """The property without what pydantic adds for itself, and with its rows written out.

    The schemas of all kinds stand in one file, in which a reference of one would lead nowhere.
    """
    if not isinstance(schema, dict):
        return schema
    row = str(schema.get("$ref", "")).rpartition("/")[2]
    if row:
        return {
            key: {name: _clean(each, rows) for name, each in value.items()}
            if key == "properties"
            else value
            for key, value in rows[row].items()
            if key not in ("title", "description")
        }
    return {
        key: _clean(each, rows) for key, each in schema.items() if key not in ("title", "default")
    }


def _key(kind: str) -> str:
    return kind.replace(" ", "-")


def _header() -> dict[str, Any]:
    either = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "object"}]}
    return {
        "type": "object",
        "required": list(_REQUIRED),
        "properties": {key: {**either, "description": told} for key, told in _HEADER.items()},
    }


def _clause() -> dict[str, Any]:
    kinds = [{"$ref": f"#/$defs/{_key(kind)}"} for kind in TERMS]
    block = {
        "type": "object",
        "required": ["kind", "name", "term"],
        "properties": {
            "kind": {"enum": list(TERMS)},
            "name": _TEXT,
            "line": {"type": "integer"},
            "term": {"anyOf": kinds},
        },
    }
    return {
        "type": "object",
        "required": ["anchor", "title", "prose", "terms"],
        "properties": {
            "anchor": {**_TEXT, "description": "What links, verdicts and translations call it."},
            "label": {**_TEXT, "description": "The number that its heading begins with."},
            "title": _TEXT,
            "level": {"type": "integer", "minimum": 0},
            "line": {"type": "integer", "minimum": 1},
            "prose": {**_TEXT, "description": "Its Markdown, without the terms."},
            "text": {**_TEXT, "description": "The prose as a reader sees it."},
            "terms": {"type": "array", "items": block},
        },
    }
