"""Sealing a statement: an Ed25519 signature (RFC 8032) over the digest of everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uphold.statement.form import Seal, Statement, signed_bytes
from uphold.statement.keys import raw_public

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def seal(statement: Statement, key: Ed25519PrivateKey) -> Statement:
    """The statement, signed with the key; the same key and statement give the same bytes."""
    signature = key.sign(signed_bytes(statement.digest))
    return statement.signed(signature, raw_public(key.public_key()))


def is_signed_by_its_key(found: Seal) -> bool:
    """Whether the signature in a seal is that of the key beside it."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if found.signature is None or found.key is None:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(found.key)
        key.verify(found.signature, signed_bytes(found.digest))
    except (InvalidSignature, ValueError):  # ValueError: 32 bytes that are no point of the curve
        return False
    return True
