"""A term's tree written as YAML in one tidy way; reading it back gives the same tree.

Two spaces inwards for each level; quotation marks only where needed; short lists of texts in one
line, long ones an item a line; lists and mappings that stand in brackets stay there while they
fit, and as an item of a list always.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Several

from uphold.agreement.tree import Mapping, Node, Scalar, Sequence

WIDTH = 100
_STEP = "  "

_SPECIAL_START = frozenset(",[]{}#&*!|>'\"%@`")
_NEEDS_NEXT = frozenset("-?:")
_FLOW_SIGNS = frozenset(",[]{}")
_LITERAL = re.compile(r"\S(?:[^\n]*\S)?(?:\n(?:\S(?:[^\n]*\S)?)?)*")
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def yaml_lines(root: Mapping, order: Several[str] = ()) -> list[str]:
    """The term in lines: its kind first, then the keys of `order`, then others, quotes last."""
    first, *others = root.entries
    rank = {key: number for number, key in enumerate(order)}
    others.sort(key=lambda entry: (entry[0].text == "quotes", rank.get(entry[0].text, len(rank))))
    return [line for key, value in (first, *others) for line in _entry(key, value, WIDTH)]


def _entry(key: Scalar, value: Node, width: int) -> list[str]:
    name = _text(key.text, flow=False) + ":"
    if isinstance(value, Scalar):
        return _scalar_lines(value, name, width)
    flow = _flow(value)
    if _in_brackets(value) and len(f"{name} {flow}") <= width:
        return [f"{name} {flow}"]
    return [name, *_indented(_block(value, width - len(_STEP)))]


def _block(node: Node, width: int) -> list[str]:
    """A list or a mapping, one item or key a line; never empty."""
    if isinstance(node, Mapping):
        return [line for key, value in node.entries for line in _entry(key, value, width)]
    assert isinstance(node, Sequence), node
    return [line for item in node.items for line in _item(item, width - len(_STEP))]


def _item(node: Node, width: int) -> list[str]:
    if isinstance(node, Scalar):
        lines = _scalar_lines(node, "", width) if node.text else ["''"]
    elif _in_brackets(node) or (isinstance(node, Mapping) and node.flow):
        lines = [_flow(node)]
    else:
        lines = _block(node, width)
    return ["- " + lines[0], *_indented(lines[1:])]


def _in_brackets(node: Node) -> bool:
    """Whether a list or mapping is written in brackets if there is room."""
    if isinstance(node, Sequence):
        return all(isinstance(item, Scalar) and "\n" not in item.text for item in node.items)
    return isinstance(node, Mapping) and (node.flow or not node.entries)


def _indented(lines: list[str]) -> list[str]:
    return [_STEP + line if line else line for line in lines]


def _scalar_lines(value: Scalar, name: str, width: int) -> list[str]:
    """A text behind its key: in one line, over several, or word for word if it has lines."""
    lead = f"{name} " if name else ""
    if not value.text:
        return [f"{lead}''" if value.quoted or not name else name]
    if "\n" in value.text:
        return _literal(value.text, lead)
    return _wrapped(lead + _text(value.text, flow=False), len(lead), width)


def _literal(text: str, lead: str) -> list[str]:
    """Text of several lines as `|`, or in double quotation marks when its spaces matter."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    if ends > 1 or not _LITERAL.fullmatch(body):
        return [lead + _double(text)]
    return [lead + ("|" if ends else "|-"), *_indented(body.split("\n"))]


def _wrapped(line: str, fixed: int, width: int) -> list[str]:
    """A long text over several lines, broken at single spaces, which reading joins again."""
    lines: list[str] = []
    rest, begin = line, fixed
    while len(rest) > width:
        places = [found.start() for found in _BREAK.finditer(rest, begin)]
        fitting = [place for place in places if place <= width] or places[:1]
        if not fitting:
            break
        lines.append(rest[: fitting[-1]])
        rest, begin = rest[fitting[-1] + 1 :], 0
        width -= len(_STEP) if len(lines) == 1 else 0
    lines.append(rest)
    return [lines[0], *_indented(lines[1:])]


def _flow(node: Node) -> str:
    """The node in one line."""
    if isinstance(node, Scalar):
        return _text(node.text, flow=True) if node.text else "''"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_flow(item) for item in node.items) + "]"
    entries = (f"{_text(key.text, flow=True)}: {_flow(value)}" for key, value in node.entries)
    return "{" + ", ".join(entries) + "}"


def _text(text: str, *, flow: bool) -> str:
    """A text in one line, in quotation marks where YAML would read it otherwise."""
    if _is_plain(text, flow=flow):
        return text
    if not text.isprintable() and any(one in text for one in "\n\t\r"):
        return _double(text)
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether the text may stand without quotation marks (YAML 1.2.2, section 7.3.3)."""
    if not text or text != text.strip() or any(one in text for one in "\n\t\r"):
        return False
    if text[0] in _SPECIAL_START or text.endswith(":") or ": " in text or " #" in text:
        return False
    if text[0] in _NEEDS_NEXT and (len(text) == 1 or text[1] == " "):
        return False
    if flow and (_FLOW_SIGNS & set(text) or text[0] in _NEEDS_NEXT):
        return False
    return not text.startswith(("---", "..."))
