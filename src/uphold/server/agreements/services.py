"""What other apps, pages and the API use of agreements: all that is posted, and posting."""

from __future__ import annotations

from uphold.server.agreements.compiled import own_revisions, revisions
from uphold.server.agreements.draft import Draft
from uphold.server.agreements.posting import examine, post
from uphold.server.agreements.shapes import NotPosted, Posted, Translated

__all__ = [
    "Draft",
    "NotPosted",
    "Posted",
    "Translated",
    "examine",
    "own_revisions",
    "post",
    "revisions",
]
