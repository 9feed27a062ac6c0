"""The words for states that files of evidence use: the one table of them, in lower case."""

from __future__ import annotations

from types import MappingProxyType

STATE_WORDS = MappingProxyType(
    {
        "up": "up",
        "ok": "up",
        "success": "up",
        "true": "up",
        "1": "up",
        "degraded": "degraded",
        "warning": "degraded",
        "down": "down",
        "fail": "down",
        "failed": "down",
        "failure": "down",
        "error": "down",
        "false": "down",
        "0": "down",
        "unknown": "unknown",
    }
)
"""What each word means. An HTTP status is not among them: what counts as an answer is for the
checker to say."""
