"""From evidence and facts to figures: the one call that measures every promise.

Windows are worked out in the order of time from the first evidence on, since what is credited in
one settles where the next begins and how much a year's cap still leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.ground import Ground
from uphold.engine.measure.lives import EVERYBODY, Life, lives_of
from uphold.engine.measure.observing import Observatory
from uphold.engine.measure.outage import Outage, Question, Timeline
from uphold.engine.measure.promises import Names, promises
from uphold.engine.measure.rows import Earns, Row
from uphold.engine.measure.spans import Span
from uphold.engine.measure.telling import Seen, told
from uphold.engine.revisions import Revisions
from uphold.facts.evidence.run import Run

_ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures up to an instant, and what they were made from.

    `figures` are of every window since the first evidence, `asked` those that were asked for.
    `timelines` hold agreement, revision and what was known of each service; `outages` and
    `questions` are those that the figures rest on (`telling`). `unused_names` are names in the
    evidence, or in facts of outages and maintenance, that no agreement knows and nothing was
    measured for. `rows` are what the figures were cut from, for whoever cuts them otherwise
    (`daily.days_of`).
    """

    figures: tuple[Figure, ...] = ()
    asked: tuple[Figure, ...] = ()
    timelines: tuple[tuple[str, int, Timeline], ...] = ()
    outages: tuple[Outage, ...] = ()
    questions: tuple[Question, ...] = ()
    unused_names: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False, compare=False)


def measure(
    evaluation: Evaluation,
    runs: Iterable[Run],
    asked: Span | None,
    per: str | None,
    earns: Earns,
) -> Measured:
    """Every figure that follows from an evaluation and evidence (docs/language/measuring.md).

    `asked` is a stretch in microseconds; `per`, "account" or "service", overrides what the terms
    say; `earns` tells whether a missed window earned a credit, on which the next one depends.
    """
    ground = Ground.of(evaluation, runs, asked)
    if ground.first is None or ground.first >= ground.horizon:
        return Measured()
    observatory = Observatory(ground)
    names = Names.of(evaluation, ground)
    rows = tuple(
        row
        for revisions in evaluation.revisions
        for row in _rows(observatory, revisions, names, per, earns)
    )
    figures: list[Figure] = []
    judged: dict[Seen, list[Span]] = {}
    for row in rows:
        for figure in row.figures():
            figures.append(figure)
            window = figure.window.start, figure.window.end
            for observed in row.observed(figure.revision):
                seen = figure.agreement, figure.revision, observed
                judged.setdefault(seen, []).append(window)
    timelines = observatory.timelines
    outages, questions = told(timelines, judged, evaluation.revisions)
    return Measured(
        tuple(figures),
        tuple(figures) if asked is None else _selected(figures, asked),
        tuple((name, revision, each) for (name, revision, _), each in timelines.items()),
        outages,
        questions,
        names.unused,
        rows,
    )


def _rows(
    observatory: Observatory,
    revisions: Revisions,
    names: Names,
    per: str | None,
    earns: Earns,
) -> Iterator[Row]:
    """The rows of one agreement: by term, service and account."""
    agreements = tuple(agreement for _, agreement in revisions.revisions)
    lives = lives_of(observatory.ground.evaluation.accounts, revisions.name) or (EVERYBODY,)
    terms = {term.name: term for each in agreements for term in each.of(AvailabilityTerm)}
    for promised in promises(agreements, terms, names, per):
        one = promised[0]
        whole = one.bare or not _per_account(one.term, per)
        several = len(one.term.of) > 1 or one.observed[0].foreign is not None
        holders: tuple[Life, ...] = (EVERYBODY,) if whole else lives
        for life in holders:
            yield Row(observatory, revisions, promised, life, several, earns)


def _per_account(term: AvailabilityTerm, per: str | None) -> bool:
    return (per or term.per) == _ACCOUNT


def _selected(figures: Iterable[Figure], asked: Span) -> tuple[Figure, ...]:
    """The figures whose whole window ends in what was asked about, its end included.

    Of a row that has none of these, the one that still runs at the end.
    """
    found: list[Figure] = []
    for _, row in groupby(figures, _row_of):
        every = tuple(row)
        ending = [each for each in every if each.window.ends_in(asked)]
        running = [each for each in every if each.window.whole[0] < asked[1] < each.window.whole[1]]
        found += ending or running
    return tuple(found)


def _row_of(figure: Figure) -> tuple[str, str, str, str | None, str | None]:
    return figure.agreement, figure.term, figure.service, figure.account, figure.customer
