"""A small bar that shows how many of some promises were kept, missed, or cannot be known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from uphold.statement.page import colours
from uphold.statement.page.markup import Html, element, together

KEPT, MISSED, UNKNOWN = "kept", "missed", "unknown"
_WIDTH: Final = 120
_HEIGHT: Final = 10
_FILLS: Final = {KEPT: colours.UP, MISSED: colours.INK}
_LEAST: Final = 5


def bar(counts: Sequence[tuple[str, int]]) -> Html:
    """The bar; the table that it stands in says the same in figures, so it is silent."""
    return element(
        "svg",
        (_part(state, at, width) for state, at, width in parts(counts, _WIDTH)),
        class_="bar",
        viewbox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        aria_hidden="true",
        focusable="false",
    )


def parts(counts: Sequence[tuple[str, int]], width: int) -> tuple[tuple[str, int, int], ...]:
    """Each state that occurs with its place and width; the widths add up to the whole."""
    told = [(state, count) for state, count in counts if count]
    whole = sum(count for _, count in told)
    widths = {state: max(_LEAST, width * count // whole) for state, count in told}
    if widths:
        widest = max(widths, key=lambda state: widths[state])
        widths[widest] += width - sum(widths.values())
    found: list[tuple[str, int, int]] = []
    at = 0
    for state, length in widths.items():
        found.append((state, at, length))
        at += length
    return tuple(found)


def _part(state: str, at: int, width: int) -> Html:
    if state != UNKNOWN:
        return element(
            "rect", x=at, width=width, height=_HEIGHT, fill=_FILLS[state], class_=f"is-{state}"
        )
    box = element(
        "rect",
        x=f"{at}.5",
        y="0.5",
        width=max(1, width - 1),
        height=_HEIGHT - 1,
        fill=colours.PAPER,
        stroke=colours.MUTED,
        class_="is-cell",
    )
    slants = "".join(
        f"M{at + step} {_HEIGHT}l{min(_HEIGHT, width - step)} -{min(_HEIGHT, width - step)}"
        for step in range(0, width - 1, 5)
    )
    return together(box, element("path", d=slants, stroke=colours.MUTED, class_="is-line"))
