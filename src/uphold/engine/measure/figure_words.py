"""What a figure leans on besides its own term: the readings and the gaps of the terms it uses."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import OpenTerm
from uphold.agreement.terms.hours import WindowTerm
from uphold.agreement.terms.measure import (
    AvailabilityTerm,
    EvidenceTerm,
    IndicatorTerm,
    ServiceTerm,
)
from uphold.engine.measure.exclusions import STANDING
from uphold.engine.measure.ground import parts_under
from uphold.engine.reasons import interpretations
from uphold.messages import Message, message


def leaned_on(
    agreement: Agreement, term: AvailabilityTerm | None, service: str
) -> tuple[Message, ...]:
    """The open terms and the interpretations that every figure of the term leans on."""
    opened = (
        message(
            "reason.left-open",
            term=each.name,
            clause=each.clause,
            states=each.states,
            leaves_out=each.leaves_out,
        )
        for each in agreement.of(OpenTerm)
        if term is not None and each.of == term.name
    )
    used = _used(agreement, term, parts_under(agreement, service))
    read = (reading for each in used for reading in interpretations(each))
    return (*opened, *read)


def _used(
    agreement: Agreement, term: AvailabilityTerm | None, names: frozenset[str]
) -> Iterator[Term]:
    if term is not None:
        yield term
    for each in agreement.terms:
        if isinstance(each, ServiceTerm):
            if each.name in names:
                yield each
        elif isinstance(each, EvidenceTerm):
            if names.intersection(each.of):
                yield each
        elif isinstance(each, IndicatorTerm):
            if each.of in names or each.name in names:
                yield each
        elif isinstance(each, WindowTerm):
            excluded = term is not None and STANDING in term.excludes
            if excluded and (each.hours is None or not each.for_ or names.intersection(each.for_)):
                yield each
