"""Availability figures for people: a table, and a sentence for whatever is worth one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from uphold.agreement.agreement import Agreement
from uphold.cli.columns import lined_up
from uphold.cli.screen import Screen
from uphold.engine.measure.figure import Figure, cut_off
from uphold.engine.measure.json_values import calendar_in, percentage
from uphold.engine.shown import shown
from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import Message, message

_NONE = "–"
_SECOND = 1_000_000
_STYLES = {State.MISSED: ("red",), State.MET: ("green",), State.UNKNOWN: ("yellow",)}
_PARTIAL = "~"


def figure_table(screen: Screen, figures: Sequence[Figure]) -> Iterator[str]:
    """A row for each figure; the account's column only where a figure is of one."""
    if not figures:
        return
    accounts = any(figure.account for figure in figures)
    rows = [_heads(screen, accounts), *(_row(screen, figure, accounts) for figure in figures)]
    state = 6 if accounts else 5

    def style(number: int, column: int, cell: str) -> str:
        if number == 0:
            return screen.styled(cell, "bold")
        if column == state:
            return screen.styled(cell, *_STYLES.get(figures[number - 1].state, ()))
        return cell

    right = (state - 3, state - 2, state - 1, state + 1, state + 2, state + 3)
    yield from lined_up(rows, right=right, style=style)
    if any(figure.window.partial for figure in figures):
        yield screen.styled(screen.say(message("uptime.partial-mark")), "dim")


def _heads(screen: Screen, accounts: bool) -> tuple[str, ...]:
    heads = [message("column.service")]
    heads += [message("column.account")] if accounts else []
    heads += [
        message("column.window"),
        message("column.figure"),
        message("column.range"),
        message("column.target"),
        message("column.state"),
        message("column.coverage"),
        message("column.down"),
        message("column.outages"),
    ]
    return tuple(screen.say(head) for head in heads)


def _row(screen: Screen, figure: Figure, accounts: bool) -> tuple[str, ...]:
    target = figure.target
    return (
        screen.reader.value(figure.service),
        *((screen.reader.value(figure.account) if figure.account else _NONE,) if accounts else ()),
        f"{figure.window.label} {_PARTIAL}" if figure.window.partial else figure.window.label,
        share(screen, figure.availability, figure.decimals),
        _range(screen, figure),
        _NONE if target is None else screen.reader.percent(Decimal(percentage(target))),
        screen.say(state_words(figure.state)),
        share(screen, figure.coverage, 1),
        length_of(screen, figure.down),
        screen.reader.number(len(figure.counting)),
    )


def share(screen: Screen, value: Fraction | None, decimals: int) -> str:
    """A share of one as a percentage, cut off; a dash where there is none."""
    if value is None:
        return _NONE
    return screen.reader.percent(Decimal(cut_off(value, decimals)))


def length_of(screen: Screen, us: int) -> str:
    """A length to the second, as tables show it; `--json` is exact."""
    return screen.reader.span(us // _SECOND * _SECOND)


def _range(screen: Screen, figure: Figure) -> str:
    """The lowest and the highest that the evidence allows."""
    if figure.lowest is None or figure.highest is None:
        return _NONE
    low, high = (
        screen.reader.number(Decimal(cut_off(each, figure.decimals)))
        for each in (figure.lowest, figure.highest)
    )
    return low if low == high else f"{low}–{high}"


def figure_notes(screen: Screen, figures: Sequence[Figure], agreement: Agreement) -> Iterator[str]:
    """A sentence for each miss, open question and unknown, and for each window that is cut."""
    for figure in figures:
        for said in _notes(screen, figure):
            yield screen.say(said)
    for window in dict.fromkeys(figure.window for figure in figures if figure.window.partial):
        calendar = calendar_in(agreement, window.zone)
        start, end = shown(calendar, window.start), shown(calendar, window.end)
        yield screen.say(message("uptime.partial", window=window.label, start=start, end=end))


def figure_name(figure: Figure) -> Message:
    """What the figure is of: service, account where it is for one, and window."""
    window = figure.window.label
    if figure.account is None:
        return message("uptime.name", service=figure.service, window=window)
    return message(
        "uptime.name-account", service=figure.service, account=figure.account, window=window
    )


def _notes(screen: Screen, figure: Figure) -> Iterator[Message]:
    name = figure_name(figure)
    if figure.state is State.MISSED and figure.availability is not None:
        assert figure.target is not None
        yield message(
            "uptime.missed",
            name=name,
            figure=share(screen, figure.availability, figure.decimals),
            target=screen.reader.percent(Decimal(percentage(figure.target))),
            down=length_of(screen, figure.down),
            count=len(figure.counting),
        )
    if figure.state is State.UNKNOWN:
        if figure.coverage:
            seen = share(screen, figure.coverage, 1)
            yield message("uptime.unknown", name=name, coverage=seen)
        else:
            yield message("uptime.no-evidence", name=name)
    if figure.questions:
        yield message("uptime.questions", name=name, count=figure.questions)
    if figure.state is State.RUNNING and figure.budget_left is not None and figure.counting:
        yield message("uptime.left", name=name, left=length_of(screen, figure.budget_left))
