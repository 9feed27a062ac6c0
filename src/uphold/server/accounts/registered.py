"""The accounts of a provider's customers as the register has them, for other apps to ask."""

from __future__ import annotations

from collections.abc import Collection

from uphold.server.accounts.models import Subscription
from uphold.server.accounts.shapes import RegisteredAccount


def registered_accounts(
    provider: int, customers: Collection[str] | None = None
) -> tuple[RegisteredAccount, ...]:
    """What customers agreed to, by account; of these customers, or of all.

    One question to the register, however many facts it was made from.
    """
    rows = Subscription.objects.filter(provider=provider)
    if customers is not None:
        rows = rows.filter(customer__in=sorted(customers))
    told = rows.order_by("customer", "account").values_list("account", "customer", "region")
    return tuple(RegisteredAccount(*each) for each in told)
