"""Facts as a set: each once, in one order, with corrections settled for what is known when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from uphold.facts.corrections import Family, families_of
from uphold.facts.fact import Fact, fact_order
from uphold.facts.identity import id_twice, names_a_digest, settled
from uphold.facts.layered import Layered
from uphold.facts.problems import Problem, problem_order


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FactSet:
    """Facts of any number of subjects, made by `FactSet.of`, in whatever order they are given.

    Times are microseconds (UTC). `at_us` leaves out what happens later, `known_us` what was
    learned later; None leaves out nothing. Both limits are inclusive.
    """

    _by_subject: Layered[tuple[Fact, ...]]
    _by_id: Layered[Fact]
    _by_digest: bool
    _corrections: tuple[Fact, ...]
    _families: Mapping[Fact, Family]
    _rejected: tuple[Fact, ...]
    _problems: tuple[Problem, ...]

    @classmethod
    def of(cls, facts: Iterable[Fact] = ()) -> FactSet:
        """The set of these facts, each once."""
        given = tuple(facts)
        by_digest = any(map(names_a_digest, given))
        kept, rejected = _distinct(given, by_digest)
        groups: dict[str, list[Fact]] = {}
        for fact in kept:
            groups.setdefault(fact.subject, []).append(fact)
        ordered = {subject: _ordered(group) for subject, group in groups.items()}
        by_id = {fact.id: fact for fact in kept if by_digest or fact.given_id is not None}
        correcting = tuple(
            fact for group in ordered.values() for fact in group if _names(fact) is not None
        )
        families, unsettled = families_of(correcting, by_id.get)
        doubled = [id_twice(by_id[fact.id], fact) for fact in rejected]
        return cls(
            Layered(ordered),
            Layered(by_id),
            by_digest,
            correcting,
            families,
            rejected,
            tuple(sorted([*doubled, *unsettled], key=problem_order)),
        )

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that facts are about, in the order of its name."""
        return tuple(sorted(self._by_subject.names()))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every distinct fact, corrected and retracted ones too, by subject and in order."""
        return tuple(fact for subject in self.subjects for fact in self.every(subject))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong among the facts: an id with two contents, a correction of nothing."""
        return self._problems

    def every(self, subject: str) -> tuple[Fact, ...]:
        """All facts of one subject in order, those that do not count included."""
        return self._by_subject.get(subject) or ()

    def of_subject(
        self, subject: str, at_us: int | None = None, known_us: int | None = None
    ) -> tuple[Fact, ...]:
        """The facts of one subject that count, in order."""
        return self._counting(subject, at_us, known_us, {})

    def by_subject(
        self, at_us: int | None = None, known_us: int | None = None
    ) -> Mapping[str, tuple[Fact, ...]]:
        """The facts that count, by subject; subjects of which none counts are left out."""
        settled_families: dict[Family, frozenset[Fact]] = {}
        found = {
            name: self._counting(name, at_us, known_us, settled_families) for name in self.subjects
        }
        return MappingProxyType({name: counted for name, counted in found.items() if counted})

    def as_of(self, at_us: int | None = None, known_us: int | None = None) -> tuple[Fact, ...]:
        """All facts that count, by subject and in order."""
        counted = self.by_subject(at_us, known_us).values()
        return tuple(fact for facts in counted for fact in facts)

    def find(self, id: str) -> Fact | None:  # noqa: A002
        """The fact with that id, if it bears one or ids of its kind are in use in the set."""
        return self._by_id.get(id)

    def adding(self, fact: Fact) -> FactSet:
        """The set with one fact more; this one stays as it is.

        Costs little, unless the fact is a correction, is what a correction waited for, or bears
        an id that is known: then identity and corrections are settled anew.
        """
        indexed = self._by_digest or fact.given_id is not None
        group = _ordered([*self.every(fact.subject), fact])
        twin = len(group) == len(self.every(fact.subject))
        if twin or self._unsettles(fact) or (indexed and self._by_id.get(fact.id) is not None):
            return FactSet.of((*self.facts, *self._rejected, fact))
        return replace(
            self,
            _by_subject=self._by_subject.having(fact.subject, group),
            _by_id=self._by_id.having(fact.id, fact) if indexed else self._by_id,
        )

    def _unsettles(self, fact: Fact) -> bool:
        """Whether corrections must be settled anew: it is one, or is what one has waited for."""
        if _names(fact) is not None or (names_a_digest(fact) and not self._by_digest):
            return True
        indexed = self._by_digest or fact.given_id is not None
        return indexed and any(_names(each) == fact.id for each in self._corrections)

    def touched_by(self, fact: Fact) -> frozenset[str]:
        """The subjects whose facts may count otherwise because of this fact of the set."""
        family = self._families.get(fact)
        others = family.members if family else ()
        return frozenset({fact.subject, *(each.subject for each in others)})

    def _counting(
        self,
        subject: str,
        at_us: int | None,
        known_us: int | None,
        standing: dict[Family, frozenset[Fact]],
    ) -> tuple[Fact, ...]:
        """The facts of a subject that count; `standing` keeps what families were asked already."""
        found = self.every(subject)
        if at_us is not None:
            found = tuple(fact for fact in found if fact.at_us <= at_us)
        if known_us is not None:
            found = tuple(fact for fact in found if fact.known_us <= known_us)
        if not self._corrections:
            return found
        counted: list[Fact] = []
        for fact in found:
            family = self._families.get(fact)
            if family is None:
                if fact.retracts is None:
                    counted.append(fact)
                continue
            if family not in standing:
                standing[family] = family.standing(known_us)
            if fact in standing[family]:
                counted.append(fact)
        return tuple(counted)

    def __len__(self) -> int:
        return sum(len(self.every(name)) for name in self._by_subject.names())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FactSet) and self.facts == other.facts

    def __hash__(self) -> int:
        return hash(self.subjects)


def _names(fact: Fact) -> str | None:
    return fact.corrects or fact.retracts


def _distinct(facts: Iterable[Fact], by_digest: bool) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The facts with each id once, and those rejected because their id says something else.

    Facts without an id are told apart in their groups, unless ids are digests anyway.
    """
    kept: list[Fact] = []
    rejected: list[Fact] = []
    claims: dict[str, list[Fact]] = {}
    for fact in facts:
        if by_digest or fact.given_id is not None:
            claims.setdefault(fact.id, []).append(fact)
        else:
            kept.append(fact)
    for claimants in claims.values():
        first, others = settled(claimants) if len(claimants) > 1 else (claimants[0], ())
        kept.append(first)
        rejected.extend(others)
    return tuple(kept), tuple(rejected)


def _ordered(facts: list[Fact]) -> tuple[Fact, ...]:
    """One subject's facts in order; of equal ones without an id, the one that was known first."""
    ordered: list[Fact] = []
    for _, tied in groupby(sorted(facts, key=lambda fact: fact.sort_key), _sort_key):
        group = list(tied)
        ordered.extend(group if len(group) == 1 else sorted(_unequal(group), key=fact_order))
    return tuple(ordered)


def _sort_key(fact: Fact) -> tuple[int, int, int]:
    return fact.sort_key


def _unequal(facts: list[Fact]) -> list[Fact]:
    by_id: dict[str, list[Fact]] = {}
    for fact in facts:
        by_id.setdefault(fact.id, []).append(fact)
    return [settled(claimants)[0] for claimants in by_id.values()]
