"""The first difference between two JSON values, with the way to it in a reader's words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Unlike:
    """Two values that differ, and where: "window.start", "because 3.target"."""

    field: str
    found: str
    recomputed: str


NOTHING = "–"
"""Stands for a value that one of the two lacks."""


def first_unlike(found: object, recomputed: object) -> Unlike | None:
    """The first difference, in the order in which canonical JSON writes; None for equals."""
    return _unlike((), found, recomputed)


def _unlike(path: tuple[str, ...], found: object, recomputed: object) -> Unlike | None:
    if isinstance(found, Mapping) and isinstance(recomputed, Mapping):
        for name in sorted({*found, *recomputed}):
            if name not in found or name not in recomputed:
                return _told((*path, name), found.get(name, _LACKS), recomputed.get(name, _LACKS))
            inner = _unlike((*path, name), found[name], recomputed[name])
            if inner is not None:
                return inner
        return None
    if isinstance(found, list) and isinstance(recomputed, list):
        for place, (one, other) in enumerate(zip(found, recomputed, strict=False), 1):
            inner = _unlike((*path, str(place)), one, other)
            if inner is not None:
                return inner
        if len(found) != len(recomputed):
            place = min(len(found), len(recomputed))
            rest = (found[place:] or [_LACKS])[0], (recomputed[place:] or [_LACKS])[0]
            return _told((*path, str(place + 1)), *rest)
        return None
    same = found == recomputed and isinstance(found, bool) == isinstance(recomputed, bool)
    return None if same else _told(path, found, recomputed)


class _Lacking:
    pass


_LACKS = _Lacking()


def _told(path: tuple[str, ...], found: object, recomputed: object) -> Unlike:
    return Unlike(_words(path), shown(found), shown(recomputed))


def _words(path: tuple[str, ...]) -> str:
    """The way as one text: `because 3.target` for the third reason's target."""
    text = ""
    for name in path:
        text += f" {name}" if name.isdigit() else f".{name}"
    return text.strip(" .")


def shown(value: object) -> str:
    """A JSON value as it may stand in a sentence: on one line, and not too long."""
    if isinstance(value, _Lacking):
        return NOTHING
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
