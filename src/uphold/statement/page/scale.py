"""A figure on a scale: where it lies, between which bounds, and on which side of its target."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from uphold.engine.measure.figure import Figure
from uphold.messages import message
from uphold.statement.page import colours
from uphold.statement.page.markup import NOTHING, Html, element, together
from uphold.statement.page.teller import Teller

_WIDTH: Final = 300
_EDGE: Final = 10
_ROOM: Final = _WIDTH - 2 * _EDGE
_LINE: Final = 26
_HEIGHT: Final = 50
_STEPS: Final = (Fraction(1), Fraction(2), Fraction(3), Fraction(5), Fraction(10))


def scale(teller: Teller, figure: Figure) -> Html:
    """The scale of one figure; nothing where there is no figure or nothing to hold it against.

    Its right end is 100 %; its left end leaves the target well inside. What lies further down
    ends in an arrow.
    """
    share, target = figure.availability, figure.target
    lowest, highest = figure.lowest, figure.highest
    if share is None or target is None or lowest is None or highest is None:
        return NOTHING
    left = left_end(share, target)
    words = message(
        "sheet.scale",
        figure=teller.share(share, figure.decimals),
        lowest=teller.share(lowest, figure.decimals),
        highest=teller.share(highest, figure.decimals),
        target=teller.stated_share(target),
    )
    return element(
        "svg",
        element("title", teller.say(words)),
        element("path", d=f"M{_EDGE} {_LINE}h{_ROOM}", stroke=colours.MUTED, class_="is-line"),
        _band(_place(lowest, left), _place(highest, left)),
        _target(_place(target, left), teller.stated_share(target)),
        _mark(_place(share, left)),
        _arrow() if lowest < left else NOTHING,
        _label(teller.stated_share(left), _EDGE, "start"),
        _label(teller.stated_share(Fraction(1)), _WIDTH - _EDGE, "end"),
        class_="scale",
        role="img",
        viewbox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        focusable="false",
    )


def left_end(share: Fraction, target: Fraction) -> Fraction:
    """The share at the scale's left end: a round one, below the target and the figure."""
    loss = max(3 * (1 - target), Fraction(5, 4) * (1 - share))
    if loss <= 0:
        return Fraction(999, 1000)
    size = Fraction(1)
    while size > loss:
        size /= 10
    return max(Fraction(0), 1 - next(size * step for step in _STEPS if size * step >= loss))


def _place(share: Fraction, left: Fraction) -> int:
    """Where a share lies, in units of the drawing."""
    part = max(Fraction(0), (share - left) / (1 - left))
    return _EDGE + int(part * _ROOM)


def _band(low: int, high: int) -> Html:
    return element(
        "rect",
        x=low,
        y=_LINE - 5,
        width=max(2, high - low),
        height=10,
        rx=2,
        fill=colours.BAND,
        class_="is-band",
    )


def _target(at: int, words: str) -> Html:
    anchor = "end" if at > _WIDTH // 2 else "start"
    return together(
        element(
            "path", d=f"M{at} 5v{_LINE + 3}", stroke=colours.INK, stroke_width=2, class_="is-target"
        ),
        element(
            "text",
            words,
            x=at + (-5 if anchor == "end" else 5),
            y=13,
            text_anchor=anchor,
            font_size=11,
            fill=colours.INK,
            class_="is-strong",
        ),
    )


def _mark(at: int) -> Html:
    """The figure itself: a diamond that covers what lies behind it."""
    return element(
        "path", d=f"M{at} {_LINE - 8}l8 8l-8 8l-8 -8z", fill=colours.ACCENT, class_="is-mark"
    )


def _arrow() -> Html:
    return element("path", d=f"M{_EDGE - 8} {_LINE}l8 -6v12z", fill=colours.BAND, class_="is-band")


def _label(words: str, at: int, anchor: str) -> Html:
    return element(
        "text",
        words,
        x=at,
        y=_HEIGHT - 3,
        text_anchor=anchor,
        font_size=11,
        fill=colours.MUTED,
        class_="is-label",
    )
