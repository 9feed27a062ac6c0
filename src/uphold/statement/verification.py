"""What checking a statement found: intact or not, by whom it is signed, and what differs first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from uphold.messages import Message, message
from uphold.statement.form import Statement


class Status(StrEnum):
    """What has become of the check."""

    INTACT = "intact"
    SIGNER_UNKNOWN = "intact, signer unknown"
    NOT_SIGNED = "intact, not signed"
    DIFFERS = "differs"
    UNREADABLE = "unreadable"

    @property
    def exit_code(self) -> int:
        """0 where every figure follows, 1 where something differs, 2 for no statement at all."""
        return {Status.DIFFERS: 1, Status.UNREADABLE: 2}.get(self, 0)


class Kind(StrEnum):
    """What kind of difference was found."""

    NOT_A_STATEMENT = "not a statement"
    NOT_CANONICAL = "not canonical"
    FACT_MISSING = "fact missing"
    FACT_CHANGED = "fact changed"
    FACT_ADDED = "fact added"
    AGREEMENT = "agreement"
    EVIDENCE = "evidence"
    VERDICT = "verdict"
    PART = "part"
    DIGEST = "digest"
    SIGNATURE = "signature"
    KEY = "key"
    UNSIGNED = "not signed"
    OWN_AGREEMENT = "own agreement"
    PREVIOUS = "previous statement"
    RECOMPUTED = "recomputed"
    NOT_COMPUTABLE = "not computable"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that is not as it must be.

    `part` is the part of the file it lies in, `name` the fact, agreement, series of evidence or
    verdict, `field` the field of it, as far as these are known.
    """

    kind: Kind
    message: Message
    part: str | None = None
    name: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of checking a statement's file.

    `statement` is None for bytes that are none. `fingerprint` is that of the key in the file.
    """

    status: Status
    statement: Statement | None = None
    fingerprint: str | None = None
    difference: Difference | None = None

    @property
    def exit_code(self) -> int:
        """The exit status of a command that checks."""
        return self.status.exit_code

    @property
    def message(self) -> Message:
        """The outcome in one sentence."""
        if self.difference is not None:
            return self.difference.message
        key = self.fingerprint or ""
        if self.status is Status.SIGNER_UNKNOWN:
            return message("statement.intact-unknown", key=key)
        if self.status is Status.NOT_SIGNED:
            return message("statement.intact-unsigned")
        return message("statement.intact", key=key)
