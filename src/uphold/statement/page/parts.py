"""Small parts that several sections of a page are made of: states, tables, lists of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import Message
from uphold.statement.page.markup import NOTHING, Content, Html, element, together
from uphold.statement.page.teller import Teller

_FEW: Final = 3
"""With more columns than these a table is too broad for a telephone, and scrolls there."""

_SHORT: Final = 12
"""A table of so many rows is printed on one sheet; a longer one breaks between its rows."""

_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "met": "✓",
        "missed": "✕",
        "unknown": "?",
        "applied": "✓",
        "accepted": "✓",
        "owed": "→",
        "claimable": "→",
        "claimed": "→",
        "open": "→",
        "used": "✓",
    }
)


def state_mark(teller: Teller, state: State) -> Html:
    """A state in its word, with a sign and a shape of its own: never by colour alone."""
    return marked(str(state), teller.say(state_words(state)))


def marked(state: str, words: str) -> Html:
    """A word for a state with the state's sign."""
    sign = element("span", _SIGNS.get(state, "–"), class_="sign", aria_hidden="true")
    return element("span", sign, words, class_=f"state is-{state.replace(' ', '-')}")


def section(name: str, title: str, *content: Content) -> Html:
    """A section of the page with its heading."""
    heading = element("h2", title, id=f"{name}-title")
    return element("section", heading, *content, id=name, aria_labelledby=f"{name}-title")


def table(
    teller: Teller,
    caption: str,
    heads: Sequence[Message],
    rows: Iterable[Html],
    *,
    numbers: Iterable[int] = (),
    foot: Content = None,
) -> Html:
    """A table in a frame that a narrow screen can scroll, by keyboard too.

    `numbers` are the columns that hold numbers, counted from 0. The heads repeat on each sheet
    of paper.
    """
    right = frozenset(numbers)
    head = element(
        "tr",
        (
            element(
                "th", teller.say(each), scope="col", class_="number" if place in right else None
            )
            for place, each in enumerate(heads)
        ),
    )
    body = list(rows)
    inner = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", body),
        element("tfoot", foot) if foot else NOTHING,
        class_="broad" if len(heads) > _FEW else None,
    )
    kind = "wide short" if len(body) <= _SHORT else "wide"
    return element("div", inner, class_=kind, tabindex=0, role="group", aria_label=caption)


def row(first: Content, *cells: Content, numbers: Iterable[int] = ()) -> Html:
    """A row whose first cell names it; `numbers` count that cell as 0."""
    right = frozenset(numbers)
    return element(
        "tr",
        element("th", first, scope="row"),
        (
            element("td", cell, class_="number" if place in right else None)
            for place, cell in enumerate(cells, 1)
        ),
    )


def values(pairs: Iterable[tuple[str, Content]], class_: str) -> Html:
    """A list of names with their values; pairs stay together on paper."""
    return element(
        "dl",
        (element("div", element("dt", name), element("dd", value)) for name, value in pairs),
        class_=class_,
    )


def lines(content: Iterable[Content]) -> Html:
    """Several lines in one cell."""
    found: list[Content] = []
    for place, each in enumerate(content):
        found += [element("br"), each] if place else [each]
    return together(found)


def when(*content: Content) -> Html:
    """A time that stays on one line, with whatever belongs to it."""
    return element("span", *content, class_="time")
