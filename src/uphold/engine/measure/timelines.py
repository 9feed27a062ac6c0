"""What is known of a service over time: the way from runs and facts to outages and questions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from uphold.agreement.agreement import Agreement
from uphold.engine.measure.attaching import attached
from uphold.engine.measure.judged import Judged
from uphold.engine.measure.looking import Sightings
from uphold.engine.measure.outage import Outage, Timeline
from uphold.engine.measure.outage_reasons import Reasons
from uphold.engine.measure.parts import View
from uphold.engine.measure.reconciled import Bench, judged_outage
from uphold.engine.measure.reconciling import Reconciling, Structure
from uphold.engine.measure.reports import Told
from uphold.facts.evidence.run import Run
from uphold.facts.fact import Fact


def timeline(
    agreement: Agreement,
    service: str,
    runs: Sightings | Iterable[Run],
    facts: Told | Iterable[Fact],
    since: int,
    until: int,
) -> Timeline:
    """What is known of a service, or of a check, from one instant until another.

    Instants are microseconds since 1970-01-01T00:00Z. `runs` and `facts` may be of any check and
    any outage, in any order; who asks for many services indexes them once (`Sightings.of`,
    `Told.of`). Nothing after `until` is looked at: an outage that lasts is cut there, and `open`.
    Outages are whole: one that began before `since` keeps its beginning. They may share time only
    where facts give them different causes or scopes.
    """
    view = _view(agreement, runs, facts, since, until)
    return _reconciled(agreement, view, service, frozenset(), since)


def stand_in(
    agreement: Agreement,
    service: str,
    check: str,
    runs: Sightings | Iterable[Run],
    facts: Told | Iterable[Fact],
    since: int,
    until: int,
) -> Timeline:
    """What is known of a check that the agreement does not name, as if it were a whole service.

    It is read and reconciled as the service's evidence is. Its indicator is the one that all
    checks of the service share; where they differ, one failed look is down.
    """
    view = _view(agreement, runs, facts, since, until)
    rule = Reconciling.by(view.structure.evidence_for(service))
    reports = view.told.reported(check, alone=False)
    shown = view.seen(check, rule, view.structure.shared_indicator(service), reports)
    judgements = view.told.judged(check, alone=False)
    reasons = Reasons(agreement.always)
    bench = Bench(check, rule, view.told, reasons, reports, judgements)
    return bench.timeline(shown, since, until)


def names_of(agreement: Agreement) -> frozenset[str]:
    """Every name of a check or a service that evidence may bear under an agreement."""
    return Structure.of(agreement).names()


def _view(
    agreement: Agreement,
    runs: Sightings | Iterable[Run],
    facts: Told | Iterable[Fact],
    since: int,
    until: int,
) -> View:
    sightings = runs if isinstance(runs, Sightings) else Sightings.of(runs)
    told = facts if isinstance(facts, Told) else Told.of(facts)
    reasons = Reasons(agreement.always)

    def alone(part: str, through: frozenset[str]) -> Timeline:
        return _reconciled(agreement, view, part, through, since)

    judge = partial(_judge, told, reasons)
    view = View(Structure.of(agreement), sightings, told, until, alone, judge)
    return view


def _judge(told: Told, reasons: Reasons, service: str, judged: Judged) -> Outage:
    facts = attached(told, (judged.judgement.subject,))
    return judged_outage(service, judged, facts, (), reasons)


def _reconciled(
    agreement: Agreement, view: View, service: str, through: frozenset[str], since: int
) -> Timeline:
    """A service reconciled by its own evidence term, looked at through those it is a part of."""
    rule = Reconciling.by(view.structure.evidence_for(service))
    shown = view.shown(service, rule, through)
    below = view.structure.below(service)
    reports = (
        *(view.told.reported(service, alone=False)),
        *(
            each
            for name in below
            if name != service
            for each in view.told.reported(name, alone=True)
        ),
    )
    judgements = view.told.judged(service, alone=False)
    bench = Bench(service, rule, view.told, Reasons(agreement.always), reports, judgements)
    return bench.timeline(shown, since, view.until)
