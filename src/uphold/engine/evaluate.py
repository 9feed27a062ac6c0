"""Facts and agreements in, verdicts out: the one call that everything else is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.targets import ReleaseTarget
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.account import Account, Accounts, accounts_of
from uphold.engine.case import Case
from uphold.engine.clocks import clock_verdicts
from uphold.engine.history import History
from uphold.engine.judgements import judgement_verdicts
from uphold.engine.money.suppliers import leaning_on
from uphold.engine.notices import notice_verdicts
from uphold.engine.releases import Releases, releases_of
from uphold.engine.retention import REGISTER, kept_verdicts, register_of, taken_verdicts
from uphold.engine.revisions import Revisions, revisions_of
from uphold.engine.verdict import State, Verdict, Verdicts
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.messages import Message, message

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_SHARED = frozenset({"customer", "release", "agreement"})
_KEPT = "backup"
_BEARS_ON_REGISTERS = frozenset({_KEPT, "agreement"})


def evaluate(
    agreements: Iterable[Agreement],
    facts: FactSet | Iterable[Fact],
    at: datetime,
    known: datetime | None = None,
    *,
    as_if_in_force: bool = False,
) -> Verdicts:
    """Every verdict that follows from the facts under the agreements, as of an instant.

    `agreements` are all revisions that matter. Facts count that happened not later than `at` and
    were recorded not later than `known` (no limit without it). With `as_if_in_force` things from
    before any revision are judged under the earliest one, and every such verdict says so.

    Pure: no clock, file, setting or installed table is read. `at` and `known` are aware;
    raises ValueError for a naive one.
    """
    return Evaluation.of(agreements, facts, at, known, as_if_in_force=as_if_in_force).verdicts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Verdicts that can be brought up to date: a further fact re-judges what it touches only."""

    agreements: tuple[Agreement, ...]
    facts: FactSet
    now: int
    known: int | None
    as_if_in_force: bool
    revisions: tuple[Revisions, ...]
    accounts: Accounts
    releases: Releases
    judged: Mapping[str, tuple[Verdict, ...]]
    leaning: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the name of a supplier's agreement, the agreements that lean on it."""

    @classmethod
    def of(
        cls,
        agreements: Iterable[Agreement],
        facts: FactSet | Iterable[Fact],
        at: datetime,
        known: datetime | None = None,
        *,
        as_if_in_force: bool = False,
    ) -> Evaluation:
        """The evaluation of all facts; the arguments are those of `evaluate`."""
        facts = facts if isinstance(facts, FactSet) else FactSet.of(facts)
        known_us = None if known is None else _microseconds(known, "known")
        revisions = tuple(agreements)
        blank = cls(
            revisions,
            facts,
            _microseconds(at, "at"),
            known_us,
            as_if_in_force,
            (),
            Accounts({}, {}),
            Releases(),
            MappingProxyType({}),
            leaning_on(revisions),
        )
        whole = blank._with_shared()
        judged = {**dict(whole._judge(facts.subjects)), **dict(whole._registers())}
        return replace(whole, judged=MappingProxyType(judged))

    @property
    def verdicts(self) -> Verdicts:
        """All verdicts, by subject."""
        found = (verdict for name in sorted(self.judged) for verdict in self.judged[name])
        return Verdicts(tuple(found))

    def adding(self, fact: Fact) -> Evaluation:
        """The evaluation with one more fact; only the things that it touches are judged anew."""
        facts = self.facts.adding(fact)
        touched = set(facts.touched_by(fact))
        kinds = {_kind(name) for name in touched}
        grown = replace(self, facts=facts)
        if kinds & _SHARED:
            grown = grown._with_shared()
            touched.update(grown._leaning_on(touched, self))
        renews = bool(kinds & _BEARS_ON_REGISTERS)
        judged = {
            name: found
            for name, found in self.judged.items()
            if name not in touched and not (renews and _kind(name) == REGISTER)
        }
        judged.update(grown._judge(sorted(touched)))
        if renews:
            judged.update(grown._registers())
        return replace(grown, judged=MappingProxyType(judged))

    def _leaning_on(self, touched: set[str], before: Evaluation) -> Iterator[str]:
        """The things whose verdicts may change with facts of customers, releases or postings."""
        kinds = {_kind(name) for name in touched}
        customers = {name.partition(":")[2] for name in touched if _kind(name) == "customer"}
        by_release = _kinds_by_release(self.agreements) if "release" in kinds else frozenset()
        for subject in self.facts.subjects:
            named = {each._account(subject).customer for each in (before, self)}
            if (
                named & customers
                or _kind(subject) in by_release
                or ("agreement" in kinds and self._moved(subject, before))
            ):
                yield subject

    def _moved(self, subject: str, before: Evaluation) -> bool:
        """Whether a posting has put the thing under another revision, or it is under none."""
        history = self._history(subject)
        if history is None:
            return False
        pairs = zip(before.revisions, self.revisions, strict=True)
        for earlier, later in pairs:
            was, now = earlier.for_thing(history), later.for_thing(history)
            if was[:2] != now[:2] or not now[1]:
                return True
        return False

    def _with_shared(self) -> Evaluation:
        """With the registers that many things lean on worked out anew."""
        shared = [
            fact
            for name in self.facts.subjects
            if _kind(name) in _SHARED
            for fact in self._counting(name)
        ]
        return replace(
            self,
            revisions=revisions_of(self.agreements, shared),
            accounts=accounts_of(shared),
            releases=releases_of(shared),
        )

    def _counting(self, subject: str) -> tuple[Fact, ...]:
        return self.facts.of_subject(subject, self.now, self.known)

    def _account(self, subject: str) -> Account:
        return self.accounts.of(self._counting(subject))

    def _judge(self, subjects: Iterable[str]) -> Iterator[tuple[str, tuple[Verdict, ...]]]:
        """The verdicts of each subject that has any."""
        for subject in subjects:
            found = tuple(self._thing(subject))
            if found:
                yield subject, found

    def _history(self, subject: str) -> History | None:
        facts = self._counting(subject)
        return History(subject, facts, tuple(fact.at_us for fact in facts)) if facts else None

    def _thing(self, subject: str) -> Iterator[Verdict]:
        history = self._history(subject)
        if history is None:
            return
        account = self.accounts.of(history.facts)
        for revisions in self.revisions:
            yield from self._under(revisions, history, account)

    def _under(self, revisions: Revisions, history: History, account: Account) -> Iterator[Verdict]:
        """The verdicts of a thing under the right revision of one agreement."""
        agreement, in_force, start = revisions.for_thing(history)
        if not self._binds(revisions, account, start):
            return
        preface: tuple[Message, ...] = ()
        if not in_force:
            posted = agreement.always.local(revisions.revisions[0][0])
            name = "reason.as-if-in-force" if self.as_if_in_force else "reason.before-in-force"
            preface = (message(name, agreement=agreement.name, at=posted),)
        elif account.agreed(start) == frozenset():
            in_force = False
            preface = (message("reason.no-agreement", agreement=agreement.name),)
        case = Case(agreement, history, account)
        found = [
            *clock_verdicts(case, self.now, self.releases, preface),
            *notice_verdicts(case, self.now, preface),
            *judgement_verdicts(case, preface),
            *kept_verdicts(agreement, history, self.now, preface),
        ]
        owed = in_force or (self.as_if_in_force and account.agreed(start) != frozenset())
        yield from found if owed else map(_not_owed, found)

    def _binds(self, revisions: Revisions, account: Account, time: int) -> bool:
        """Whether the agreement is the account's: named by it then, or none is named at all.

        A supplier's is that of the accounts whose own agreement leans on it.
        """
        agreed = account.agreed(time)
        if not agreed or revisions.name in agreed:
            return True
        return bool(self.leaning.get(revisions.name, frozenset()) & agreed)

    def _registers(self) -> Iterator[tuple[str, tuple[Verdict, ...]]]:
        """Whether backups were taken often enough, by register."""
        registers: dict[str, dict[int, Fact]] = {}
        for subject in self.facts.subjects:
            if _kind(subject) != _KEPT:
                continue
            facts = self._counting(subject)
            taken = next((fact for fact in facts if fact.type == f"{_KEPT}.taken"), None)
            if taken is not None:
                registers.setdefault(register_of(facts), {})[taken.at_us] = taken
        for register, taken_at in sorted(registers.items()):
            found = [
                verdict
                for revisions in self.revisions
                for _, agreement in revisions.revisions
                for verdict in taken_verdicts(agreement, register, taken_at, _KEPT, self.now)
                if verdict.starts is not None
                and self._in_force(revisions, _microseconds(verdict.starts, "at")) is agreement
            ]
            yield register, tuple(found)

    def _in_force(self, revisions: Revisions, time: int) -> Agreement | None:
        return revisions.at(time) or (revisions.first if self.as_if_in_force else None)


def _kinds_by_release(agreements: Iterable[Agreement]) -> frozenset[str]:
    """The kinds of thing that some clock gives a release as its target."""
    return frozenset(
        clock.of
        for agreement in agreements
        for clock in agreement.of(ClockTerm)
        if any(isinstance(target, ReleaseTarget) for target in clock.targets())
    )


def _kind(subject: str) -> str:
    """The kind of thing that a subject is."""
    return subject.partition(":")[0]


def _not_owed(verdict: Verdict) -> Verdict:
    """The verdict of a promise that nobody had made yet."""
    return replace(
        verdict,
        state=State.NOT_OWED,
        due=None,
        promised_due=None,
        used_us=None,
        left_us=None,
        provisional=False,
        because=verdict.because[:1],
        alerts=(),
    )


def _microseconds(instant: datetime, name: str) -> int:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError(
            f"{name}={instant.isoformat()} names no zone; an instant needs one, "
            f"as in {instant.isoformat()}+01:00"
        )
    return (instant - EPOCH) // MICROSECOND
