"""The story of a figure: the words of the clauses, the reasons in order, and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uphold.agreement.agreement import Agreement
from uphold.cli.columns import lined_up
from uphold.cli.figure_lines import figure_name, length_of, share
from uphold.cli.screen import Screen
from uphold.cli.telling import Shown, ground_lines
from uphold.engine.explain import words_of
from uphold.engine.measure.figure import Figure
from uphold.engine.words import state_words
from uphold.messages import Message, message


def figure_story(
    screen: Screen, figure: Figure, agreement: Agreement, shown: Shown
) -> Iterator[str]:
    """One figure explained; clauses that an earlier one has `shown` are only named."""
    name = screen.styled(screen.say(figure_name(figure)), "bold")
    yield f"{name}  {screen.say(state_words(figure.state))}"
    words = words_of(agreement, figure.clause, (figure.term,), figure.because)
    yield from ground_lines(screen, agreement, words, figure.because, shown)
    yield ""
    for line in lined_up(list(_rows(screen, figure))):
        yield f"  {line}"


def _rows(screen: Screen, figure: Figure) -> Iterator[tuple[str, str]]:
    """The figure's own values, a line each."""
    decimals = figure.decimals
    shares = (
        (message("column.figure"), figure.availability, decimals),
        (message("uptime.lowest"), figure.lowest, decimals),
        (message("uptime.highest"), figure.highest, decimals),
        (message("column.coverage"), figure.coverage, decimals),
    )
    for head, value, digits in shares:
        yield screen.say(head), share(screen, value, digits)
    lengths: list[tuple[Message, int | None]] = [
        (message("uptime.owed"), figure.owed),
        (message("column.down"), figure.down),
        (message("uptime.unknown-time"), figure.unknown),
        (message("uptime.excluded"), sum(length for _, length in figure.excluded)),
        (message("uptime.longest"), figure.longest),
        (message("uptime.restore"), _whole(figure.time_to_restore)),
        (message("uptime.between"), _whole(figure.time_between_failures)),
    ]
    if figure.budget_left is not None:
        over = figure.budget_left < 0
        head = message("explain.over") if over else message("uptime.budget")
        lengths.append((head, abs(figure.budget_left)))
    for head, length in lengths:
        if length is not None:
            yield screen.say(head), length_of(screen, length)


def _whole(mean: Fraction | None) -> int | None:
    return None if mean is None else int(mean)
