"""Ed25519 keys (RFC 8032) that seal statements: made once, kept in PEM files, never overwritten."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uphold.messages import message
from uphold.statement.errors import KeyFileError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

PUBLIC_SUFFIX = ".pub"
_GROUP = 4
_LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class NewKey:
    """The files of a new key, and the fingerprint by which customers know it."""

    private_file: Path
    public_file: Path
    fingerprint: str


def new_key(path: str | Path) -> NewKey:
    """A new key: the private part at `path` (PEM, PKCS #8, mode 0600), the public at `path`.pub.

    Raises `KeyFileError` where either file exists or cannot be written; neither is overwritten.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private_file = Path(path)
    public_file = private_file.with_name(private_file.name + PUBLIC_SUFFIX)
    for file in (private_file, public_file):
        if file.exists() or file.is_symlink():
            raise KeyFileError(message("statement.key-exists", file=str(file)))
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _write(private_file, private, 0o600)
    _write(public_file, public, 0o644)
    return NewKey(private_file, public_file, fingerprint(key.public_key()))


def read_private_key(path: str | Path) -> Ed25519PrivateKey:
    """The private key in a PEM file. Raises `KeyFileError`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _read(Path(path))
    try:
        key = load_pem_private_key(content, password=None)
    except TypeError:  # the library's word for a key that a password locks
        raise KeyFileError(message("statement.key-locked", file=str(path))) from None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(message("statement.key-not-private", file=str(path)))
    return key


def read_public_key(path: str | Path) -> Ed25519PublicKey:
    """The public key in a PEM file. Raises `KeyFileError`, also for a file with a private key."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    content = _read(Path(path))
    if b"PRIVATE KEY" in content:
        raise KeyFileError(message("statement.key-private-given", file=str(path)))
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(message("statement.key-not-public", file=str(path)))
    return key


def raw_public(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes_raw()


def fingerprint(key: Ed25519PublicKey | bytes) -> str:
    """The SHA-256 of the raw public key in groups of four hexadecimal digits: "1f3a 90bc …"."""
    raw = key if isinstance(key, bytes) else raw_public(key)
    text = hashlib.sha256(raw).hexdigest()
    return " ".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def salt_for(key: Ed25519PrivateKey, customer: str) -> bytes:
    """The salt for digests of other customers' names in one customer's statements.

    It is the same from statement to statement, so that a restatement differs only where something
    changed; nobody without the private key can work it out, so nobody can test a name against it.
    """
    secret = hashlib.sha256(b"uphold.statement/salt\n" + key.private_bytes_raw()).digest()
    return hmac.digest(secret, customer.encode(), "sha256")


def _write(file: Path, content: bytes, mode: int) -> None:
    """A new file; the mode is set as it is made, so that nobody can read it in between."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise KeyFileError(message("statement.key-exists", file=str(file))) from None
    except OSError as error:
        told = message("statement.key-not-written", file=str(file), why=str(error.strerror))
        raise KeyFileError(told) from None
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LARGEST_FILE)
    except OSError as error:
        told = message("statement.key-not-read", file=str(file), why=str(error.strerror))
        raise KeyFileError(told) from None
