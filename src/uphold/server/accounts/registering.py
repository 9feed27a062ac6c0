"""The register of customers: their accounts, who is trained, who is named as a contact.

Worked out from `customer.…` facts by the engine's own reading of an account, so that lists say what
verdicts rest on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from uphold.engine.account import FOREVER, Account, accounts_of, begins, until
from uphold.facts import Fact, FactSet
from uphold.server.accounts.models import Registered, Standing, Subscription
from uphold.server.ledger.services import facts_of

TRAINED: Final = "trained"
_STANDINGS: Final = {"customer.trained": TRAINED, "customer.contact": ""}


class Register:
    """Keeps the rows of `Subscription` and `Standing` (ledger.projecting.Projector)."""

    name = "accounts"
    things = frozenset({"customer"})

    def project(self, provider: int, subjects: Iterable[str], as_of_us: int, position: int) -> None:
        """Writes the rows of these customers anew."""
        wanted = sorted(subjects)
        keys = [_key(subject) for subject in wanted]
        known = FactSet.of(facts_of(provider, wanted, until=position))
        for model in (Subscription, Standing, Registered):
            model.objects.filter(provider=provider, customer__in=keys).delete()
        facts = {key: known.of_subject(subject) for key, subject in zip(keys, wanted, strict=True)}
        Subscription.objects.bulk_create(_subscriptions(provider, facts, as_of_us))
        Standing.objects.bulk_create(_standings(provider, facts))
        Registered.objects.bulk_create(
            Registered(provider_id=provider, customer=key, as_of_us=as_of_us, position=position)
            for key in keys
        )

    def stated(self, provider: int) -> Iterable[tuple[str, int, int]]:
        """Every customer that facts are about, with when and up to where they were read."""
        rows = Registered.objects.filter(provider=provider).order_by("customer")
        for customer, as_of_us, position in rows.values_list("customer", "as_of_us", "position"):
            yield f"customer:{customer}", as_of_us, position

    def snapshot(self, provider: int, subject: str) -> object:
        """The customer's rows as JSON values."""
        mine = {"provider": provider, "customer": _key(subject)}
        subscriptions = Subscription.objects.filter(**mine).order_by("account")
        standings = Standing.objects.filter(**mine).order_by("author", "what")
        return {
            "subscriptions": list(subscriptions.values(*_SUBSCRIPTION)),
            "standings": list(standings.values("author", "what", "since_us")),
        }

    def clear(self, provider: int) -> None:
        """Takes away every row of the provider's."""
        for model in (Subscription, Standing, Registered):
            model.objects.filter(provider=provider).delete()

    def bearing(self, provider: int, facts: Collection[Fact]) -> Iterable[str]:
        """Nothing: the register of a customer is made of the facts about that customer alone."""
        return ()


_SUBSCRIPTION: Final = (
    "account",
    "agreement",
    "plan",
    "region",
    "office",
    "fee",
    "additions",
    "from_us",
    "until_us",
)


def _key(subject: str) -> str:
    return subject.partition(":")[2]


def _subscriptions(
    provider: int, facts: dict[str, tuple[Fact, ...]], as_of_us: int
) -> Iterator[Subscription]:
    for each in accounts_of(fact for some in facts.values() for fact in some).every():
        agreed = [fact for fact in each.facts if fact.type == "customer.agreed"]
        if agreed:
            yield _subscription(provider, each, as_of_us)


def _subscription(provider: int, account: Account, as_of_us: int) -> Subscription:
    """The account as the last facts about it have it; of several lives the one it is in."""
    agreement = _last(account, "agreement")
    lives = account.life(agreement)
    begun = [life for life in lives if life[0] <= as_of_us]
    start, end = (begun or lives)[-1 if begun else 0] if lives else (None, None)
    return Subscription(
        provider_id=provider,
        customer=account.customer or "",
        account=account.name or "",
        agreement=agreement,
        plan=_last(account, "plan"),
        region=_last(account, "region"),
        office=_last(account, "office"),
        fee=_last(account, "fee"),
        additions=[_addition(fact) for fact in account.facts if fact.type == "customer.added"],
        from_us=start,
        until_us=None if end in (None, FOREVER) else end,
    )


def _last(account: Account, name: str) -> str:
    values = account.field(name).values
    return values[-1] if values else ""


def _addition(fact: Fact) -> dict[str, object]:
    return {
        "addition": str(fact.written["addition"]),
        "service": str(fact.written.get("service") or ""),
        "from_us": begins(fact),
        "until_us": until(fact),
    }


def _standings(provider: int, facts: dict[str, tuple[Fact, ...]]) -> Iterator[Standing]:
    """Each person's trainings and namings, dated by the first fact that says so."""
    seen = set()
    for customer, some in facts.items():
        for fact in some:
            if fact.type not in _STANDINGS:
                continue
            person = str(fact.written["person"])
            what = _STANDINGS[fact.type] or str(fact.written["role"])
            if (customer, person, what) not in seen:
                seen.add((customer, person, what))
                yield Standing(
                    provider_id=provider,
                    customer=customer,
                    author=person,
                    what=what,
                    since_us=fact.at_us,
                )
