"""A small provider with three customers, and a month of theirs, for the tests of statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.engine.pages import page

from uphold.agreement import Agreement, load_agreement
from uphold.engine.measure.figure import Window
from uphold.facts import Fact, FactSet, make_fact
from uphold.facts.evidence.run import Run
from uphold.facts.times import from_datetime
from uphold.statement import Asked, Statement, build, seal

MINUTE = 60 * 1_000_000
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
SALT = b"a salt for tests"

SERVICE = """\
service: calling
parts: [sign-in, place-call]
down when: any part is down
"""
EVIDENCE = """\
evidence: seen
of: calling
sources: {checks: every 1 minute, logs: component logs, reports: customer reports}
agreed when: checks, or logs, or reports
silent after: 3 minutes
"""
MONTHLY = """\
availability: monthly
of: calling
per: account
window: calendar month
target: at least 99.9 %
excludes: [planned maintenance]
"""
WHOLE = """\
availability: whole
of: calling
window: calendar month
target: at least 99 %
"""
CREDIT = """\
credit: monthly-credit
for: monthly missed
amount: 5 % of account.fee
claim: within 30 calendar days of the window's end
"""
DESK = """\
calendar: desk
hours: {mon-fri: 08:00-16:00}
holidays: 'NO'
"""
RESPONSE = """\
clock: response
of: request
starts: request.opened
stops: request.answered
calendar: desk
target: 8 business hours
held while: []
on change of priority: keep start
"""


def us(text: str) -> int:
    return from_datetime(datetime.fromisoformat(text))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@lru_cache
def the_agreement(*, target: str = "99.9 %") -> Agreement:
    """The provider's agreement, with its calendars written out to the end of the next year."""
    terms = (DESK, SERVICE, EVIDENCE, MONTHLY.replace("99.9 %", target), WHOLE, CREDIT, RESPONSE)
    written = page(*terms, name="fjordline-calling")
    return load_agreement(("fjordline.md", written), until=at("2027-12-31T00:00:00+01:00"))


def fact(type: str, when: str, subject: str, **rest: object) -> Fact:  # noqa: A002
    return make_fact(type, when, subject, **rest)


def agreed(customer: str, account: str, fee: str = "200.00 EUR") -> Fact:
    return fact(
        "customer.agreed",
        "2026-06-01T00:00:00+02:00",
        f"customer:{customer}",
        provider="Fjordline",
        agreement="fjordline-calling",
        account=account,
        fee=fee,
    )


def facts() -> tuple[Fact, ...]:
    """Customers acme, globex and initech; requests of each, an outage, and maintenance."""
    return (
        agreed("acme", "acme-1"),
        agreed("acme", "acme-2", "50.00 EUR"),
        agreed("globex", "globex-1"),
        agreed("initech", "initech-1"),
        fact("request.opened", "2026-08-03T09:00:00+02:00", "request:1", account="acme-1"),
        fact("request.answered", "2026-08-03T10:00:00+02:00", "request:1", by="p1"),
        fact("request.opened", "2026-08-04T09:00:00+02:00", "request:2", account="globex-1"),
        fact("request.answered", "2026-08-07T10:00:00+02:00", "request:2", by="p1"),
        fact("request.opened", "2026-08-05T09:00:00+02:00", "request:3", account="acme-2"),
        fact(
            "outage.reported",
            "2026-08-12T12:00:00+02:00",
            "outage:7",
            service="calling",
            start="2026-08-12T11:00:00+02:00",
            end="2026-08-12T12:00:00+02:00",
            accounts=["acme-1", "globex-1"],
            source="globex-desk",
        ),
        fact(
            "outage.judged",
            "2026-08-13T09:00:00+02:00",
            "outage:7",
            cause="own",
            reason="globex asked for it; initech-1 saw it too",
        ),
        fact(
            "maintenance.planned",
            "2026-08-10T12:00:00+02:00",
            "maintenance:4",
            kind="planned",
            services=["calling"],
            start="2026-08-20T02:00:00+02:00",
            end="2026-08-20T03:00:00+02:00",
            accounts=["initech-1"],
            requested_by="initech",
        ),
        fact("maintenance.started", "2026-08-20T02:05:00+02:00", "maintenance:4"),
        fact("maintenance.ended", "2026-08-20T02:50:00+02:00", "maintenance:4"),
    )


def run(check: str, first: str, last: str, state: str, source: str = "oslo") -> Run:
    start, end = us(first), us(last)
    return Run(
        "checks", source, check, start, end, state, MINUTE, (end - start) // MINUTE + 1, None
    )


def runs() -> tuple[Run, ...]:
    """Two checks every minute in August; one failed from 10:00 to 10:30 on the 5th."""
    begin, end = "2026-08-01T00:00:00+02:00", "2026-08-31T23:59:00+02:00"
    return (
        run("sign-in", begin, end, "up"),
        run("place-call", begin, "2026-08-05T09:59:00+02:00", "up"),
        run("place-call", "2026-08-05T10:00:00+02:00", "2026-08-05T10:29:00+02:00", "down"),
        run("place-call", "2026-08-05T10:30:00+02:00", end, "up"),
    )


def window(label: str = "2026-08", first: str = "2026-08-01", last: str = "2026-09-01") -> Window:
    span = us(f"{first}T00:00:00+02:00"), us(f"{last}T00:00:00+02:00")
    return Window(label, *span, span, "Europe/Oslo")


def asked(customer: str = "acme", **changes: Any) -> Asked:
    values: dict[str, Any] = {
        "customer": customer,
        "window": window(),
        "at": at("2026-09-03T00:00:00+02:00"),
        "salt": SALT,
    }
    return Asked(**{**values, **changes})


def statement(
    customer: str = "acme", given: Iterable[Fact] | None = None, **changes: Any
) -> Statement:
    """The statement of August, not sealed."""
    used = facts() if given is None else given
    return build([the_agreement()], FactSet.of(used), runs(), asked(customer, **changes))


def sealed(customer: str = "acme") -> bytes:
    """The same, sealed, as the bytes of its file."""
    return seal(statement(customer), KEY).to_bytes()
