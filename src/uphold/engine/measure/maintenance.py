"""Maintenance as facts tell it: what was planned, what was carried out, for whom.

What of it leaves a figure: planned ∩ actual; the actual alone for unplanned and emergency work that
bears no plan. The plan is the one that held when the work began: what is moved afterwards
moves no exclusion, and what was called off and done all the same was not planned. Work that was
broken off and taken up again on another day has begun twice, each time under the plan of that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from uphold.agreement.terms.duty import NoticeTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.history import History, listed
from uphold.engine.measure.spans import Span, Spans, intersection, merged, without
from uphold.engine.verdict import State
from uphold.facts.fact import Fact

PREFIX = "maintenance:"
_PLANS = ("maintenance.planned", "maintenance.changed")
_ENDS = ("maintenance.ended", "maintenance.cancelled")
_WITHOUT_PLAN = frozenset({"unplanned", "emergency"})


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of work, with the plan that held when it began; None where none did."""

    worked: Span
    planned: Span | None


@dataclass(frozen=True, slots=True)
class Work:
    """One maintenance: its kind, its plan, when it was really worked on, and whom it concerns.

    Spans are in microseconds; work that has not ended lasts until the instant asked about.
    `planned` is the plan that stands now, None where there is none.
    `services`, `accounts` and `regions` are empty where all are concerned; `customer` is the one
    whose accounts alone are. `fact` is the id of the fact that planned or began it.
    """

    subject: str
    kind: str
    planned: Span | None
    sessions: tuple[Session, ...]
    services: frozenset[str]
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    customer: str | None
    fact: str

    @property
    def actual(self) -> Spans:
        """When it was worked on."""
        return merged(each.worked for each in self.sessions)

    @property
    def excludable(self) -> Spans:
        """The time that may leave a figure, notice and the term permitting."""
        return merged(span for each in self.sessions for span in self._permitted(each))

    @property
    def overrun(self) -> Spans:
        """The work outside its plan."""
        return without(
            merged(each.worked for each in self.sessions if each.planned is not None),
            self.excludable,
        )

    @property
    def unplanned(self) -> bool:
        """Whether some of the work needed a plan and had none."""
        needed = self.kind not in _WITHOUT_PLAN
        return needed and any(each.planned is None for each in self.sessions)

    def _permitted(self, session: Session) -> Spans:
        if session.planned is not None:
            return intersection((session.planned,), (session.worked,))
        return (session.worked,) if self.kind in _WITHOUT_PLAN else ()

    @property
    def around(self) -> Span:
        """The whole stretch that plan and work lie in."""
        every = (*self.actual, *((self.planned,) if self.planned else ()))
        return min(start for start, _ in every), max(end for _, end in every)

    @property
    def scoped(self) -> bool:
        """Whether it concerns some accounts only."""
        return bool(self.accounts or self.regions or self.customer)

    def hits(self, account: str | None, customer: str | None, region: str | None) -> bool:
        """Whether it concerns an account of a customer in a region."""
        if not self.scoped:
            return True
        if self.accounts or self.regions:
            return account in self.accounts or (region is not None and region in self.regions)
        return customer is not None and customer == self.customer


def works_of(by_subject: Mapping[str, tuple[Fact, ...]], now: int) -> tuple[Work, ...]:
    """All maintenance that was planned or carried out, in the order of the subjects."""
    found = []
    for subject, facts in sorted(by_subject.items()):
        if subject.startswith(PREFIX):
            work = _work(History(subject, facts, tuple(fact.at_us for fact in facts)), now)
            found += [work] if work is not None else []
    return tuple(found)


def announced_late(evaluation: Evaluation, agreement: str) -> frozenset[str]:
    """The maintenance whose notice came too late, or never, under an agreement's notice terms.

    Of work that was planned anew the last plan's notice counts.
    """
    notices = {
        (each.revision, term.name)
        for each in evaluation.agreements
        if each.name == agreement
        for term in each.of(NoticeTerm)
        if term.of == "maintenance"
    }
    late = set()
    for subject, verdicts in evaluation.judged.items():
        if not subject.startswith(PREFIX):
            continue
        last = {
            verdict.clock: verdict
            for verdict in sorted(verdicts, key=lambda each: each.cycle)
            if verdict.agreement == agreement
            and (verdict.revision, verdict.clock.rpartition(".")[0]) in notices
        }
        if any(verdict.state is State.MISSED for verdict in last.values()):
            late.add(subject)
    return frozenset(late)


def _work(history: History, now: int) -> Work | None:
    planned, sessions = _followed(history, now)
    kind = history.field("kind").at(now)
    if kind is None or (planned is None and not sessions):
        return None
    return Work(
        history.subject,
        kind,
        planned,
        sessions,
        frozenset(_listed(history, "services")),
        tuple(dict.fromkeys((*_listed(history, "accounts"), *_named(history, "account")))),
        _listed(history, "regions"),
        next(_named(history, "customer"), None),
        history.facts[0].id,
    )


def _followed(history: History, now: int) -> tuple[Span | None, tuple[Session, ...]]:
    """The plan that stands in the end, and the work under the plans of its time.

    Work lasts from each start to the next end (or until it is called off), or until now.
    """
    plan: tuple[int | None, int | None] = (None, None)
    sessions: list[Session] = []
    began: tuple[int, Span | None] | None = None
    for time, fact in history:
        if fact.type in _PLANS:
            plan = _moved(plan, fact)
        elif fact.type == "maintenance.started" and began is None:
            began = time, _whole(plan)
        elif fact.type in _ENDS and began is not None:
            sessions.append(Session((began[0], time), began[1]))
            began = None
        if fact.type == "maintenance.cancelled":
            plan = (None, None)
    if began is not None:
        sessions.append(Session((began[0], now), began[1]))
    lasting = (each for each in sessions if each.worked[0] < each.worked[1])
    return _whole(plan), tuple(lasting)


def _moved(plan: tuple[int | None, int | None], fact: Fact) -> tuple[int | None, int | None]:
    """The plan with the edges that a fact gives."""
    start, end = fact.value("start"), fact.value("end")
    return (
        start if isinstance(start, int) else plan[0],
        end if isinstance(end, int) else plan[1],
    )


def _whole(plan: tuple[int | None, int | None]) -> Span | None:
    start, end = plan
    return (start, end) if start is not None and end is not None and start < end else None


def _listed(history: History, name: str) -> tuple[str, ...]:
    """The last list that a fact gave."""
    lists = (listed(fact, name) for fact in reversed(history.facts))
    return next((found for found in lists if found), ())


def _named(history: History, name: str) -> Iterator[str]:
    """The customers or accounts that the facts themselves are marked with."""
    values: Iterable[str | None] = (
        fact.account if name == "account" else fact.customer for fact in history.facts
    )
    return (value for value in values if value)
