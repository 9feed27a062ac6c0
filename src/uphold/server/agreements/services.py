"""What other apps, pages and the API use of agreements: all that is posted, and posting."""

from __future__ import annotations

from uphold.server.agreements.clock_names import ClockName, ClockNames, clock_names
from uphold.server.agreements.compiled import own_revisions, revisions
from uphold.server.agreements.draft import Draft, Tried, tried
from uphold.server.agreements.posting import examine, post
from uphold.server.agreements.shapes import (
    Comparison,
    Folder,
    NotPosted,
    Posted,
    Reading,
    RevisionLine,
    Shelf,
    Standing,
    Supplier,
    Translated,
)
from uphold.server.agreements.shelf import comparison, folder, reading, shelf

__all__ = [
    "ClockName",
    "ClockNames",
    "Comparison",
    "Draft",
    "Folder",
    "NotPosted",
    "Posted",
    "Reading",
    "RevisionLine",
    "Shelf",
    "Standing",
    "Supplier",
    "Translated",
    "Tried",
    "clock_names",
    "comparison",
    "examine",
    "folder",
    "own_revisions",
    "post",
    "reading",
    "revisions",
    "shelf",
    "tried",
]
