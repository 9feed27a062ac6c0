"""A row of evidence as it comes from its file, whatever the file's form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Row: TypeAlias = "tuple[int, tuple[str, ...], Sequence[str] | None]"
"""The line it stands on, the names of its columns, and a cell for each.

Without cells it is a header, or, without names too, a row that could not be read and is told as
a problem already.
"""
