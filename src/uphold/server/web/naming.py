"""What clocks are called on a page: by the headings of their clauses, in the reader's language."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from uphold.messages import Message, Reader
from uphold.messages.vocabulary import Value
from uphold.server.accounts.access import Viewer
from uphold.server.agreements.services import ClockName, ClockNames, clock_names

_KEPT: Final = "_clock_names"
_CLOCK: Final = "clock"


def names_for(request: HttpRequest | None) -> ClockNames | None:
    """The names of the viewer's clocks, found once a request; None for a visitor."""
    viewer, reader = getattr(request, "viewer", None), getattr(request, "reader", None)
    if not isinstance(viewer, Viewer) or not isinstance(reader, Reader):
        return None
    found = getattr(request, _KEPT, None)
    if not isinstance(found, ClockNames):
        found = clock_names(viewer.provider, reader.language)
        setattr(request, _KEPT, found)
    return found


def name_of(
    request: HttpRequest | None, clock: str, agreement: str = "", revision: int | None = None
) -> ClockName:
    """What a clock is called; by its own name where nobody knows more."""
    names = names_for(request)
    if names is None:
        return ClockName(clock, clock, is_alone=True)
    return names.of(clock, agreement, revision)


def with_name(
    request: HttpRequest | None, said: Message, agreement: str = "", revision: int | None = None
) -> Message:
    """A message that tells of a clock by its term's name, telling it as people call it."""
    clock = said.data.get(_CLOCK)
    if not isinstance(clock, str) or not clock:
        return said
    name: Value = name_of(request, clock, agreement, revision).whole
    return Message(said.id, {**said.data, _CLOCK: name})
