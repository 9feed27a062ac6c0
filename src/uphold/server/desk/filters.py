"""A person's saved views of the queue."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from uphold.messages import message
from uphold.server.accounts.access import Viewer
from uphold.server.desk.acting import NotTaken
from uphold.server.desk.models import SavedFilter
from uphold.server.desk.queue_query import Query
from uphold.server.desk.shapes import Filter, Wrong

MOST: Final = 50
_LONGEST_NAME: Final = 60
_LONGEST_QUERY: Final = 500


def saved_filters(viewer: Viewer) -> tuple[Filter, ...]:
    """The viewer's own, by name."""
    rows = SavedFilter.objects.filter(person=viewer.person, provider=viewer.provider)
    return tuple(Filter(each.name, each.query) for each in rows.order_by("name"))


def save_filter(viewer: Viewer, name: str, query: Query) -> None:
    """Keeps a view under a name; one of that name gives way. Raises `NotTaken`."""
    name = " ".join(name.split())
    written = query.written()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise NotTaken((Wrong("name", message("desk.wrong-filter-name", most=_LONGEST_NAME)),))
    if len(written) > _LONGEST_QUERY:
        raise NotTaken((Wrong("", message("desk.wrong-filter-long")),))
    with transaction.atomic():
        own = SavedFilter.objects.filter(person=viewer.person, provider=viewer.provider)
        if own.exclude(name=name).count() >= MOST:
            raise NotTaken((Wrong("", message("desk.wrong-filters", most=MOST)),))
        SavedFilter.objects.update_or_create(
            person=viewer.person,
            provider_id=viewer.provider,
            name=name,
            defaults={"query": written},
        )


def drop_filter(viewer: Viewer, name: str) -> None:
    """Forgets a view."""
    SavedFilter.objects.filter(person=viewer.person, provider=viewer.provider, name=name).delete()
