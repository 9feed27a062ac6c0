"""A document as JSON and back: header, clauses with their prose, terms as plain trees.

The form holds the whole page too, so that reading it back gives the same document with the same
places and digest; whoever only wants the terms reads `clauses`.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

from uphold.agreement.document import Block, Clause, Document, Reading, read_document
from uphold.agreement.tree import plain

FORM = "uphold.document/1"


class DocumentFormError(ValueError):
    """JSON that is no document, or one whose parts do not say the same."""


def to_json(document: Document) -> dict[str, Any]:
    """The document as JSON values: texts, lists and objects alone."""
    return {
        "form": FORM,
        "file": document.file,
        "digest": document.digest,
        "header": plain(document.header),
        "clauses": [_clause(clause) for clause in document.clauses],
        "source": document.source,
    }


def from_json(data: AnyMapping[str, Any]) -> Document:
    """The document of its JSON form.

    Raises `DocumentFormError` when the form is unknown, when its page cannot be read, or when
    header, clauses or digest differ from what the page says.
    """
    if not isinstance(data, AnyMapping) or data.get("form") != FORM:
        form = data.get("form") if isinstance(data, AnyMapping) else type(data).__name__
        raise DocumentFormError(f"found the form {form!r}; a document has the form {FORM!r}")
    file, source = data.get("file"), data.get("source")
    if not isinstance(file, str) or not isinstance(source, str):
        raise DocumentFormError("a document's JSON form has texts for 'file' and 'source'")
    document = _document(read_document((file, source)))
    written = to_json(document)
    for part in ("digest", "header", "clauses", "source"):
        if data.get(part) != written[part]:
            raise DocumentFormError(
                f"{part!r} is not what the page in 'source' says; make the form anew from the page"
            )
    return document


def _document(reading: Reading) -> Document:
    if reading.document is None:
        raise DocumentFormError(f"the page in 'source' cannot be read: {reading.problems[0].code}")
    return reading.document


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "anchor": clause.anchor,
        "label": clause.label,
        "title": clause.title,
        "level": clause.level,
        "line": clause.place.line,
        "prose": clause.prose,
        "text": clause.text,
        "terms": [_block(block) for block in clause.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "name": block.name,
        "line": block.place.line,
        "term": plain(block.root),
    }
