"""`uphold uptime`: how much of the time services were up, and what that is measured against."""

from __future__ import annotations

from collections.abc import Sequence

from uphold.agreement.agreement import Agreement
from uphold.cli.as_of import as_of
from uphold.cli.cost_lines import cost_notes
from uphold.cli.figure_lines import figure_notes, figure_table
from uphold.cli.figure_telling import figure_story
from uphold.cli.judging import asked
from uphold.cli.materials import gathered
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.settling import Settled, settled
from uphold.cli.telling import Shown, source_of
from uphold.cli.watching import Several, Watching
from uphold.cli.windows import window as window_in
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.figure_json import figure_json
from uphold.engine.money.cost import costs_of_misses
from uphold.engine.money.cost_json import cost_json
from uphold.messages import message


def uptime(
    *files: str,
    facts: Several = (),
    evidence: Several = (),
    window: str | None = None,
    per: str | None = None,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    why: bool = False,
    zone: str | None = None,
    watching: Watching = Watching(),  # noqa: B008 - frozen
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Measures availability from evidence, under what agreements promise."""
    materials = gathered(files, facts, evidence, command="uptime", needs_evidence=True)
    question = asked(at, known, as_if_in_force, zone)
    found = settled(materials, question, watching, window, per)
    figures = chosen(found)
    costs = costs_of_misses(found.settlement.evaluation, figures)
    screen = Screen(shared, question.zone or found.zone)
    if shared.json:
        screen.json(
            [
                {**figure_json(each, found.agreement(each.agreement, each.revision)), "cost": cost}
                for each, cost in zip(figures, map(cost_json, costs), strict=True)
            ]
        )
    else:
        screen.result(as_of(screen, question.at, found.agreements))
        for agreement, its in by_agreement(found, figures):
            _show(screen, agreement, its, why)
        notes = [
            note
            for each, cost in zip(figures, costs, strict=True)
            for note in cost_notes(each, cost)
        ]
        if notes:
            screen.result()
        for note in notes:
            screen.result(screen.say(note))
        if not figures:
            screen.result()
            screen.result(screen.say(message("uptime.nothing")))
    tell_evidence(screen, found)
    mention(screen, found.problems)
    return FOUND if found.problems else FINE


def chosen(found: Settled) -> tuple[Figure, ...]:
    """The figures asked for: of the very window that was named where there are such ones.

    "2026-03..2027-02" is one window of a term of twelve months, and twelve of one of a month.
    """
    figures = found.settlement.figures
    if found.period is None:
        return figures
    label = found.period.label
    spans = {zone: window_in(label, zone) for zone in {each.window.zone for each in figures}}

    def is_very(figure: Figure) -> bool:
        period = spans[figure.window.zone]
        return figure.window.whole == (period.start, period.end)

    whole = {(each.term, each.service, each.account) for each in figures if is_very(each)}
    return tuple(
        each
        for each in figures
        if is_very(each) or (each.term, each.service, each.account) not in whole
    )


def by_agreement(
    found: Settled, figures: Sequence[Figure]
) -> list[tuple[Agreement, tuple[Figure, ...]]]:
    """The figures of each revision, in the order in which the first of each comes."""
    groups: dict[tuple[str, int], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.agreement, figure.revision), []).append(figure)
    return [(found.agreement(*revision), tuple(its)) for revision, its in groups.items()]


def _show(screen: Screen, agreement: Agreement, figures: Sequence[Figure], why: bool) -> None:
    screen.result()
    screen.result(screen.styled(screen.say(source_of(agreement)), "bold"))
    for line in figure_table(screen, figures):
        screen.result(line)
    notes = list(figure_notes(screen, figures, agreement))
    if notes:
        screen.result()
    for note in notes:
        screen.result(note)
    if why:
        shown: Shown = set()
        for figure in figures:
            screen.result()
            for line in figure_story(screen, figure, agreement, shown):
                screen.result(line)


def tell_evidence(screen: Screen, found: Settled) -> None:
    """Says on stderr what of the evidence nothing used, and what its readers had to note."""
    unused = found.settlement.measured.unused_names
    if unused:
        screen.problem(screen.say(message("uptime.unused", count=len(unused), names=unused)))
    for note in found.evidence.notes:
        screen.problem(screen.say(note))
    late = found.evidence.behind(found.settlement.evaluation.now)
    if late:
        screen.problem(screen.say(message("uptime.behind", count=late)))
