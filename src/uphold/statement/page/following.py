"""What a page may be made of: what follows from a statement, and only if that is what it says."""

from __future__ import annotations

from uphold.facts.canonical import canonical_json
from uphold.messages import message
from uphold.statement.errors import StatementError
from uphold.statement.form import PARTS, Statement, digests_of, whole_digest
from uphold.statement.recomputing import Recomputed, recompute
from uphold.statement.sealing import is_signed_by_its_key
from uphold.statement.verifying import verify

_FOLLOWING = tuple(name for name in PARTS if name not in ("previous", "restates"))


def followed(statement: Statement) -> Recomputed:
    """The statement worked out again, so that each figure comes with its reasons.

    Raises `StatementError` where the seal does not fit or a figure does not follow: a page lends
    its looks to nothing that `uphold verify` would not let pass.
    """
    if _is_sealed(statement):
        recomputed = recompute(statement)
        if all(recomputed.parts[name] == statement.parts[name] for name in _FOLLOWING):
            return recomputed
    found = verify(statement.to_bytes())
    why = found.message
    raise StatementError(message("sheet.not-following", why=why))


def _is_sealed(statement: Statement) -> bool:
    """Whether the digests are those of the parts, and the signature, if there is one, is good."""
    made = digests_of({name: canonical_json(statement.parts[name]) for name in PARTS})
    whole = whole_digest(made, statement.rules)
    if made != dict(statement.seal.parts) or whole != statement.digest:
        return False
    return statement.seal.key is None or is_signed_by_its_key(statement.seal)
