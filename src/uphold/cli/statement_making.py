"""Making a statement from what was given: files read, customer and window chosen, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uphold.agreement.agreement import Agreement
from uphold.cli.customers import known_customer
from uphold.cli.evidence import evidence_of
from uphold.cli.given import Given
from uphold.cli.judging import Asked, beyond
from uphold.cli.loading import Facts, agreements
from uphold.cli.materials import Materials
from uphold.cli.refusal import Refusal
from uphold.cli.settling import read_facts, span_of
from uphold.cli.sources import content_of
from uphold.cli.watching import Watching
from uphold.cli.windows import Period
from uphold.cli.windows import window as period_of
from uphold.engine.measure.figure import Window
from uphold.messages import message
from uphold.statement.errors import StatementError
from uphold.worktime import CalendarError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from uphold.statement.form import Statement


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that a statement is built from."""

    agreements: tuple[Agreement, ...]
    facts: Facts
    evidence: Given
    period: Period
    zone: str
    question: Asked


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom, after which statement, and, where a period is stated anew, which one and why."""

    customer: str
    previous: Statement | None
    restated: Statement | None
    reason: str


def read_for(
    materials: Materials, question: Asked, watching: Watching, window: str, customer: str
) -> Read:
    """The materials, read; raises `Refusal` where something of them cannot be used.

    The window is in the zone of the customer's own agreement, whichever is given first.
    """
    facts = read_facts(materials)
    known_customer(customer, facts.facts.as_of())
    given = evidence_of(materials.evidence, watching)
    loaded = agreements(materials.agreements, span_of(facts, given, question.at))
    zone = _zone(loaded, facts, customer)
    return Read(loaded, facts, given, period_of(window, zone), zone, question)


def _zone(loaded: Sequence[Agreement], facts: Facts, customer: str) -> str:
    from uphold.statement.choosing import bound_agreements

    try:
        return bound_agreements(loaded, facts.facts.as_of(), customer)[0].zone
    except StatementError as error:
        raise Refusal(error.message) from error


def key_in(file: str) -> Ed25519PrivateKey:
    """The private key in a file; raises `Refusal`."""
    from uphold.statement.keys import read_private_key

    try:
        return read_private_key(file)
    except StatementError as error:
        raise Refusal(error.message, message("cli.key-form")) from error


def statement_in(file: str) -> Statement:
    """The statement in a file; raises `Refusal` for a file that is none."""
    from uphold.statement.form import read_statement

    try:
        return read_statement(content_of(file))
    except StatementError as error:
        raise Refusal(message("cli.in-file", file=file, why=error.message)) from error


def made(read: Read, wanted: Wanted, key: Ed25519PrivateKey | None) -> Statement:
    """The statement, sealed where there is a key; raises `Refusal`."""
    from uphold.statement.keys import salt_for
    from uphold.statement.sealing import seal

    salt = None if key is None else salt_for(key, wanted.customer)
    try:
        found = _built(read, wanted, salt)
    except StatementError as error:
        raise Refusal(error.message) from error
    except CalendarError as error:
        raise beyond(error) from error
    return found if key is None else seal(found, key)


def _built(read: Read, wanted: Wanted, salt: bytes | None) -> Statement:
    from uphold.statement.building import Asked as For
    from uphold.statement.building import build
    from uphold.statement.restating import restate

    question, period = read.question, read.period
    span = period.start, period.end
    if wanted.restated is not None:
        about = wanted.restated.about
        if (about.customer, (about.start, about.end)) != (wanted.customer, span):
            raise StatementError(
                message("cli.restates-other", customer=about.customer, window=about.label)
            )
        return restate(
            wanted.restated,
            read.agreements,
            read.facts.facts,
            read.evidence.runs,
            wanted.reason,
            question.at,
            known=question.known,
            salt=salt,
            previous=wanted.previous,
        )
    window = Window(period.label, *span, span, read.zone)
    asked = For(
        wanted.customer, window, question.at, question.known, question.as_if_in_force, salt=salt
    )
    return build(
        read.agreements, read.facts.facts, read.evidence.runs, asked, previous=wanted.previous
    )
