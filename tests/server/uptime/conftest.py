"""What these tests share: the parties and people, and a provider that promises notice."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.server.people import World, world

from uphold.facts import make_fact
from uphold.server import clock
from uphold.server.agreements import services as agreements
from uphold.server.ledger import services as ledger

__all__ = ["house", "world"]

NOTICE = """\
---
agreement: north
title: Maintenance of North
revision: 1
posted: 2026-01-01T00:00:00+01:00
language: en
provider: North
zone: Europe/Oslo
---

# 3.3 Planned maintenance {#planned-maintenance}

Planned maintenance is scheduled at least 2 weeks and announced at least 1 week
before it starts, to all whom it concerns.

```yaml sla
notice: planned-maintenance
of: maintenance
when: maintenance.kind is planned
scheduled: at least 2 weeks before planned start
announced: at least 1 week before planned start
to: [customers, partners, resellers]
interpretation: [Those whom it concerns are the customers, partners and resellers.]
quotes: [scheduled at least 2 weeks and announced at least 1 week before it starts]
```

# 4 Changes {#changes}

A change holds from when it is posted.

```yaml sla
amendment: posting
in force: from posted
interpretation: [What was planned before keeps its revision.]
quotes: [A change holds from when it is posted]
```
"""


@pytest.fixture
def house(world: World) -> Iterator[World]:
    """North promises notice to Fjord in Europe and Lake in America; it is Mon 2 Mar 2026, 09:00."""
    with clock.clock_at(datetime.fromisoformat("2026-03-02T09:00:00+01:00")):
        agreements.post(world.provider(), NOTICE, by="per_1")
        for customer, region in (("fjord", "europe"), ("lake", "america")):
            agreed = make_fact(
                "customer.agreed",
                clock.now(),
                f"customer:{customer}",
                customer=customer,
                account=f"{customer}-1",
                region=region,
            )
            ledger.append(world.provider(), [agreed])
        yield world
