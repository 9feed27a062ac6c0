"""The place below a request's story where one writes: one text, and what it may be sent as."""

from __future__ import annotations

from typing import Final

from uphold.server.accounts.access import Viewer
from uphold.server.desk.shapes import Offer, ThingView

_FIRST: Final = {True: ("answer", "note"), False: ("reply",)}
"""What whoever works, or asks, writes most often: the first of these that is open."""

_ALSO: Final = {True: ("update", "note"), False: ()}
"""What else the same text may be sent as."""

_WRITTEN: Final = "words"


def composer(viewer: Viewer, shown: ThingView) -> tuple[Offer, ...]:
    """The offers that one text can be sent as, the commonest first; none where nobody writes."""
    if shown.row.thing != "request":
        return ()
    offers = {each.action: each for each in shown.offers}
    first = next((each for each in _FIRST[viewer.is_staff] if each in offers), None)
    if first is None:
        return ()
    also = (each for each in _ALSO[viewer.is_staff] if each in offers and each != first)
    return (offers[first], *(offers[each] for each in also if _is_only_words(offers[each])))


def _is_only_words(offer: Offer) -> bool:
    return [each.name for each in offer.fields] == [_WRITTEN]
