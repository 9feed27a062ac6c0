"""`uphold compare`: what a revision says otherwise than the one before it."""

from __future__ import annotations

from uphold.agreement.compare import Change
from uphold.agreement.compare import compare as compared
from uphold.cli.loading import agreements
from uphold.cli.options import Shared
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.cli.sources import pages
from uphold.cli.times import viewer_zone
from uphold.messages import message

_GROUPS = (
    ("header",),
    ("term-added", "term-removed", "term-renamed", "term-moved"),
    ("part-added", "part-removed", "part-changed"),
    ("clause-added", "clause-removed", "clause-title", "clause-moved", "prose"),
)


def compare(
    old: str,
    new: str,
    /,
    *,
    zone: str | None = None,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Compares two revisions term by term, in plain words."""
    told = viewer_zone(zone)
    pages((old, new), "compare")
    before, after = agreements((old,))[0], agreements((new,))[0]
    screen = Screen(shared, told or after.zone)
    changes = compared(before, after)
    if shared.json:
        screen.json([change.to_json(screen.reader) for change in changes])
        return FINE
    for change in sorted(changes, key=_group):
        favours = {"customer": "green", "provider": "yellow"}.get(change.favours or "")
        text = change.text(screen.reader)
        screen.result(screen.styled(text, favours) if favours else text)
    if before.name != after.name:
        other = message("compare.other-agreement", old=before.name, new=after.name)
        screen.problem(screen.say(other))
    count = message("compare.count", count=len(changes))
    screen.result(screen.say(count if changes else message("compare.equal")))
    return FINE


def _group(change: Change) -> int:
    return next((place for place, group in enumerate(_GROUPS) if change.sort in group), 0)
