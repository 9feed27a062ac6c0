"""Terms as a reader sees them beside their clause: closed at first, plain when opened."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from uphold.agreement.document_parts import Block
from uphold.agreement.tree import Mapping, Node, Scalar, Sequence
from uphold.messages import Reader, message


def render_terms(blocks: Iterable[Block], reader: Reader) -> str:
    """Each term as `<details>`: its kind and name, and what it says when opened."""
    return "".join(_term(block, reader) for block in blocks)


def _term(block: Block, reader: Reader) -> str:
    said = message("page.term", kind=block.kind, name=block.name)
    summary = f"<summary>{escape(reader.text(said))}</summary>"
    return f'<details class="term">{summary}{_entries(block.root, skip=1)}</details>\n'


def _entries(mapping: Mapping, skip: int = 0) -> str:
    rows = (
        f"<dt>{escape(key.text)}</dt><dd>{_node(value)}</dd>"
        for key, value in mapping.entries[skip:]
    )
    body = "".join(rows)
    return f"<dl>{body}</dl>" if body else ""


def _node(node: Node) -> str:
    if isinstance(node, Scalar):
        return escape(node.text)
    if isinstance(node, Sequence):
        items = "".join(f"<li>{_node(item)}</li>" for item in node.items)
        return f"<ul>{items}</ul>" if items else ""
    return _entries(node)
