"""The table of term kinds: reading, the reference page and the schema are made from it."""

from __future__ import annotations

from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import (
    AmendmentTerm,
    NoticeTerm,
    OpenTerm,
    RetentionTerm,
    SupplierTerm,
    TextOnlyTerm,
)
from uphold.agreement.terms.example import ExampleTerm
from uphold.agreement.terms.hours import CalendarTerm, WindowTerm
from uphold.agreement.terms.measure import (
    AvailabilityTerm,
    EvidenceTerm,
    IndicatorTerm,
    ServiceTerm,
)
from uphold.agreement.terms.money import CreditTerm, TerminationTerm
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm, JudgementTerm, PriorityTerm

TERMS: dict[str, type[Term]] = {
    term.kind: term
    for term in (
        CalendarTerm,
        ServiceTerm,
        PriorityTerm,
        AppliesTerm,
        ClockTerm,
        IndicatorTerm,
        EvidenceTerm,
        AvailabilityTerm,
        WindowTerm,
        NoticeTerm,
        RetentionTerm,
        CreditTerm,
        TerminationTerm,
        JudgementTerm,
        SupplierTerm,
        AmendmentTerm,
        OpenTerm,
        TextOnlyTerm,
        ExampleTerm,
    )
}
