"""A thing with everything that its page shows, in the eyes of whoever looks."""

from __future__ import annotations

from uphold.messages import message
from uphold.server.accounts.access import NotFound, Viewer, visible
from uphold.server.accounts.services import names_of, names_of_parties
from uphold.server.desk.acting import offers_in
from uphold.server.desk.clock_views import clock_view
from uphold.server.desk.judging import Judged
from uphold.server.desk.models import Thing
from uphold.server.desk.prose import Texts
from uphold.server.desk.queue import row_of
from uphold.server.desk.rows import is_ours
from uphold.server.desk.shapes import ClockView, ThingView
from uphold.server.desk.situation import situation_of
from uphold.server.desk.story import story, texts_wanted
from uphold.server.desk.telling import says
from uphold.server.ledger.services import positions_of, texts

_INTERNAL = frozenset({"internal", "supplier"})
"""Standings of clocks that are the provider's own affair."""


def thing(viewer: Viewer, subject: str) -> ThingView:
    """The thing as of now. Raises `NotFound` for what the viewer may not see."""
    row = visible(viewer, Thing.objects.filter(subject=subject)).first()
    if row is None:
        raise NotFound
    last = positions_of(viewer.provider, [subject]).get(subject, 0)
    situation = situation_of(viewer, subject)
    judged = situation.judged
    digests = texts_wanted(judged, subject)
    words = texts(viewer.provider, digests | ({row.title} if row.title else set()))
    names = names_of({row.assigned} if row.assigned else set(), provider=viewer.provider)
    reason = message("desk.why-alone")
    shown = row_of(row, words, names_of_parties(viewer.provider), names, situation.now_us, reason)
    return ThingView(
        row=shown,
        account=row.account,
        channel=row.channel,
        service=row.service,
        team=row.team if viewer.is_staff else "",
        agreement=row.agreement,
        position=last,
        clocks=clocks(viewer, judged, subject, words),
        story=story(viewer, judged, subject, words),
        offers=offers_in(situation),
        says=says(judged, subject),
    )


def clocks(viewer: Viewer, judged: Judged, subject: str, words: Texts) -> tuple[ClockView, ...]:
    """The clocks of a thing that the viewer is owed, or works by: running ones first, as due."""
    kept = [
        each
        for each in judged.verdicts(subject)
        if viewer.is_staff
        or (each.standing not in _INTERNAL and is_ours(judged.revision(each), each))
    ]
    found = [clock_view(judged, each, words) for each in kept]
    return tuple(sorted(found, key=_urgency))


def _urgency(view: ClockView) -> tuple[int, int, str, int]:
    order = ("running", "held", "missed", "not started", "met")
    place = order.index(view.state) if view.state in order else len(order)
    return place, view.due_us or 0, view.name, view.cycle
