"""Some days of a desk, as facts with when they were told."""

from __future__ import annotations

from tests.server.desk.house import House, at

from uphold.facts import make_fact
from uphold.server.ledger import services as ledger

STORY: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("customer.agreed", "08-03T09:05", "customer:acme", {"plan": "gold", "fee": "900 NOK"}),
    ("customer.trained", "08-03T09:06", "customer:acme", {"person": "acme-user"}),
    ("request.opened", "08-03T10:00", "request:1", {"priority": "2", "channel": "telephone"}),
    ("request.opened", "08-03T10:30", "request:2", {"priority": "3", "channel": "e-mail"}),
    ("request.answered", "08-03T11:00", "request:1", {"by": "biztek-agent"}),
    ("request.awaiting", "08-03T11:05", "request:1", {"cause": "customer"}),
    ("request.opened", "08-04T08:00", "request:3", {"priority": "1", "channel": "chat"}),
    ("complaint.received", "08-04T09:00", "complaint:4", {"channel": "telephone"}),
    ("request.resumed", "08-04T12:00", "request:1", {}),
    ("request.classified", "08-04T13:00", "request:2", {"priority": "2"}),
    ("request.resolved", "08-05T10:00", "request:1", {}),
    ("request.opened", "08-05T10:00", "request:5", {"id": "wrong", "priority": "1"}),
    ("request.opened", "08-05T11:00", "request:5", {"corrects": "wrong", "priority": "3"}),
    ("request.answered", "08-05T12:00", "request:2", {"id": "misplaced"}),
    ("request.answered", "08-05T12:05", "request:3", {"corrects": "misplaced"}),
)


def lived(house: House) -> None:
    """Requests answered, held, corrected and moved, a complaint; each fact told in its time.

    The last answer bears words by the customer's user.
    """
    for name, when, subject, rest in STORY:
        moment = f"2026-{when}:00+02:00"
        with at(moment):
            house.tell(name, moment, subject, customer="acme", **rest)
    words = ledger.new_text(
        house.provider, "It prints blanks again.", kind="public", person=house.people["acme user"]
    )
    moment = "2026-08-06T09:00:00+02:00"
    with at(moment):
        replied = make_fact(
            "request.replied", moment, "request:2", customer="acme", written=words.digest
        )
        ledger.append(house.provider, [replied], texts=[words])


def retold(house: House) -> None:
    """Something about the customer that bears on all that it has open."""
    moment = "2026-08-12T12:00:00+02:00"
    house.tell("customer.office", moment, "customer:acme", customer="acme", office="Bergen")
