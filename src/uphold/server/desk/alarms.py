"""Alarms: warnings and misses that have been raised, until somebody has seen them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import Exists, OuterRef, Subquery

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
    things = visible(viewer, Thing.objects.filter(subject=OuterRef("subject")))
    found = rows.filter(Exists(things)).annotate(
        number=Subquery(things.values("number")[:1]),
        title=Subquery(things.values("title")[:1]),
        due_us=Subquery(things.values("due_us")[:1]),
    )
    found = found.order_by("-raised_us", "-id")[:MOST]
    titles = texts(viewer.provider, {each.title for each in found if each.title})
    return tuple(
        AlarmView(
            id=each.pk,
            subject=each.subject,
            number=each.number,
            title=part_of(titles.get(each.title) or "", 1),
            clock=each.clock,
            cycle=each.cycle,
            threshold=each.threshold,
            is_miss=each.threshold == MISSED,
            raised_us=each.raised_us,
            due_us=each.due_us,
        )
        for each in found
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


def see_all(viewer: Viewer, alarms: Collection[int]) -> None:
    """Somebody has seen all of these; those of others are none. Raises `NotAllowed`."""
    require(viewer, May.WORK)
    rows = visible(viewer, Alarm.objects.filter(pk__in=list(alarms)[:MOST], seen_us__isnull=True))
    rows.update(seen_by=viewer.person, seen_us=clock.now_us())
