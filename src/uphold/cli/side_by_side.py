"""The same services under several agreements, side by side: a figure each, and what it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from uphold.cli.columns import lined_up
from uphold.cli.figure_lines import share
from uphold.cli.screen import Screen
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.json_values import percentage
from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import message

_NONE = "–"
_STYLES = {State.MISSED: "red", State.MET: "green", State.UNKNOWN: "yellow"}

Columns = Mapping[str, Sequence[Figure]]
"""The figures by what heads their column."""


def side_by_side(screen: Screen, columns: Columns) -> Iterator[str]:
    """A row for each service; the first row under the heads tells what is promised."""
    by_service = {
        head: {figure.service: figure for figure in figures} for head, figures in columns.items()
    }
    services = sorted({name for figures in by_service.values() for name in figures})
    rows = [
        (screen.say(message("column.service")), *columns),
        ("", *(_target(screen, figures) for figures in columns.values())),
        *(
            (
                screen.reader.value(service),
                *(_cell(screen, figures.get(service)) for figures in by_service.values()),
            )
            for service in services
        ),
    ]

    def style(number: int, column: int, cell: str) -> str:
        if number < 2:
            return screen.styled(cell, "bold" if number == 0 else "dim")
        figures = list(by_service.values())[column - 1] if column else {}
        figure = figures.get(services[number - 2])
        colour = _STYLES.get(figure.state) if figure else None
        return screen.styled(cell, colour) if colour else cell

    yield from lined_up(rows, style=style)


def _target(screen: Screen, figures: Sequence[Figure]) -> str:
    target = next((figure.target for figure in figures if figure.target is not None), None)
    if target is None:
        return screen.say(message("column.no-target"))
    share_promised = screen.reader.percent(Decimal(percentage(target)))
    return f"{screen.say(message('column.target'))} {share_promised}"


def _cell(screen: Screen, figure: Figure | None) -> str:
    """The figure and what it makes of the promise, and how many questions are open."""
    if figure is None:
        return _NONE
    told = f"{share(screen, figure.availability, figure.decimals)} {_state(screen, figure)}"
    return f"{told} ({figure.questions}?)" if figure.questions else told


def _state(screen: Screen, figure: Figure) -> str:
    return "" if figure.target is None else screen.say(state_words(figure.state))
