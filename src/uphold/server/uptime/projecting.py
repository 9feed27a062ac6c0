"""Writing the rows of maintenance with the facts, and when they must be written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from uphold.engine.history import History
from uphold.facts import Fact
from uphold.server.uptime.judging import THING, Judged, judge
from uphold.server.uptime.kinds import STATE_AFTER, State
from uphold.server.uptime.models import Maintenance

_AT_A_TIME: Final = 500
"""Customers in one query."""


class MaintenanceProjector:
    """One row for each piece of maintenance, with the verdicts on its notice."""

    name = "uptime"
    things = frozenset({THING})

    def project(self, provider: int, subjects: Iterable[str], as_of_us: int, position: int) -> None:
        """Writes the rows of the subjects as of an instant, in the open transaction."""
        wanted = sorted(subjects)
        judged = judge(provider, wanted, as_of_us, position)
        for subject in wanted:
            rows = Maintenance.objects.filter(provider_id=provider, subject=subject)
            values = row_values(judged, subject)
            if values is None:
                rows.delete()
                continue
            Maintenance.objects.update_or_create(
                provider_id=provider,
                subject=subject,
                defaults={**values, "as_of_us": as_of_us, "position": position},
            )

    def stated(self, provider: int) -> Iterable[tuple[str, int, int]]:
        """Every row there is: its subject, as of when, and at which position."""
        rows = Maintenance.objects.filter(provider_id=provider).order_by("id")
        return rows.values_list("subject", "as_of_us", "position").iterator()

    def snapshot(self, provider: int, subject: str) -> object:
        """The row of a subject as JSON values; None without one."""
        rows = Maintenance.objects.filter(provider_id=provider, subject=subject)
        found: Mapping[str, object] | None = rows.values().first()
        return {name: found[name] for name in found if name != "id"} if found else None

    def clear(self, provider: int) -> None:
        """Takes every row of the provider away."""
        Maintenance.objects.filter(provider_id=provider).delete()

    def bearing(self, provider: int, facts: Collection[Fact]) -> Iterable[str]:
        """The maintenance to be judged anew: all when an agreement is posted, else customers'."""
        rows = Maintenance.objects.filter(provider_id=provider).values_list("subject", flat=True)
        if any(fact.thing == "agreement" for fact in facts):
            yield from rows.iterator()
            return
        subjects = sorted({fact.subject for fact in facts if fact.thing == "customer"})
        for start in range(0, len(subjects), _AT_A_TIME):
            some = [each.partition(":")[2] for each in subjects[start : start + _AT_A_TIME]]
            yield from rows.filter(customer__in=some).iterator()


def row_values(judged: Judged, subject: str) -> dict[str, Any] | None:
    """What the row of a subject says; None where no fact about it counts any more."""
    facts = judged.facts(subject)
    if not facts:
        return None
    history = History(subject, facts, tuple(fact.at_us for fact in facts))
    work = judged.work(subject)
    planned = (work.planned if work else None) or (None, None)
    announced = history.by_type.get("maintenance.announced", ())
    return {
        "customer": next((fact.customer for fact in facts if fact.customer), ""),
        "kind": _last(history, "kind"),
        "state": state_of(facts),
        "title": next((str(each) for each in map(_written, facts) if each), ""),
        "services": sorted(work.services) if work else [],
        "regions": list(work.regions) if work else [],
        "accounts": list(work.accounts) if work else [],
        "site": _last(history, "site"),
        "requested_by": _last(history, "requested_by"),
        "known_us": facts[0].at_us,
        "start_us": planned[0],
        "end_us": planned[1],
        "announced_us": announced[-1][0] if announced else None,
        "announced_to": _audiences(fact for _, fact in announced),
        "started_us": history.first("maintenance.started"),
        "ended_us": _ended(history),
        "verdicts": [verdict.to_json() for verdict in judged.verdicts(subject)],
    }


def state_of(facts: Iterable[Fact]) -> State:
    """What the facts make of it; moving the plan of work under way does not stop the work."""
    state = State.PLANNED
    for fact in facts:
        after = STATE_AFTER.get(fact.type, state)
        moved = fact.type == "maintenance.changed" and state is not State.CANCELLED
        state = state if moved else after
    return state


def _last(history: History, field: str) -> str:
    values = history.field(field).values
    return values[-1] if values else ""


def _written(fact: Fact) -> object:
    return fact.written.get("written")


def _audiences(facts: Iterable[Fact]) -> list[str]:
    """Whom the announcements named, each once, in order."""
    told: dict[str, None] = {}
    for fact in facts:
        to = fact.value("to")
        told.update(dict.fromkeys(to if isinstance(to, tuple) else ()))
    return list(told)


def _ended(history: History) -> int | None:
    """When the work last ended; None while it goes on again."""
    ended = history.by_type.get("maintenance.ended", ())
    started = history.by_type.get("maintenance.started", ())
    if not ended or (started and started[-1][0] > ended[-1][0]):
        return None
    return ended[-1][0]
