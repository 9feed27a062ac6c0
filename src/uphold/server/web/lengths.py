"""Measured stretches of time cut to what people read."""

from __future__ import annotations

from typing import Final

_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE


def readable(us: int) -> int:
    """Whole minutes from an hour on, whole seconds below; towards zero, so never too hopeful."""
    size = _MINUTE if abs(us) >= _HOUR else _SECOND
    cut = abs(us) // size * size
    return -cut if us < 0 else cut
