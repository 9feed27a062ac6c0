"""The calendar of maintenance, and one piece of it, for whoever may see it.

Customers see what concerns them: what is for all, and what is for them, one of their accounts or a
region that serves them (E7). Of others' accounts they see nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from uphold.engine.measure.maintenance import Work
from uphold.facts import Fact
from uphold.facts.times import to_datetime
from uphold.messages import Message, message
from uphold.server import clock
from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.accounts.services import (
    RegisteredAccount,
    names_of_parties,
    registered_accounts,
)
from uphold.server.ledger import services as ledger
from uphold.server.uptime import notices
from uphold.server.uptime.judging import judge, service_titles
from uphold.server.uptime.kinds import POSSIBLE, State
from uphold.server.uptime.models import Maintenance
from uphold.server.uptime.shapes import Event, Row, View
from uphold.server.uptime.words import audience_word

MOST_PAST: Final = 100
_LOOKED_AT: Final = 1_000
_OPEN: Final = (State.PLANNED, State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is being worked on, what comes, and the last of what was done or called off."""

    under_way: tuple[Row, ...]
    coming: tuple[Row, ...]
    past: tuple[Row, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Eyes:
    """What of maintenance a viewer is concerned by; `accounts` is None for the provider's staff."""

    viewer: Viewer
    accounts: tuple[RegisteredAccount, ...] | None
    now_us: int

    @classmethod
    def of(cls, viewer: Viewer) -> Eyes:
        """The eyes of a viewer, who may read. Raises `NotAllowed`."""
        require(viewer, May.READ)
        now = clock.now_us()
        if viewer.customers is None:
            return cls(viewer, None, now)
        return cls(viewer, registered_accounts(viewer.provider, viewer.customers), now)

    def see(self, row: Maintenance) -> bool:
        """Whether it concerns them."""
        if self.accounts is None:
            return True
        work = Work(
            row.subject,
            row.kind,
            None,
            (),
            frozenset(row.services),
            tuple(row.accounts),
            tuple(row.regions),
            row.customer or None,
            "",
        )
        return not work.scoped or any(
            work.hits(*each)
            for each in (
                *((a.name or None, a.customer, a.region or None) for a in self.accounts),
                *((None, customer, None) for customer in self.viewer.customers or ()),
            )
        )

    def accounts_in(self, row: Maintenance) -> tuple[str, ...]:
        """The accounts that it is for, as far as they are theirs to see."""
        if self.accounts is None:
            return tuple(row.accounts)
        own = {each.name for each in self.accounts}
        return tuple(name for name in row.accounts if name in own)


def calendar(viewer: Viewer) -> Calendar:
    """The maintenance that concerns the viewer. Raises `NotAllowed`."""
    eyes = Eyes.of(viewer)
    rows = Maintenance.objects.filter(provider_id=viewer.provider)
    open_rows = [row for row in rows.filter(state__in=_OPEN).order_by("start_us") if eyes.see(row)]
    past = rows.exclude(state__in=_OPEN).order_by("-start_us", "-id")[:_LOOKED_AT]
    seen = [row for row in past if eyes.see(row)][:MOST_PAST]
    shown = _shown(eyes, (*open_rows, *seen))
    return Calendar(
        tuple(shown[row.pk] for row in open_rows if row.state == State.UNDER_WAY),
        tuple(shown[row.pk] for row in open_rows if row.state == State.PLANNED),
        tuple(shown[row.pk] for row in seen),
        ledger.position(viewer.provider),
    )


def view(viewer: Viewer, subject: str) -> View:
    """One piece of maintenance, judged now. Raises `NotAllowed`, and `NotFound` for others'."""
    eyes = Eyes.of(viewer)
    row = Maintenance.objects.filter(provider_id=viewer.provider, subject=subject).first()
    if row is None or not eyes.see(row):
        raise NotFound
    judged = judge(viewer.provider, [subject], max(eyes.now_us, row.as_of_us))
    facts = judged.facts(subject)
    written = ledger.texts(viewer.provider, [digest for each in facts if (digest := _digest(each))])
    leads = viewer.may(May.LEAD)
    requested = row.requested_by if eyes.accounts is None else ""
    return View(
        _shown(eyes, [row])[row.pk],
        requested,
        tuple(row.announced_to),
        notices.notices_of(judged, subject),
        tuple(_event(fact, written) for fact in facts),
        POSSIBLE[State(row.state)] if leads else (),
        row.position,
    )


def _shown(eyes: Eyes, rows: Iterable[Maintenance]) -> dict[int, Row]:
    wanted = list(rows)
    titles = ledger.texts(eyes.viewer.provider, [row.title for row in wanted if row.title])
    names = names_of_parties(eyes.viewer.provider) if any(row.customer for row in wanted) else {}
    services = service_titles(eyes.viewer.provider) if any(row.services for row in wanted) else {}
    told = _Told(titles, names, services)
    return {row.pk: _row(eyes, row, told) for row in wanted}


@dataclass(frozen=True, slots=True)
class _Told:
    """What rows name, in words: titles by digest, customers by key, services by name."""

    titles: Mapping[str, str | None]
    customers: Mapping[str, str]
    services: Mapping[str, str]


def _row(eyes: Eyes, row: Maintenance, told: _Told) -> Row:
    customer = row.customer if eyes.viewer.acts_for(row.customer) else ""
    missed, announce_by = _standing(row, to_datetime(eyes.now_us))
    return Row(
        subject=row.subject,
        number=row.subject.partition(":")[2],
        title=told.titles.get(row.title) or "",
        kind=row.kind,
        state=State(row.state),
        services=tuple(told.services.get(name, name) for name in row.services),
        regions=tuple(row.regions),
        accounts=eyes.accounts_in(row),
        site=row.site,
        customer=customer,
        customer_name=told.customers.get(customer, customer),
        start_us=row.start_us,
        end_us=row.end_us,
        is_scoped=bool(row.accounts or row.regions or row.customer),
        announced_us=row.announced_us,
        started_us=row.started_us,
        ended_us=row.ended_us,
        missed=missed,
        announce_by=announce_by,
    )


def _standing(row: Maintenance, now: datetime) -> tuple[int, datetime | None]:
    """How many notices were missed by now, and until when the next has to be given.

    A notice that was running when the row was written is missed once its time is over.
    """
    missed = 0
    open_until: list[datetime] = []
    for verdict in row.verdicts:
        due = datetime.fromisoformat(verdict["due"]) if verdict["due"] else None
        if verdict["state"] == "missed":
            missed += 1
        elif verdict["state"] == "running" and due is not None:
            if due < now:
                missed += 1
            else:
                open_until.append(due)
    return missed, min(open_until, default=None)


def _digest(fact: Fact) -> str:
    found = fact.written.get("written")
    return found if isinstance(found, str) else ""


def _event(fact: Fact, written: Mapping[str, str | None]) -> Event:
    return Event(fact.at_us, fact.type, _said(fact), written.get(_digest(fact)))


def _said(fact: Fact) -> Message:
    """What happened, in a few words."""
    if fact.type in ("maintenance.planned", "maintenance.changed"):
        start, end = fact.time("start"), fact.time("end")
        if start is not None and end is not None:
            if fact.type == "maintenance.planned":
                return message("uptime.story-planned", start=start, end=end)
            return message("uptime.story-changed", start=start, end=end)
        return message("uptime.story-moved")
    if fact.type == "maintenance.announced":
        to = fact.value("to")
        audience = tuple(map(audience_word, to if isinstance(to, tuple) else ()))
        return message("uptime.story-announced", to=audience)
    return _PLAIN[fact.type]


_PLAIN: Mapping[str, Message] = {
    "maintenance.started": message("uptime.story-started"),
    "maintenance.ended": message("uptime.story-ended"),
    "maintenance.cancelled": message("uptime.story-cancelled"),
}
