"""Alarms: warnings and misses that have been raised, until somebody has seen them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from uphold.server import clock
from uphold.server.accounts.access import NotFound, Viewer, require, visible
from uphold.server.accounts.kinds import May
from uphold.server.desk.models import Alarm, Thing
from uphold.server.desk.prose import part_of
from uphold.server.desk.shapes import AlarmView
from uphold.server.desk.warnings import MISSED
from uphold.server.ledger.services import texts

MOST: Final = 100


def alarms(viewer: Viewer) -> tuple[AlarmView, ...]:
    """What has been raised and nobody has seen, the latest first. Raises `NotAllowed`."""
    require(viewer, May.WORK)
    rows = visible(viewer, Alarm.objects.filter(seen_us__isnull=True))
    found = list(rows.order_by("-raised_us", "-id")[:MOST])
    things = _things(viewer, {each.subject for each in found})
    titles = texts(viewer.provider, {each.title for each in things.values() if each.title})
    return tuple(
        AlarmView(
            id=each.pk,
            subject=each.subject,
            number=things[each.subject].number,
            title=part_of(titles.get(things[each.subject].title) or "", 1),
            clock=each.clock,
            cycle=each.cycle,
            threshold=each.threshold,
            is_miss=each.threshold == MISSED,
            raised_us=each.raised_us,
            due_us=things[each.subject].due_us,
        )
        for each in found
        if each.subject in things
    )


def alarm_count(viewer: Viewer) -> int:
    """How many alarms nobody has seen, counted up to a hundred."""
    if not viewer.may(May.WORK):
        return 0
    rows = visible(viewer, Alarm.objects.filter(seen_us__isnull=True))
    return rows.order_by()[:MOST].count()


def see(viewer: Viewer, alarm: int) -> None:
    """Somebody has seen it. Raises `NotFound` and `NotAllowed`."""
    require(viewer, May.WORK)
    rows = visible(viewer, Alarm.objects.filter(pk=alarm))
    if not rows.exists():
        raise NotFound
    rows.filter(seen_us__isnull=True).update(seen_by=viewer.person, seen_us=clock.now_us())


def _things(viewer: Viewer, subjects: Iterable[str]) -> dict[str, Thing]:
    rows = visible(viewer, Thing.objects.filter(subject__in=list(subjects)))
    return {each.subject: each for each in rows}
