"""What a page may be made of: what follows from a statement, and only if that is what it says."""

from __future__ import annotations

from uphold.facts.canonical import canonical_json
from uphold.messages import message
from uphold.statement.errors import StatementError
from uphold.statement.form import FOLLOWING, PARTS, Statement, digests_of
from uphold.statement.recomputing import Recomputed, recompute
from uphold.statement.verifying import seal_difference, verify


def followed(statement: Statement) -> Recomputed:
    """The statement worked out again, so that each figure comes with its reasons.

    Raises `StatementError` where the seal does not fit or a figure does not follow: a page lends
    its looks to nothing that `uphold verify` would not let pass.
    """
    made = digests_of({name: canonical_json(statement.parts[name]) for name in PARTS})
    if seal_difference(statement, made) is None:
        recomputed = recompute(statement)
        if all(recomputed.parts[name] == statement.parts[name] for name in FOLLOWING):
            return recomputed
    why = verify(statement.to_bytes()).message
    raise StatementError(message("sheet.not-following", why=why))
