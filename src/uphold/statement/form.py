"""The file that a statement is: its parts, their digests, the seal, and every byte accounted for.

A statement is canonical JSON (RFC 8785) and a newline. Each part has its SHA-256 in the seal; the
digest of the whole is that of the form, the rules and these digests; the signature is over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from uphold.facts.canonical import canonical_json, digest
from uphold.messages import message
from uphold.statement.about import About
from uphold.statement.keys import fingerprint
from uphold.statement.parts_named import EVERY_PART
from uphold.statement.strict_reading import (
    NotAStatementError,
    NotCanonicalBytesError,
    first_difference,
    json_object,
    no_part,
)

FORM = "uphold.statement/1"
RULES = 1
"""The version of the rules of docs/language/measuring.md that the verdicts were worked out by."""

PARTS = tuple(name for name in EVERY_PART if name not in ("form", "rules", "seal"))
"""The parts that are digested, in the order in which they stand in the file."""

FOLLOWING = tuple(name for name in PARTS if name not in ("previous", "restates"))
"""The parts that follow from the agreements, facts and runs; earlier statements tell the others."""

_SIGNED = b"uphold.statement/1 "


@dataclass(frozen=True, slots=True)
class Seal:
    """The digest of each part and of the whole, and who signed it, if anyone did.

    `signature`, `key` (the raw public key) and its `fingerprint` are all there or all None.
    """

    parts: Mapping[str, str]
    digest: str
    signature: bytes | None = None
    key: bytes | None = None
    fingerprint: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The seal as JSON values, bytes in hexadecimal."""
        found: dict[str, Any] = {"parts": dict(self.parts), "digest": self.digest}
        if self.signature is not None and self.key is not None:
            found["signature"] = self.signature.hex()
            found["key"] = self.key.hex()
            found["fingerprint"] = self.fingerprint
        return found


@dataclass(frozen=True, slots=True)
class Statement:
    """One period's verdicts for one customer with all that they rest on, as JSON values.

    Made by `build`, `restate` and `read_statement`. `parts` are those of `PARTS`.
    """

    parts: Mapping[str, Any]
    seal: Seal
    rules: int = RULES

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> Statement:
        """The statement of these parts, not signed."""
        pieces = {name: canonical_json(parts[name]) for name in PARTS}
        digests = digests_of(pieces)
        return cls(MappingProxyType(dict(parts)), Seal(digests, whole_digest(digests)))

    @property
    def about(self) -> About:
        """Whom and which period it is about."""
        return About.from_json(self.parts["about"])

    @property
    def digest(self) -> str:
        """The digest by which the next statement names this one."""
        return self.seal.digest

    def signed(self, signature: bytes, key: bytes) -> Statement:
        """The statement with a signature and the raw public key that it is checked with."""
        told = replace(self.seal, signature=signature, key=key, fingerprint=fingerprint(key))
        return replace(self, seal=told)

    def to_bytes(self) -> bytes:
        """The file."""
        whole = {**self.parts, "form": FORM, "rules": self.rules, "seal": self.seal.to_json()}
        return joined({name: canonical_json(whole[name]) for name in EVERY_PART})


def read_statement(data: bytes) -> Statement:
    """The statement in a file's bytes.

    Raises `NotAStatementError` and `NotCanonicalBytesError`, both `StatementError`. Whether it is
    what was sealed, and whether its figures follow, `verify` says.
    """
    return read_pieces(data)[0]


def read_pieces(data: bytes) -> tuple[Statement, dict[str, bytes]]:
    """The statement, and the canonical bytes of each part, which digests are made of."""
    found = json_object(data)
    _check_form(found)
    try:
        pieces = {name: canonical_json(value) for name, value in found.items()}
    except (ValueError, RecursionError) as error:
        raise NotCanonicalBytesError(data, 0) from error
    written = joined(pieces)
    if written != data:
        raise NotCanonicalBytesError(data, first_difference(data, written))
    seal = _seal(found["seal"])
    _check_parts(found)
    parts = {name: found[name] for name in PARTS}
    statement = Statement(MappingProxyType(parts), seal, found["rules"])
    About.from_json(parts["about"])
    return statement, {name: pieces[name] for name in PARTS}


def joined(pieces: Mapping[str, bytes]) -> bytes:
    """The canonical bytes of the whole, from those of its parts."""
    members = (b'"' + name.encode() + b'":' + pieces[name] for name in sorted(pieces))
    return b"{" + b",".join(members) + b"}\n"


def digests_of(pieces: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each part, from its canonical bytes."""
    from hashlib import sha256

    return {name: sha256(pieces[name]).hexdigest() for name in PARTS}


def whole_digest(parts: Mapping[str, str], rules: int = RULES) -> str:
    """The digest of a statement, from those of its parts."""
    return digest({"form": FORM, "rules": rules, "parts": dict(parts)})


def signed_bytes(whole: str) -> bytes:
    """What is signed: the digest of the whole, marked as a statement's so that it is no other's."""
    return _SIGNED + bytes.fromhex(whole)


def _check_form(found: Mapping[str, Any]) -> None:
    form = found.get("form")
    if form != FORM:
        said = form if isinstance(form, str) else ""
        raise NotAStatementError(message("statement.not-form", found=said[:60], form=FORM))
    missing = tuple(name for name in EVERY_PART if name not in found)
    unknown = tuple(name[:60] for name in sorted(found) if name not in EVERY_PART)
    if missing or unknown:
        told = message("statement.not-parts", missing=missing, unknown=unknown)
        raise NotAStatementError(told)
    rules = found["rules"]
    if type(rules) is not int or not 1 <= rules <= RULES:
        raise NotAStatementError(message("statement.not-rules", found=str(rules)[:60], known=RULES))


_SHAPES: Mapping[str, type | tuple[type, ...]] = {
    "about": dict,
    "agreements": list,
    "facts": list,
    "index": dict,
    "previous": (dict, type(None)),
    "restates": (dict, type(None)),
    "runs": list,
    "verdicts": dict,
}


def _check_parts(found: Mapping[str, Any]) -> None:
    for name, shape in _SHAPES.items():
        if not isinstance(found[name], shape):
            raise no_part(name)


_HEX = frozenset("0123456789abcdef")


def _seal(found: object) -> Seal:
    """The seal of its JSON form; its fields are all known, so that none can hold anything else."""
    if not isinstance(found, dict):
        raise no_part("seal")
    parts = found.get("parts")
    if not isinstance(parts, dict) or set(parts) != set(PARTS):
        raise no_part("seal")
    digests = (*parts.values(), found.get("digest"))
    if not all(_is_hex(each, 32) for each in digests):
        raise no_part("seal")
    if set(found) == {"parts", "digest"}:
        return Seal(MappingProxyType(parts), found["digest"])
    signed = set(found) == {"parts", "digest", "signature", "key", "fingerprint"}
    if not signed or not _is_hex(found["signature"], 64) or not _is_hex(found["key"], 32):
        raise no_part("seal")
    if not isinstance(found["fingerprint"], str):
        raise no_part("seal")
    return Seal(
        MappingProxyType(parts),
        found["digest"],
        bytes.fromhex(found["signature"]),
        bytes.fromhex(found["key"]),
        found["fingerprint"],
    )


def _is_hex(value: object, length: int) -> bool:
    return isinstance(value, str) and len(value) == 2 * length and set(value) <= _HEX
