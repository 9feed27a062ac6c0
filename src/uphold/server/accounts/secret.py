"""Secrets that are shown once: of tokens and links only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """Thirty-two random bytes as text that fits into an address or a header."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of it; so long a random text needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
