"""What pages, the API and other apps use of maintenance: the calendar, planning, each step."""

from __future__ import annotations

from uphold.server.uptime.calendar import Calendar, calendar, view
from uphold.server.uptime.kinds import KINDS, POSSIBLE, Action, State
from uphold.server.uptime.planning import act, audiences_of, preview, scope_of
from uphold.server.uptime.shapes import (
    Done,
    Event,
    NotDone,
    NoticeView,
    Preview,
    Row,
    Values,
    View,
)

__all__ = [
    "KINDS",
    "POSSIBLE",
    "Action",
    "Calendar",
    "Done",
    "Event",
    "NotDone",
    "NoticeView",
    "Preview",
    "Row",
    "State",
    "Values",
    "View",
    "act",
    "audiences_of",
    "calendar",
    "preview",
    "scope_of",
    "view",
]
