"""Taking a step, or seeing first what it would mean for the notice that was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from uphold.engine.verdict import State as VerdictState
from uphold.engine.verdict import Verdict
from uphold.facts import Fact, make_fact
from uphold.facts.times import from_datetime, to_datetime
from uphold.messages import Message, message
from uphold.server import clock
from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.kinds import May, OrganisationKind
from uphold.server.accounts.services import parties, registered_accounts
from uphold.server.desk.shapes import Wrong
from uphold.server.ledger import services as ledger
from uphold.server.uptime import notices
from uphold.server.uptime.filling import Filled
from uphold.server.uptime.judging import Judged, judged, service_titles
from uphold.server.uptime.kinds import POSSIBLE, Action
from uphold.server.uptime.projecting import state_of
from uphold.server.uptime.shapes import Done, NotDone, Preview, Values
from uphold.server.uptime.steps import Case, Scope, Step, step
from uphold.server.uptime.words import STATE_WORDS

UNNUMBERED: Final = "maintenance:new"
_QUARTER: Final = 15 * 60 * 1_000_000
_TRIES: Final = 12
_MOST_AHEAD: Final = 4 * 60 * 1_000_000
"""How far one server's clock may be ahead of another's; the ledger takes five minutes."""

_NOTHING: Final = Scope({}, frozenset(), {}, {})


def act(
    viewer: Viewer,
    action: Action,
    subject: str | None,
    values: Values,
    *,
    zone: str = "UTC",
    seen: int | None = None,
) -> Done:
    """Plans maintenance, or takes a step with what is planned. Local times are those of `zone`.

    `seen` is the ledger's position that the viewer looked at. Raises `NotAllowed`, `NotFound`,
    `NotDone`, and `ledger.services.Moved` when something happened with it since.
    """
    require(viewer, May.LEAD)
    behind = ledger.position(viewer.provider)
    own = _own(viewer, action, subject)
    case = _case(viewer, action, own)
    made = step(case, action, subject or UNNUMBERED, Filled(values, zone))
    if made.wrong:
        raise NotDone(made.wrong)
    try:
        appended = _appended(case, made, subject, behind if seen is None else min(seen, behind))
    except ledger.Refused as refused:
        raise NotDone(tuple(Wrong("", problem) for problem in refused.problems)) from refused
    return Done(appended.subject or subject or "", appended.position)


def preview(
    viewer: Viewer, action: Action, subject: str | None, values: Values, *, zone: str = "UTC"
) -> Preview:
    """What a step would mean, judged by the engine with facts that are not appended.

    Raises `NotAllowed` and `NotFound`.
    """
    require(viewer, May.LEAD)
    own = _own(viewer, action, subject)
    case = _case(viewer, action, own)
    name = subject or UNNUMBERED
    made = step(case, action, name, Filled(values, zone))
    if made.wrong:
        return Preview((), (), made.wrong)
    customers = sorted({fact.customer for fact in (*own, *made.facts) if fact.customer})
    before = judged(viewer.provider, own, customers, case.now_us)
    after = before.thinking(made.facts)
    says = tuple(_says(before, after, name, action, made))
    return Preview(notices.notices_of(after, name), says, ())


def scope_of(provider: int) -> Scope:
    """What a plan may be for: services that agreements name, regions and accounts of customers."""
    customers = {each.key: each.name for each in parties(provider, OrganisationKind.CUSTOMER)}
    every = registered_accounts(provider)
    return Scope(
        service_titles(provider),
        frozenset(each.region for each in every if each.region),
        {each.name: each.customer for each in every if each.name},
        customers,
    )


def audiences_of(provider: int) -> tuple[str, ...]:
    """Whom the notices of the agreements in force ask to be told."""
    terms = judged(provider, (), (), clock.now_us()).terms()
    return tuple(dict.fromkeys(name for term in terms for name in term.to))


def _case(viewer: Viewer, action: Action, own: Iterable[Fact]) -> Case:
    """Who does it and when; only a plan names customers, so only a plan asks for them all.

    It is never earlier than what is known of the maintenance: several servers' clocks differ.
    """
    provider = viewer.provider
    scope = scope_of(provider) if action is Action.PLAN else _NOTHING
    now = clock.now_us()
    last = max((fact.known_us for fact in own), default=now)
    return Case(provider, viewer.person, "", max(now, min(last, now + _MOST_AHEAD)), scope)


def _own(viewer: Viewer, action: Action, subject: str | None) -> tuple[Fact, ...]:
    """What is known of the maintenance, none of a new one.

    Raises `NotFound` for what is not there, and `NotDone` for a step that its state does not allow.
    """
    if (subject is None) != (action is Action.PLAN):
        raise NotFound
    if subject is None:
        return ()
    facts = ledger.facts_of(viewer.provider, [subject])
    own = [fact for fact in facts if fact.subject == subject]
    if not own or not subject.startswith("maintenance:"):
        raise NotFound
    state = state_of(own)
    if action not in POSSIBLE[state]:
        raise NotDone((Wrong("", message("uptime.wrong-state", state=STATE_WORDS[state])),))
    return facts


def _appended(case: Case, made: Step, subject: str | None, seen: int) -> ledger.Appended:
    if subject is not None:
        return ledger.append(case.provider, made.facts, seen={subject: seen}, texts=made.texts)

    def named(new: str) -> list[Fact]:
        return [_about(fact, new) for fact in made.facts]

    return ledger.append_new(case.provider, "maintenance", named, texts=made.texts)


def _about(fact: Fact, subject: str) -> Fact:
    written = {name: value for name, value in fact.written.items() if name != "subject"}
    return make_fact(str(written.pop("type")), str(written.pop("at")), subject, **written)


def _says(
    before: Judged, after: Judged, subject: str, action: Action, made: Step
) -> Iterator[Message]:
    """What else is worth knowing: the earliest start with full notice, a missed one that stays."""
    if action not in (Action.PLAN, Action.CHANGE):
        return
    late = [each for each in _last_round(after, subject) if each.state is VerdictState.MISSED]
    if late:
        earliest = _earliest(before, after, subject, made)
        if earliest is not None:
            yield message("uptime.says-earliest", at=to_datetime(earliest))
    if not after.verdicts(subject):
        yield message("uptime.says-no-notice")


def _last_round(judged: Judged, subject: str) -> tuple[Verdict, ...]:
    """The verdicts on the plan that stands now."""
    found = judged.verdicts(subject)
    last = max((each.cycle for each in found), default=0)
    return tuple(each for each in found if each.cycle == last)


def _earliest(before: Judged, after: Judged, subject: str, made: Step) -> int | None:
    """The earliest start, to the quarter of an hour, for which no notice would be late.

    Found by asking the engine: the start moves on by as much as the notice is late, until it says
    that nothing is late any more. None where no start helps.
    """
    plan = made.facts[0]
    start, end = plan.value("start"), plan.value("end")
    assert isinstance(start, int)
    assert isinstance(end, int)
    moved = start
    for _ in range(_TRIES):
        behind = [
            after.as_of_us - from_datetime(each.due)
            for each in _last_round(after, subject)
            if each.state is VerdictState.MISSED and each.due is not None
        ]
        if not behind:
            return moved if moved != start else None
        moved = -(-(moved + max(behind)) // _QUARTER) * _QUARTER
        later = {"start": _iso(moved), "end": _iso(moved + end - start)}
        after = before.thinking([_with(plan, later)])
    return None


def _with(plan: Fact, more: dict[str, str]) -> Fact:
    written = {**plan.written, **more}
    return make_fact(
        str(written.pop("type")), str(written.pop("at")), str(written.pop("subject")), **written
    )


def _iso(at_us: int) -> str:
    return to_datetime(at_us).isoformat()
