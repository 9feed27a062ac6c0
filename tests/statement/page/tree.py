"""A page read back as a tree, strictly: a tag that is not closed as it was opened is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "link", "img", "hr", "input"})


@dataclass
class Node:
    """An element with its attributes and what it holds: elements and texts."""

    name: str
    attributes: dict[str, str]
    parent: Node | None = None
    content: list[Node | str] = field(default_factory=list)

    def every(self, name: str = "*", **wanted: str) -> Iterator[Node]:
        """The elements below it, of a name and with attributes if these are given."""
        for each in self.content:
            if isinstance(each, Node):
                if name in ("*", each.name) and all(
                    value in each.attributes.get(key.rstrip("_").replace("_", "-"), "").split()
                    for key, value in wanted.items()
                ):
                    yield each
                yield from each.every(name, **wanted)

    def one(self, name: str = "*", **wanted: str) -> Node:
        (found,) = self.every(name, **wanted)
        return found

    @property
    def text(self) -> str:
        """Its text, white space folded; what only drawings hold is left out."""
        return " ".join(self._texts().split())

    def _texts(self) -> str:
        pieces = (
            each if isinstance(each, str) else ("" if each.name == "svg" else each._texts())
            for each in self.content
        )
        return "".join(pieces) if self.name in ("span", "b", "a", "code") else " ".join(pieces)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs}, self.at)
        assert len(node.attributes) == len(attrs), f"an attribute of {tag} stands twice"
        self.at.content.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        assert self.at.name == tag, f"</{tag}> ends <{self.at.name}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.content.append(data)


def tree(page: str) -> Node:
    """The page's tree."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.name}> is never closed"
    return reader.root
