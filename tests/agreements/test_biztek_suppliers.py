"""Biztek's suppliers: their agreements run on the same facts, and what they owe can be claimed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.agreements.settled import Desk, said

from uphold.agreement import Agreement, load_agreement
from uphold.agreement.check import check_source
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.suppliers import GapKind
from uphold.engine.settle import Settlement
from uphold.engine.verdict import State
from uphold.facts import FACT_TYPES, Fact

DESK = Desk.of("biztek")
ZENDESK = """\
---
agreement: zendesk-availability
title: Service availability
revision: 1
posted: 2024-01-01T00:00:00+00:00
language: en
provider: Zendesk
zone: Etc/UTC
currency: USD
---

# 1 Uptime {#uptime}

The ticket system is up at least 99.9% of every calendar month. We check it every 1 minute.

```yaml sla
service: tickets
quotes: [The ticket system]
```

```yaml sla
availability: tickets-uptime
of: tickets
window: calendar month
target: at least 99.9 %
quotes: [at least 99.9% of every calendar month]
```

```yaml sla
evidence: tickets-checks
of: tickets
sources: {checks: every 1 minute}
quotes: [every 1 minute]
```

# 2 Credit {#credit}

A month that falls short earns 10% of the monthly fee, if it is asked for within 30 calendar
days of its end.

```yaml sla
credit: tickets-credit
for: tickets-uptime missed
amount: 10 % of account.fee
claim: within 30 calendar days of the window's end
quotes: [10% of the monthly fee, within 30 calendar days of its end]
```

# 3 Changes {#changes}

A new edition takes effect when it is posted here.

```yaml sla
amendment: posting
in force: from posted
quotes: [takes effect when it is posted]
```
"""
OURS = DESK.fact("customer.agreed", "2025-01-01 09:00", "customer:Biztek", account="biztek-z",
                 agreement="zendesk-availability", fee="900.00 USD")  # fmt: skip
CUSTOMER = DESK.fact("customer.agreed", "2025-01-01 09:00", "customer:vik", account="vik-1",
                     agreement="biztek")  # fmt: skip


@pytest.fixture(scope="module")
def zendesk() -> Agreement:
    assert check_source(("zendesk.md", ZENDESK), facts=FACT_TYPES) == ()
    return load_agreement(("zendesk.md", ZENDESK))


def march(zendesk: Agreement, time: str, *facts: Fact) -> Settlement:
    """March 2025: the ticket system was down for an hour on the 10th."""
    runs = DESK.looks("tickets", ("2025-03-01 01:00", "2025-04-01 02:00"),
                      ("2025-03-10 10:00", "2025-03-10 11:00"))  # fmt: skip
    return DESK.settle(time, runs, OURS, CUSTOMER, *facts, others=[zendesk])


def theirs(found: Settlement) -> Credit:
    (one,) = (each for each in found.all_credits if each.agreement == "zendesk-availability")
    return one


@pytest.mark.requirement("B6", "X2")
def test_a_suppliers_missed_month_shows_what_can_be_claimed_from_it(zendesk: Agreement) -> None:
    one = theirs(march(zendesk, "2025-04-21 02:00"))
    assert (one.party, one.customer, one.account) == ("Zendesk", "Biztek", "biztek-z")
    assert (one.state, one.amount, one.currency) == (
        CreditState.CLAIMABLE,
        Decimal("90.00"),
        "USD",
    )
    assert one.claim_by == DESK.us("2025-05-01 02:00")
    told = said(one.because)
    assert "Zendesk owes this to Biztek, under zendesk-availability." in told
    assert "10 days are left to claim it." in told


@pytest.mark.requirement("B6")
@pytest.mark.parametrize(
    ("time", "state"),
    [("2025-05-01 02:00:00", CreditState.CLAIMED), ("2025-05-01 02:00:01", CreditState.LAPSED)],
)
def test_it_is_claimed_in_time_or_lost(zendesk: Agreement, time: str, state: CreditState) -> None:
    filed = DESK.fact("claim.filed", time, "claim:1", account="biztek-z")
    assert theirs(march(zendesk, "2025-05-02 09:00", filed)).state is state


@pytest.mark.requirement("B6")
def test_a_suppliers_month_owes_our_own_customers_nothing(zendesk: Agreement) -> None:
    found = march(zendesk, "2025-04-21 02:00")
    assert {each.account for each in found.all_credits} == {"biztek-z"}
    (figure,) = (each for each in found.history if each.window.label == "2025-03"
                 and each.agreement == "zendesk-availability")  # fmt: skip
    assert (figure.state, figure.down) == (State.MISSED, 3_600_000_000)


@pytest.mark.requirement("B6", "X3")
def test_the_register_tells_which_suppliers_agreements_nobody_has_put_in(
    zendesk: Agreement,
) -> None:
    gaps = {gap.term: gap.kind for gap in march(zendesk, "2025-04-21 02:00").gaps}
    assert gaps == {
        "microsoft": GapKind.LINK_ONLY,
        "microsoft-azure": GapKind.LINK_ONLY,
        "microsoft-365": GapKind.LINK_ONLY,
        "printix": GapKind.LINK_ONLY,
        "onwork": GapKind.NOT_NAMED,
    }
