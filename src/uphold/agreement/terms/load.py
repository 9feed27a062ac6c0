"""From a block of the page to a typed term, or to what is wrong with it and where."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from uphold.agreement.document import Block, Document
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.problem import Problem, found, nearest
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.table import TERMS
from uphold.agreement.tree import Mapping, Node, Scalar, Sequence, plain


def load_terms(document: Document) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Every term of the document that can be read, and a problem for all that cannot."""
    terms: list[Term] = []
    problems: list[Problem] = []
    for clause in document.clauses:
        for block in clause.blocks:
            term, wrong = load_term(block, document)
            problems.extend(wrong)
            if term is not None:
                terms.append(term)
    return tuple(terms), tuple(problems)


def load_term(block: Block, document: Document) -> tuple[Term | None, tuple[Problem, ...]]:
    """The block's term, typed; None with problems where it cannot be read."""
    kind = TERMS.get(block.kind)
    head = block.root.entries[0][0] if block.root.entries else None
    if kind is None or head is None:
        return None, (_unknown_kind(block, head, document),)
    data = plain(block.root)
    assert isinstance(data, dict)
    values: dict[str, Any] = dict(data)
    values["name"] = values.pop(block.kind)
    try:
        return kind(**values, clause=block.clause), ()
    except ValidationError as error:
        return None, tuple(
            _problem(block, document, kind, detail) for detail in error.errors(include_url=False)
        )


def read_term(values: dict[str, Any]) -> Term:
    """The term of a JSON form (`Term.json_form`); raises pydantic's ValidationError."""
    kind, name = next(iter(values.items()))
    rest = {key: value for key, value in values.items() if key != kind}
    return TERMS[kind](name=name, **rest)


def _unknown_kind(block: Block, head: Scalar | None, document: Document) -> Problem:
    name = head.text if head else ""
    near = nearest(name, TERMS)
    return found(
        "term-kind-unknown",
        head.place if head else block.place,
        document.line(head.place.line if head else block.place.line),
        {"found": name, "near": near or "", "known": ", ".join(TERMS)},
        length=len(name) or 1,
        hint="term-kind-unknown" if not near else "nearest",
    )


def _problem(block: Block, document: Document, kind: type[Term], detail: Any) -> Problem:
    location = tuple(detail["loc"])
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, PhraseError):
        path = location + tuple(reversed(getattr(cause, "__notes__", [])))
        return _phrase_problem(block, document, path, cause)
    if detail["type"] == "missing":
        return _at(
            block,
            document,
            location[:-1],
            "term-key-missing",
            {"kind": block.kind, "key": str(location[-1])},
            "term-key-missing",
        )
    if detail["type"] == "extra_forbidden":
        return _unknown_key(block, document, kind, location)
    expected = (
        "table" if "dict" in detail["type"] else "list" if "tuple" in detail["type"] else "text"
    )
    return _at(
        block,
        document,
        location,
        "term-value-shape",
        {"kind": block.kind, "key": str(location[0])},
        f"term-value-{expected}",
    )


def _phrase_problem(
    block: Block, document: Document, path: tuple[Any, ...], error: PhraseError
) -> Problem:
    node = _node(block, path)
    place, length = node.place, 1
    if isinstance(node, Scalar):
        place = node.place_of(error.offset)
        length = max(1, node.length - error.offset - (2 if node.quoted else 0))
    data = {"key": str(path[0]) if path else "", **error.data}
    return found(error.code, place, document.line(place.line), data, length=length)


def _unknown_key(
    block: Block, document: Document, kind: type[Term], location: tuple[Any, ...]
) -> Problem:
    key = str(location[-1])
    fields = kind.model_fields if len(location) == 1 else kind.row_fields(str(location[0]))
    known = [field.alias or name for name, field in fields.items() if name != "clause"]
    near = nearest(key, known)
    holder = _node(block, location[:-1])
    written = holder.key(key) if isinstance(holder, Mapping) else None
    place = written.place if written else block.place
    return found(
        "term-key-unknown",
        place,
        document.line(place.line),
        {"kind": block.kind, "found": key, "near": near or "", "known": ", ".join(known)},
        length=len(key),
        hint="nearest" if near else "term-key-unknown",
    )


def _at(
    block: Block,
    document: Document,
    path: tuple[Any, ...],
    code: str,
    data: dict[str, str],
    hint: str,
) -> Problem:
    node = _node(block, path) if path else block.root.entries[0][0]
    length = node.length if isinstance(node, Scalar) else 1
    return found(code, node.place, document.line(node.place.line), data, length=length, hint=hint)


def _node(block: Block, path: tuple[Any, ...]) -> Node:
    """The deepest node that the path leads to; steps that lead nowhere are passed over."""
    node: Node = block.root
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(block.kind if step == "name" else str(step)) or node
        elif isinstance(node, Sequence) and str(step).isdigit() and int(step) < len(node):
            node = node.items[int(step)]
    return node
