"""Checking a statement: every byte against the seal, then every figure against the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from uphold.agreement.agreement import Agreement
from uphold.messages import message
from uphold.statement.errors import StatementError
from uphold.statement.form import (
    PARTS,
    Seal,
    Statement,
    digests_of,
    read_pieces,
    read_statement,
    whole_digest,
)
from uphold.statement.keys import fingerprint, raw_public
from uphold.statement.parts_named import part_words
from uphold.statement.periods import read_periods
from uphold.statement.recomputed_difference import recomputed_difference
from uphold.statement.sealing import is_signed_by_its_key
from uphold.statement.strict_reading import NotCanonicalBytesError
from uphold.statement.tampering import tampered
from uphold.statement.verification import Difference, Kind, Status, Verification

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def verify(
    data: bytes,
    pinned: Ed25519PublicKey | None = None,
    *,
    agreements: Iterable[Agreement] = (),
    previous: bytes | None = None,
    restated: bytes | None = None,
) -> Verification:
    """Whether a statement is as it was sealed, and whether all that it says follows.

    `pinned` is the provider's key as the customer knows it; without it the signer is unknown.
    `agreements` are the customer's own copies: a revision of which the statement holds another
    text is a difference. `previous` is the file of the statement before, `restated` that of the
    one that this one states anew, where they shall be checked too. Needs nothing but the file.
    """
    try:
        statement, pieces = read_pieces(data)
        read_periods(statement.parts["previous"])
    except NotCanonicalBytesError as error:
        found = Difference(Kind.NOT_CANONICAL, error.message)
        return Verification(Status.DIFFERS, None, None, found)
    except StatementError as error:
        found = Difference(Kind.NOT_A_STATEMENT, error.message)
        return Verification(Status.UNREADABLE, None, None, found)
    difference = (
        seal_difference(statement, digests_of(pieces), pinned)
        or _own_copies(statement, agreements)
        or _link(statement, "previous", previous)
        or _link(statement, "restates", restated)
        or recomputed_difference(statement, None if restated is None else read_statement(restated))
    )
    signer = statement.seal.fingerprint
    if difference is not None:
        return Verification(Status.DIFFERS, statement, signer, difference)
    if signer is None:
        return Verification(Status.NOT_SIGNED, statement)
    status = Status.SIGNER_UNKNOWN if pinned is None else Status.INTACT
    return Verification(status, statement, signer)


def seal_difference(
    statement: Statement, made: Mapping[str, str], pinned: Ed25519PublicKey | None = None
) -> Difference | None:
    """What the seal does not fit, or who signed it otherwise than it says; None if all is well.

    `made` are the digests of the statement's parts as they are now.
    """
    return _digests(statement, made) or _signature(statement.seal, pinned)


def _digests(statement: Statement, made: Mapping[str, str]) -> Difference | None:
    """The first part that is not what the seal says, and what in it is not.

    Where the digest of the whole is right, the parts are too, and the seal's list was altered.
    """
    seal = statement.seal
    if made != seal.parts and whole_digest(made, statement.rules) == seal.digest:
        return Difference(Kind.DIGEST, message("statement.digest-differs"), "seal")
    for part in PARTS:
        if made[part] != seal.parts[part]:
            return _in_field(statement, tampered(statement, part))
    if whole_digest(seal.parts, statement.rules) != seal.digest:
        return Difference(Kind.DIGEST, message("statement.digest-differs"), "seal")
    return None


def _in_field(statement: Statement, altered: Difference) -> Difference:
    """An altered verdict with what the facts give instead; all that comes before it is intact."""
    if altered.kind is not Kind.VERDICT:
        return altered
    found = recomputed_difference(statement)
    if found is None or found.name != altered.name:
        return altered
    return replace(found, kind=Kind.VERDICT)


def _signature(seal: Seal, pinned: Ed25519PublicKey | None) -> Difference | None:
    if seal.key is None:
        if pinned is None:
            return None
        said = message("statement.unsigned", pinned=fingerprint(pinned))
        return Difference(Kind.UNSIGNED, said, "seal")
    if pinned is not None and raw_public(pinned) != seal.key:
        said = message(
            "statement.other-key", found=fingerprint(seal.key), pinned=fingerprint(pinned)
        )
        return Difference(Kind.KEY, said, "seal")
    if seal.fingerprint != fingerprint(seal.key) or not is_signed_by_its_key(seal):
        said = message("statement.signature-wrong", key=fingerprint(seal.key))
        return Difference(Kind.SIGNATURE, said, "seal")
    return None


def _own_copies(statement: Statement, agreements: Iterable[Agreement]) -> Difference | None:
    """A revision of which the customer holds another text than the statement."""
    own = {(each.name, each.revision): each.document.digest for each in agreements}
    for name, revision, page in statement.about.agreements:
        if own.get((name, revision), page) != page:
            said = message("statement.agreement-not-yours", name=name, revision=revision)
            return Difference(Kind.OWN_AGREEMENT, said, "agreements", f"{name} {revision}")
    return None


def _link(statement: Statement, part: str, data: bytes | None) -> Difference | None:
    """Whether an earlier statement is in order, and the one that this one names."""
    if data is None:
        return None
    earlier = verify(data)
    if earlier.difference is not None:
        said = message("statement.earlier-differs", why=earlier.difference.message)
        return Difference(Kind.PREVIOUS, said, part)
    digest = earlier.statement.digest if earlier.statement else ""
    link = statement.parts[part]
    if link is not None and link.get("digest") == digest:
        return None
    said = message("statement.earlier-other", part=part_words(part), digest=digest)
    return Difference(Kind.PREVIOUS, said, part)
