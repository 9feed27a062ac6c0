"""Writing HTML and SVG so that nothing from facts or agreements can ever be read as markup.

Text is escaped unless it is `Html`, and only `element` and `together` make that.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias, Union

from uphold.messages.template import printable


class Html(str):
    """Markup that this module has made."""

    __slots__ = ()


Content: TypeAlias = Union[str, Iterable["Content"], None]  # noqa: UP007 - it names itself
Attribute: TypeAlias = str | int | bool | None

NOTHING: Final = Html()

_VOID: Final = frozenset({"br", "meta"})
_LINES: Final = frozenset(
    {"article", "aside", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3"}
    | {"h4", "header", "li", "main", "meta", "nav", "ol", "p", "section", "summary", "table"}
    | {"tbody", "tfoot", "thead", "tr", "ul", "svg", "caption", "figcaption", "blockquote"}
)


def together(*content: Content) -> Html:
    """Several pieces as one, texts among them escaped; None is nothing."""
    return Html("".join(_piece(each) for each in content))


def element(name: str, /, *content: Content, **attributes: Attribute) -> Html:
    """One element. `class_` gives `class`, `aria_label` gives `aria-label`.

    An attribute that is None or False is left out; one that is True stands without a value.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    end = "\n" if name in _LINES else ""
    if name in _VOID:
        return Html(f"<{name}{said}>{end}")
    return Html(f"<{name}{said}>{together(*content)}</{name}>{end}")


def _piece(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, Html):
        return content
    if isinstance(content, str):
        return escape(printable(content))
    return "".join(map(_piece, content))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    name = {"viewbox": "viewBox"}.get(name, name)
    if value is True:
        return f" {name}"
    return f' {name}="{escape(printable(str(value)))}"'
