"""What the log does not say and its reader must: whose it is, what its words mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

CHANNELS: Mapping[str, str] = {
    "phone": "telephone",
    "ivr": "telephone",
    "email": "e-mail",
    "e-mail": "e-mail",
    "self-service": "portal",
    "self service": "portal",
    "portal": "portal",
    "chat": "chat",
    "virtual agent": "chat",
    "video": "video",
    "walk-in": "on-site",
    "on-site": "on-site",
    "api": "api",
    "web service": "api",
}

_LEADING_NUMBER = re.compile("([0-9]+) *-")


@dataclass(frozen=True, slots=True)
class Options:
    """How words of the log become words of facts, and what every fact shall bear.

    `priority` maps the log's priorities ("1 - Critical") to the agreement's; without it a
    priority is its leading number as a text ("1"), else the word as it stands. Impact and urgency
    are read the same way. A priority that is not in a given mapping is left out and reported.
    """

    priority: Mapping[str, str] | None = None
    impact: Mapping[str, str] | None = None
    urgency: Mapping[str, str] | None = None
    customer: str | None = None
    account: str | None = None


def level(word: str, mapping: Mapping[str, str] | None) -> str | None:
    """The agreement's word for one of the log's, None if the mapping lacks it."""
    if mapping is not None:
        return mapping.get(word)
    match = _LEADING_NUMBER.match(word)
    return match[1] if match else word
