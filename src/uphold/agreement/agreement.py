"""The compiled agreement: one revision, ready to run without reading anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from uphold.agreement.document import Clause, Document
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.notices import InForce
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.promise import PriorityTerm
from uphold.worktime import CompiledCalendar

T = TypeVar("T", bound=Term)


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """One dated edition of an agreement, with its terms typed and its calendars written out.

    `posted_us` is in microseconds since 1970-01-01T00:00Z; `in_force_us` is when the revision
    takes effect by its `amendment` term (at once without one). `calendars` holds every calendar
    by name, `always` too, each with the holidays and zone changes of the revision's life, so
    that judging reads no installed table.
    """

    name: str
    title: str
    revision: int
    posted_us: int
    in_force_us: int
    language: str
    provider: str
    zone: str
    currency: str | None
    terms: tuple[Term, ...]
    calendars: Mapping[str, CompiledCalendar]
    document: Document
    in_force: InForce = field(default_factory=InForce)
    _by_name: dict[str, Term] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {term.name: term for term in self.terms}
        object.__setattr__(self, "_by_name", by_name)

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """The terms of one kind, in the order of the page."""
        return tuple(term for term in self.terms if isinstance(term, kind))

    def term(self, name: str) -> Term | None:
        """The term of that name."""
        return self._by_name.get(name)

    def clause(self, anchor: str) -> Clause | None:
        """The clause of that anchor."""
        return self.document.clause(anchor)

    def priority_of(self, thing: str) -> PriorityTerm | None:
        """The term that says which priorities a kind of thing has."""
        return next((term for term in self.of(PriorityTerm) if term.of == thing), None)

    @property
    def always(self) -> CompiledCalendar:
        """Round the clock in the agreement's zone."""
        return self.calendars[ALWAYS]

    def __repr__(self) -> str:
        return f"<Agreement {self.name} revision {self.revision}>"
