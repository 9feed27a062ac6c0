"""A stretch of time on one line: "Mon 1 Feb 08:00-16:00"."""

from __future__ import annotations

from datetime import datetime

from uphold.messages import Reader


def between(reader: Reader, start: datetime, end: datetime) -> str:
    """From and until, the date only once where both lie on one; in the reader's zone."""
    begins, ends = reader.value(start), reader.value(end)
    day, _, _ = begins.rpartition(" ")
    other, _, time = ends.rpartition(" ")
    return f"{begins}–{time}" if day == other else f"{begins} – {ends}"
