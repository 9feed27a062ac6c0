"""Statements: one period for one customer in one sealed file that anyone can recompute.

`build` gathers the agreements, the facts and the evidence that the customer's figures rest on, and
the verdicts; `seal` signs it; `verify` works everything out again from the file alone and names the
first difference; `restate` states a closed period anew, with what changed and its price.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uphold.statement.building import Asked, build
    from uphold.statement.errors import StatementError
    from uphold.statement.form import Statement, read_statement
    from uphold.statement.keys import (
        fingerprint,
        new_key,
        read_private_key,
        read_public_key,
        salt_for,
    )
    from uphold.statement.recomputing import recompute
    from uphold.statement.restating import restate
    from uphold.statement.sealing import seal
    from uphold.statement.stated import Stated
    from uphold.statement.verification import Difference, Kind, Status, Verification
    from uphold.statement.verifying import verify

__all__ = [
    "Asked",
    "Difference",
    "Kind",
    "Stated",
    "Statement",
    "StatementError",
    "Status",
    "Verification",
    "build",
    "fingerprint",
    "new_key",
    "read_private_key",
    "read_public_key",
    "read_statement",
    "recompute",
    "restate",
    "salt_for",
    "seal",
    "verify",
]

_HOMES = {
    "Asked": "building",
    "Difference": "verification",
    "Kind": "verification",
    "Stated": "stated",
    "Statement": "form",
    "StatementError": "errors",
    "Status": "verification",
    "Verification": "verification",
    "build": "building",
    "fingerprint": "keys",
    "new_key": "keys",
    "read_private_key": "keys",
    "read_public_key": "keys",
    "read_statement": "form",
    "recompute": "recomputing",
    "restate": "restating",
    "salt_for": "keys",
    "seal": "sealing",
    "verify": "verifying",
}


def __getattr__(name: str) -> object:
    """Loads what is asked for, when it is asked for: signing needs a library that loads slowly."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
