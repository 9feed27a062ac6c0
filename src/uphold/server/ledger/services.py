"""What the ledger gives to other apps: the one way in for facts, and the ways to read them."""

from uphold.server.ledger.appending import Appended, append, append_new
from uphold.server.ledger.checking import Moved, Refused
from uphold.server.ledger.importing import Imported, NotImported, import_lines
from uphold.server.ledger.reading import (
    context_of,
    fact_with_id,
    facts_of,
    facts_since,
    position,
    positions_of,
)
from uphold.server.ledger.rebuilding import Difference, Rebuilt, rebuild
from uphold.server.ledger.reprojecting import reproject
from uphold.server.ledger.retrying import Busy, again, is_passing
from uphold.server.ledger.texts import NewText, new_text, subjects_with, texts, writers_of

__all__ = [
    "Appended",
    "Busy",
    "Difference",
    "Imported",
    "Moved",
    "NewText",
    "NotImported",
    "Rebuilt",
    "Refused",
    "again",
    "append",
    "append_new",
    "context_of",
    "fact_with_id",
    "facts_of",
    "facts_since",
    "import_lines",
    "is_passing",
    "new_text",
    "position",
    "positions_of",
    "rebuild",
    "reproject",
    "subjects_with",
    "texts",
    "writers_of",
]
