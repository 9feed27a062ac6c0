"""One text for a table of figures, whoever made it: equal texts, equal figures."""

from __future__ import annotations

import hashlib

import pyarrow as pa

COLUMNS = (
    "check",
    "window",
    "owed",
    "down",
    "unknown",
    "excluded",
    "down_lowest",
    "down_highest",
    "unknown_short",
    "outages",
    "longest",
)


def digest_of(table: pa.Table) -> str:
    """The digest of the figures, sorted by check and window."""
    same = table.select(list(COLUMNS))
    for place, name in enumerate(COLUMNS):
        kind = pa.string() if name in ("check", "window") else pa.int64()
        same = same.set_column(place, name, same.column(name).cast(kind))
    rows = same.sort_by([("check", "ascending"), ("window", "ascending")]).to_pylist()
    return hashlib.sha256(repr([tuple(row.values()) for row in rows]).encode()).hexdigest()
