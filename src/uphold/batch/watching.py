"""How each check is read under an agreement: the kernel's rule, and what it is measured as."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm, EvidenceTerm, IndicatorTerm
from uphold.batch.expressible import require_checks_settle, require_looks
from uphold.batch.rule import Rule
from uphold.engine.measure.observing import Observed
from uphold.engine.measure.reconciling import Reconciling, Structure

How = Literal["service", "stand-in", "part"]
"""What a check's figure is: the service's own, that of a name which stands in for it, or that of
one of several things seen of the service, against which nothing is promised."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A check that evidence bears: what it is measured as, of which service, by which rule.

    `names` are those by which maintenance may mean it.
    """

    check: str
    service: str
    how: How
    rule: Rule
    names: frozenset[str]


@dataclass(frozen=True)
class Watching:
    """The rules of everything that evidence for one availability term may bear.

    `own` are those of the names that the agreement knows, by service and name; `stand_in` is that
    of names it does not know.
    """

    agreement: Agreement
    term: AvailabilityTerm
    own: Mapping[str, Mapping[str, Rule]]
    stand_in: Rule

    @classmethod
    def of(cls, agreement: Agreement, term: AvailabilityTerm) -> Watching:
        """Raises `TermRefused` where the kernel cannot read one of them as the agreement says."""
        ruling = _Ruling(agreement, term, Structure.of(agreement))
        first = term.of[0]
        return cls(
            agreement,
            term,
            {service: ruling.below(service) for service in term.of},
            ruling.rule(
                ruling.structure.evidence_for(first), ruling.structure.shared_indicator(first)
            ),
        )

    @cached_property
    def structure(self) -> Structure:
        """The services, parts, indicators and evidence of the agreement."""
        return Structure.of(self.agreement)

    @property
    def reading(self) -> Rule:
        """By which looks become runs that any of the rules can measure."""
        rules = (self.stand_in, *(rule for found in self.own.values() for rule in found.values()))
        if len({(rule.interval, rule.silent_after) for rule in rules}) == 1:
            return self.stand_in
        known = [rule.interval for rule in rules if rule.interval is not None]
        # The shortest silence that is ever asked about: one and a half of a look's own interval.
        return Rule(interval=min(known, default=None), silent_after=1)

    def are_foreign(self, checks: Collection[str]) -> bool:
        """Whether the names stand in for a service, as none of them is the agreement's."""
        return self.structure.names().isdisjoint(checks)

    def unused(self, checks: Collection[str]) -> tuple[str, ...]:
        """The names that the agreement does not know and that stand in for nothing."""
        if self.are_foreign(checks):
            return ()
        return tuple(sorted(set(checks) - self.structure.names()))

    def watched(self, checks: Collection[str]) -> Iterator[Watched]:
        """What is measured for the term; `checks` are all the names that the evidence bears."""
        if self.are_foreign(checks):
            first = self.term.of[0]
            for check in sorted(set(checks)):
                names = Observed(first, foreign=check).names(self.agreement)
                yield Watched(check, first, "stand-in", self.stand_in, names)
            return
        for service, rules in self.own.items():
            seen = [name for name in rules if name in checks]
            whole = seen == [service] or (len(seen) == 1 and self._is_one_thing(service))
            for name in seen:
                observed = Observed(service) if whole else Observed(name, within=service)
                how: How = "service" if whole else "part"
                yield Watched(name, service, how, rules[name], observed.names(self.agreement))

    def _is_one_thing(self, service: str) -> bool:
        """Whether the service is down exactly when the one check below it is."""
        name, passed = service, set[str]()
        while parts := self.structure.parts(name):
            if len(parts) > 1 or self.structure.least(name) != 1 or name in passed:
                return False
            passed.add(name)
            name = parts[0]
        return True


@dataclass(frozen=True, slots=True)
class _Ruling:
    """Terms on evidence and indicators as rules of the kernel."""

    agreement: Agreement
    term: AvailabilityTerm
    structure: Structure

    def below(self, service: str) -> dict[str, Rule]:
        """The rules of a service's own name and of all below it, as it is reconciled."""
        found: dict[str, Rule] = {}
        waiting = [(service, self.structure.evidence_for(service))]
        while waiting:
            name, evidence = waiting.pop(0)
            if name not in found:
                found[name] = self.rule(evidence, self.structure.indicator(name))
                # A part with evidence of its own is reconciled by that.
                parts = self.structure.parts(name)
                waiting += [(part, self.structure.evidence.get(part, evidence)) for part in parts]
        return found

    def rule(self, evidence: EvidenceTerm | None, indicator: IndicatorTerm | None) -> Rule:
        """The rule that a check is read by. Raises `TermRefused`."""
        reconciling = Reconciling.by(evidence)
        require_checks_settle(self.agreement, self.term, reconciling)
        require_looks(self.agreement, self.term, indicator)
        manner = reconciling.manner(indicator.down_when if indicator else None, 0)
        silent, least = manner.silent_after, self.term.counts.least
        return Rule(
            interval=manner.interval or None,
            # No silence is shorter than one and a half intervals, so none and 1 are the same.
            silent_after=None if silent is None else max(silent, 1),
            in_a_row=max(manner.row, 1),
            least=(least.us if least else 0) or None,
            degraded_down=manner.degraded == "down",
        )
