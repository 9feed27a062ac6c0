"""The uptime strip: a cell a day, readable in grey print, with its words.

Each cell is a stack whose heights are shares of the day: plain where the service was up, solid
dark where it was down, hatched where nobody knows, barred where time was left out. Colours are
attributes for print and classes for screens, which have a dark side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from uphold.engine.measure.daily import Day
from uphold.messages import Message, message
from uphold.messages.vocabulary import Value
from uphold.statement.page import colours
from uphold.statement.page.markup import NOTHING, Content, Html, element, together
from uphold.statement.page.parts import row
from uphold.statement.page.teller import NONE, Teller

UP, DOWN, UNKNOWN, EXCLUDED, OUTSIDE = "up", "down", "unknown", "excluded", "outside"
LEGEND = (UP, DOWN, UNKNOWN, EXCLUDED, OUTSIDE)
MESSAGE_IDS = (
    *(f"sheet.day-{state}" for state in LEGEND),
    *(f"sheet.days-{state}" for state in (DOWN, UNKNOWN, EXCLUDED)),
)

_FILLS = {UP: colours.UP, DOWN: colours.INK}
_LEAST = 7
_LONG = 62
"""From so many days on a strip is a calendar of months."""

Segment = tuple[str, int, int]
"""A state of the day, where it begins in the cell from above, and how high it is."""


def segments(day: Day, height: int) -> tuple[Segment, ...]:
    """The stack of a day's cell, from above: up, left out, unknown, down.

    Whatever there is of a state can be seen; what is up takes the rest.
    """
    if not day.length:
        return ((OUTSIDE, 0, height),)
    up = day.length - day.down - day.unknown - day.excluded
    lengths = ((EXCLUDED, day.excluded), (UNKNOWN, day.unknown), (DOWN, day.down))
    heights = {
        state: max(_LEAST, height * length // day.length) for state, length in lengths if length
    }
    room = height - (_LEAST if up > 0 else 0)
    while sum(heights.values()) > room:
        tallest = max(heights, key=lambda state: heights[state])
        heights[tallest] -= 1
    if up <= 0 and heights:
        tallest = max(heights, key=lambda state: heights[state])
        heights[tallest] += height - sum(heights.values())
    found: list[Segment] = []
    below = height - sum(heights.values())
    if below:
        found.append((UP, 0, below))
    for state, length in heights.items():
        found.append((state, below, length))
        below += length
    return tuple(found)


def strip(teller: Teller, days: Sequence[Day], name: str) -> Html:
    """The strip, and below it in words how many days were what, which is its alternative too.

    `name` is the strip's own on its page.
    """
    long = len(days) > _LONG
    cells = _months(teller, days) if long else (_numbered(teller, day) for day in days)
    kind = "strip year" if long else "strip month"
    drawn = element("div", cells, class_=kind, role="img", aria_labelledby=f"{name}-words")
    words = element("p", summary(teller, days), class_="tally", id=f"{name}-words")
    return together(drawn, words)


def legend(teller: Teller) -> Html:
    """What the cells mean."""
    whole = {UP: (UP,), OUTSIDE: (OUTSIDE,)}
    items = (
        element(
            "li",
            _drawn(tuple((each, 0, 14) for each in whole.get(state, (state,))), 14, 14),
            teller.say(Message(f"sheet.day-{state}")),
        )
        for state in LEGEND
    )
    return element("ul", items, class_="legend")


def summary(teller: Teller, days: Sequence[Day]) -> str:
    """How many days were up throughout, and what the others were."""
    counted = [day for day in days if day.length]
    clean = sum(not (day.down or day.unknown or day.excluded) for day in counted)
    told = [message("sheet.days-up", count=clean, all=len(counted))]
    told += [
        Message(f"sheet.days-{state}", {"count": len(found), "length": teller.length(sum(found))})
        for state, found in (
            (DOWN, [day.down for day in counted if day.down]),
            (UNKNOWN, [day.unknown for day in counted if day.unknown]),
            (EXCLUDED, [day.excluded for day in counted if day.excluded]),
        )
        if found
    ]
    return " · ".join(teller.say(each) for each in told)


def day_words(teller: Teller, day: Day) -> str:
    """A day in words: "Wed 12 Aug: down 29 min, unknown 1 h"."""
    return teller.say(message("sheet.day", day=teller.day(day.date), was=_states(teller, day)))


def _states(teller: Teller, day: Day) -> tuple[Value, ...]:
    if not day.length:
        return (message("sheet.day-outside"),)
    lengths = ((DOWN, day.down), (UNKNOWN, day.unknown), (EXCLUDED, day.excluded))
    found: tuple[Value, ...] = tuple(
        f"{teller.say(Message(f'sheet.day-{state}'))} {teller.length(length)}"
        for state, length in lengths
        if length
    )
    return found or (message("sheet.day-up"),)


def day_table(teller: Teller, days: Sequence[Day]) -> Html:
    """The same as a table that opens: every day that was not plainly up."""
    told = [day for day in days if day.length and (day.down or day.unknown or day.excluded)]
    if not told:
        return NOTHING
    heads = (
        message("sheet.column-day"),
        message("sheet.day-down"),
        message("sheet.day-unknown"),
        message("sheet.day-excluded"),
    )
    head = element("tr", (element("th", teller.say(each), scope="col") for each in heads))
    rows = (
        row(
            teller.day(day.date),
            *(
                teller.length(length) if length else NONE
                for length in (day.down, day.unknown, day.excluded)
            ),
            numbers=(1, 2, 3),
        )
        for day in told
    )
    caption = element("caption", teller.say(message("sheet.days-caption")))
    table = element("table", caption, element("thead", head), element("tbody", rows))
    summary_line = element("summary", teller.say(message("sheet.days-open", count=len(told))))
    return element("details", summary_line, table, class_="days")


def _numbered(teller: Teller, day: Day) -> Html:
    weekend = " rest" if day.date.weekday() > 4 else ""
    number = element("b", str(day.date.day))
    cell = _drawn(segments(day, 32), 18, 32, day_words(teller, day))
    return element("span", cell, number, class_=f"day{weekend}")


def _months(teller: Teller, days: Sequence[Day]) -> Iterator[Html]:
    """A row for each month: its name, and its cells in their columns."""
    wide, high = 10, 18
    for _, month in groupby(days, key=lambda day: (day.date.year, day.date.month)):
        found = list(month)
        cells = (
            element(
                "g",
                element("title", day_words(teller, day)),
                (_segment(segment, wide - 1) for segment in segments(day, high)),
                transform=f"translate({(day.date.day - 1) * wide} 0)",
            )
            for day in found
        )
        name = element("span", teller.month(found[0].date, short=True), class_="month-name")
        yield element("div", name, _drawing(cells, 31 * wide, high))


def _drawn(stack: Sequence[Segment], width: int, height: int, title: str | None = None) -> Html:
    """One cell. Nothing is shared between drawings, as printers read each alone."""
    words = element("title", title) if title else None
    return _drawing([words, (_segment(each, width) for each in stack)], width, height)


def _drawing(content: Content, width: int, height: int) -> Html:
    return element(
        "svg",
        content,
        viewbox=f"0 0 {width} {height}",
        width=width,
        height=height,
        aria_hidden="true",
        focusable="false",
    )


def _segment(segment: Segment, width: int) -> Html:
    state, top, height = segment
    if state in (UP, DOWN):
        return element(
            "rect", width=width, y=top, height=height, fill=_FILLS[state], class_=f"is-{state}"
        )
    if state == OUTSIDE:
        middle = top + height // 2
        return element(
            "path", d=f"M{width // 2 - 2} {middle}h4", stroke=colours.RIM, class_="is-outside"
        )
    cell = element(
        "rect",
        x="0.5",
        y=f"{top}.5",
        width=width - 1,
        height=max(1, height - 1),
        fill=colours.PAPER,
        stroke=colours.MUTED,
        class_="is-cell",
    )
    lines = _hatching(width, top, height) if state == UNKNOWN else _bars(width, top, height)
    return together(cell, element("path", d=lines, stroke=colours.MUTED, class_="is-line"))


def _hatching(width: int, top: int, height: int) -> str:
    """Slanting lines from edge to edge of a box: no clipping, which not every printer knows."""
    found = []
    for reach in range(4, width + height, 4):
        left, right = max(0, reach - height), min(width, reach)
        found.append(f"M{left} {top + reach - left}L{right} {top + reach - right}")
    return "".join(found)


def _bars(width: int, top: int, height: int) -> str:
    return "".join(f"M0 {top + at}.5h{width}" for at in range(3, height, 3))
