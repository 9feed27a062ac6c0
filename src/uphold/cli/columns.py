"""Tables of text in columns that line up, whatever widths the letters have."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

_GAP = "  "


def lined_up(
    rows: Sequence[Sequence[str]],
    right: Iterable[int] = (),
    style: Callable[[int, int, str], str] | None = None,
) -> list[str]:
    """The rows as lines; the columns numbered in `right` end evenly, the others begin evenly.

    `style` is given row, column and the padded cell, and gives what to print for it: styles
    take no room.
    """
    if not rows:
        return []
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    ending = frozenset(right)
    lines = []
    for number, row in enumerate(rows):
        cells = []
        for place, cell in enumerate(row):
            last = place == len(row) - 1
            blank = " " * (widths[place] - width(cell))
            padded = blank + cell if place in ending else cell if last else cell + blank
            cells.append(style(number, place, padded) if style else padded)
        lines.append(_GAP.join(cells).rstrip())
    return lines


def width(text: str) -> int:
    """Columns that a text takes on a terminal (Unicode annex 11; combining marks take none)."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
