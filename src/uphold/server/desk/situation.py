"""A thing as somebody is about to act on it: its facts judged now, and who acts."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.engine.history import History
from uphold.facts import Fact, make_fact
from uphold.facts.times import to_datetime
from uphold.server import clock
from uphold.server.accounts.access import NotFound, Viewer, visible
from uphold.server.accounts.services import parties
from uphold.server.desk.judging import Judged, judge
from uphold.server.desk.models import Thing
from uphold.server.desk.standing import OPENINGS, Standing, standing_of
from uphold.server.ledger.services import position

UNBORN = "new"
"""The name of a thing that has no number yet: `request:new`."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A thing, or one to be made, with everything that decides what can be done.

    `position` is the ledger's that the facts were read at, `channel` the way the action comes.
    `customer` is empty where whoever asks has yet to choose one; `author` is who it is from.
    """

    viewer: Viewer
    now_us: int
    judged: Judged
    subject: str
    thing: str
    customer: str
    account: str
    author: str
    position: int
    agreement: Agreement | None
    standing: Standing | None
    channel: str = "portal"

    @property
    def is_new(self) -> bool:
        """Whether the thing has yet to be made."""
        return self.standing is None

    @property
    def history(self) -> History:
        """The thing's facts so far."""
        return self.judged.history(self.subject) or History(self.subject, (), ())

    @property
    def state(self) -> str:
        """The thing's state, empty for a new one."""
        return self.standing.state if self.standing else ""


def situation_of(viewer: Viewer, subject: str) -> Situation:
    """The thing as it is now. Raises `NotFound` for what the viewer may not see.

    Now is never before the last that happened to it: several servers' clocks differ a little.
    """
    row = visible(viewer, Thing.objects.filter(subject=subject)).first()
    if row is None:
        raise NotFound
    behind = position(viewer.provider)
    now = max(clock.now_us(), row.changed_us)
    judged = judge(viewer.provider, [subject], now)
    return Situation(
        viewer=viewer,
        now_us=now,
        judged=judged,
        subject=subject,
        thing=row.thing,
        customer=row.customer,
        account=row.account,
        author=row.author,
        position=behind,
        agreement=judged.agreement(subject),
        standing=standing_of(judged, subject),
    )


def situation_before(viewer: Viewer, thing: str, customer: str, account: str) -> Situation:
    """Before there is a thing: what its customer's agreement would say of one made now.

    Raises `NotFound` for a customer that is not the viewer's.
    """
    customer = customer or _only_customer(viewer)
    if customer and not _is_theirs(viewer, customer):
        raise NotFound
    behind = position(viewer.provider)
    now = clock.now_us()
    judged = judge(viewer.provider, (), now, customers=[customer] if customer else ())
    account = account or _only_account(judged, customer)
    subject = f"{thing}:{UNBORN}"
    sketch = judged.adding([_sketch(thing, subject, now, customer, account)], now)
    return Situation(
        viewer=viewer,
        now_us=now,
        judged=judged,
        subject=subject,
        thing=thing,
        customer=customer,
        account=account,
        author="" if viewer.is_staff else viewer.person,
        position=behind,
        agreement=sketch.agreement(subject),
        standing=None,
    )


def accounts_of(judged: Judged, customer: str) -> tuple[str, ...]:
    """The names of the customer's accounts."""
    every = judged.evaluation.accounts.every()
    return tuple(each.name for each in every if each.customer == customer and each.name)


def _sketch(thing: str, subject: str, now: int, customer: str, account: str) -> Fact:
    """The barest fact that such a thing begins with: enough to find the agreement it is under."""
    told = {"customer": customer, "account": account, "item": "-" if thing == "order" else ""}
    given = {name: value for name, value in told.items() if value}
    return make_fact(OPENINGS[thing], to_datetime(now), subject, **given)


def _only_customer(viewer: Viewer) -> str:
    return next(iter(viewer.customers)) if viewer.customers and len(viewer.customers) == 1 else ""


def _only_account(judged: Judged, customer: str) -> str:
    accounts = accounts_of(judged, customer) if customer else ()
    return accounts[0] if len(accounts) == 1 else ""


def _is_theirs(viewer: Viewer, customer: str) -> bool:
    """Whether there is such a customer of the viewer's provider, and the viewer acts for it."""
    known = {each.key for each in parties(viewer.provider)}
    return customer in known and viewer.acts_for(customer)
