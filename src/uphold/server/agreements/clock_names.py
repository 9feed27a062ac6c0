"""What clocks are called: by the heading of the clause that promises them, as people read it.

A term's own name is the author's and in no language; the heading is the agreement's, or that of its
translation into the reader's language where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import FilteredRelation, Q

from uphold.agreement.agreement import Agreement
from uphold.agreement.document import read_document
from uphold.agreement.terms.promise import ClockTerm
from uphold.server.agreements.compiled import compiled
from uphold.server.agreements.models import Revision, Translation

Headings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClockName:
    """A clock's name for people, and the term's own.

    `is_alone` where the title tells it apart: no other shares its clause, or it is called alike.
    `title` is the term's name too where no agreement knows the clock.
    """

    title: str
    term: str
    is_alone: bool

    @property
    def whole(self) -> str:
        """The name in one piece, told apart from others of the clause: "Response (telephone)"."""
        return self.title if self.is_alone else f"{self.title} ({self.term})"


@dataclass(frozen=True, slots=True)
class ClockNames:
    """The names of a provider's clocks in one language."""

    agreements: tuple[Agreement, ...]
    translated: Mapping[tuple[str, int], Headings]

    def of(self, clock: str, agreement: str = "", revision: int | None = None) -> ClockName:
        """What a clock is called: by that revision, else by the latest that knows it."""
        name = clock.partition(".")[0]
        for each in self._likely(agreement, revision):
            term = each.term(name)
            clause = each.clause(term.clause) if term else None
            if term is None or clause is None:
                continue
            own = self.translated.get((each.name, each.revision), {})
            title = own.get(term.clause) or clause.title or clock
            shared = sum(other.clause == term.clause for other in each.of(ClockTerm))
            return ClockName(title, clock, shared < 2 or title.casefold() == clock.casefold())
        return ClockName(clock, clock, is_alone=True)

    def _likely(self, agreement: str, revision: int | None) -> list[Agreement]:
        """The revisions to look in: the one that is meant, its others, then all; latest first."""

        def alike(each: Agreement) -> tuple[bool, bool, int]:
            return each.name == agreement, each.revision == revision, each.revision

        return sorted(self.agreements, key=alike, reverse=True)


def clock_names(provider: int, language: str) -> ClockNames:
    """The names of the provider's clocks for who reads that language; asks one question."""
    own = FilteredRelation("translations", condition=Q(translations__language=language))
    rows = Revision.objects.filter(provider_id=provider).annotate(own=own).order_by("pk")
    found = list(rows.values_list("digest", "name", "revision", "own__pk"))
    translated = {
        (name, number): _headings(translation, digest)
        for digest, name, number, translation in found
        if translation is not None
    }
    digests = dict.fromkeys(digest for digest, *_ in found)
    return ClockNames(compiled(provider, digests), translated)


@lru_cache(maxsize=400)
def _headings(translation: int, digest: str) -> Headings:
    """The headings of a translation by clause; it never changes once it is posted.

    `digest` is that of the revision it belongs to.
    """
    rows = Translation.objects.filter(pk=translation, revision__digest=digest)
    source = rows.values_list("source", flat=True).get()
    document = read_document(("translation.md", source)).document
    if document is None:
        return {}
    return {each.anchor: each.title for each in document.clauses}
