"""Duties beyond one request: notices, retention, suppliers, amendments, and what is only text."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.notices import (
    Every,
    InForce,
    Kept,
    Notice,
    parse_every,
    parse_in_force,
    parse_kept,
    parse_notice,
)
from uphold.agreement.terms.base import Conditions, EventsField, Phrase, Term, Words, one_of
from uphold.agreement.terms.promise import CALENDAR_PHRASE, PARTIES, ThingField

_NOTICE = Phrase(parse_notice, "A notice.", ("at least 1 week before planned start",))


class NoticeTerm(Term):
    """When something must be scheduled, announced, placed or posted, and to whom."""

    kind: ClassVar[str] = "notice"
    example: ClassVar[str] = """\
notice: planned-maintenance
of: maintenance
when: maintenance.kind is planned
scheduled: at least 2 weeks before planned start
announced: at least 1 week before planned start
to: [customers, resellers]
quotes: [scheduled at least 2 weeks and announced at least 1 week]
"""

    of: ThingField = "maintenance"
    when: Conditions = Field((), description="Which of these things are meant.")
    from_: EventsField | None = Field(
        None, alias="from", description="What the time runs from; the thing's first fact if absent."
    )
    calendar: Annotated[str, CALENDAR_PHRASE] = Field(
        ALWAYS, description="Whose hours, days and zone count."
    )
    scheduled: Annotated[Notice | None, _NOTICE] = Field(None, description="When it is planned.")
    announced: Annotated[Notice | None, _NOTICE] = Field(None, description="When it is announced.")
    placed: Annotated[Notice | None, _NOTICE] = Field(None, description="When it is ordered.")
    posted: Annotated[Notice | None, _NOTICE] = Field(None, description="When it is posted.")
    to: Words = Field((), description="Audiences who must all be told.")
    by: Annotated[str, one_of("party", *PARTIES)] = Field(
        "provider", description="The party whose duty it is."
    )
    standing: Annotated[str, one_of("standing", "promise", "endeavour", "guideline")] = Field(
        "promise", description="How binding it is."
    )

    def duties(self) -> tuple[tuple[str, Notice], ...]:
        """The notices that the term asks for, by name."""
        named = {
            "scheduled": self.scheduled,
            "announced": self.announced,
            "placed": self.placed,
            "posted": self.posted,
        }
        return tuple((name, notice) for name, notice in named.items() if notice is not None)


class RetentionTerm(Term):
    """How often something is taken and how long it is kept."""

    kind: ClassVar[str] = "retention"
    example: ClassVar[str] = """\
retention: weekly-backup
of: backup
taken: every week
kept: at least 20 calendar days
interpretation: [Days are calendar days.]
quotes: [back up weekly and keep each backup for at least 20 days]
"""

    of: ThingField = "backup"
    taken: Annotated[
        Every | None, Phrase(parse_every, "How often.", ("every week", "every 4 hours"))
    ] = Field(None, description="The longest gap between two; a recovery point is one too.")
    kept: Annotated[
        Kept | None, Phrase(parse_kept, "How long.", ("at least 20 calendar days",))
    ] = Field(None, description="How long each is kept.")


class SupplierTerm(Term):
    """A supplier whose own agreement the provider leans on."""

    kind: ClassVar[str] = "supplier"
    example: ClassVar[str] = """\
supplier: northgrid
service: data centre
agreement: suppliers/northgrid.md
for: calling
interpretation: [The supplier is named in the annex of sites.]
"""

    title: str | None = Field(None, description="The supplier's full name.")
    service: str = Field(description="What it supplies.")
    agreement: str | None = Field(
        None, description="Its agreement: a file beside this one, or a link."
    )
    for_: Words = Field((), alias="for", description="Our services that lean on it.")


class AmendmentTerm(Term):
    """When a posted revision takes effect."""

    kind: ClassVar[str] = "amendment"
    example: ClassVar[str] = """\
amendment: posting
in force: from posted
interpretation: [Clocks that are running finish under the revision that started them.]
quotes: [takes effect when we post it]
"""

    in_force: Annotated[
        InForce, Phrase(parse_in_force, "When.", ("from posted", "30 calendar days after posted"))
    ] = Field(alias="in force", description="At once, or after a notice.")
    acceptance: str | None = Field(None, description="What counts as accepting a change.")


class OpenTerm(Term):
    """The text leaves out a value that is needed; verdicts that need it say so."""

    kind: ClassVar[str] = "open"
    example: ClassVar[str] = """\
open: complaint-outcome
of: complaint
states: the outcome is told
leaves out: a time limit
quotes: [always tell the customer the outcome]
"""

    of: str | None = Field(None, description="What it is about: a thing or a term.")
    states: str = Field(description="What the text does say.")
    leaves_out: str = Field(alias="leaves out", description="What it does not.")


class TextOnlyTerm(Term):
    """A clause that states no duty that can be measured, and why."""

    kind: ClassVar[str] = "text only"
    needs_quote: ClassVar[bool] = False
    example: ClassVar[str] = "text only: states no duty that can be measured\n"

    name: str = Field(description="Why the clause has no other term.")
    figures: Words = Field(
        (), description="Figures of the prose that state no duty, each with the reason."
    )
