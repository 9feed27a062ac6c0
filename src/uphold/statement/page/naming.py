"""Short names for the figures of a page: only as long as it takes to tell them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uphold.engine.measure.figure import Figure
from uphold.messages import message
from uphold.statement.page.teller import Teller, period_words


def figure_period(teller: Teller, figure: Figure) -> str:
    """The figure's whole window in words."""
    window = figure.window
    return period_words(teller, *window.whole, window.zone)


def figure_title(teller: Teller, figure: Figure) -> str:
    """What a figure is of: the service, and for whom where it is one account's."""
    holder = figure.account or (figure.customer if figure.account is None else None)
    if holder is None:
        return figure.service
    return teller.say(message("sheet.figure-for", service=figure.service, account=holder))


def figure_names(teller: Teller, figures: Sequence[Figure]) -> Mapping[str, str]:
    """A name for each figure by agreement and key (`name_key`).

    What all figures share is left out; a figure that is alone is named for whom it is.
    """
    parts = [_parts(teller, each) for each in figures]
    differing = [
        place for place, values in enumerate(zip(*parts, strict=True)) if len(set(values)) > 1
    ]
    for count in range(1, len(differing) + 1):
        names = [", ".join(each[place] for place in differing[:count]) for each in parts]
        if len(set(names)) == len(names):
            break
    else:
        names = [each[0] for each in parts]
    return dict(zip(map(name_key, figures), names, strict=True))


def name_key(figure: Figure) -> str:
    """What tells a figure from all others: two agreements may name a term alike."""
    return f"{figure.agreement} {figure.key}"


def _parts(teller: Teller, figure: Figure) -> tuple[str, ...]:
    holder = figure.account or figure.customer or figure.service
    period = figure_period(teller, figure)
    return holder, period, figure.service, figure.term, figure.agreement
