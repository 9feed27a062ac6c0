"""An agreement small enough to count by hand, facts about its requests, and what a run leaves."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# Oslo, Monday to Friday 08:00-16:00; 8 February 2027 is a Monday.
AGREEMENT = """\
---
agreement: small-desk
title: Small desk
revision: 1
posted: 2027-01-04T09:00:00+01:00
language: en
provider: Fjordline
zone: Europe/Oslo
currency: EUR
---

# 1 Hours {#hours}

We work Monday to Friday from 08:00 to 16:00.

```yaml sla
calendar: office
hours: {mon-fri: 08:00-16:00}
holidays: none
interpretation: [Holidays do not close the desk.]
quotes: [Monday to Friday from 08:00 to 16:00]
```

# 2 Answers {#answers}

We answer within 8 business hours. While we wait for you, the time does not run.

```yaml sla
clock: response
of: request
starts: request.opened
stops: request.answered
calendar: office
target: 8 business hours
held while: [awaiting customer]
quotes: [within 8 business hours, the time does not run]
```

# 3 Changes {#changes}

A change takes effect when we post it.

```yaml sla
amendment: posting
in force: from posted
quotes: [takes effect when we post it]
```

# Examples

```yaml sla
example: answered at the last moment
facts:
  - {at: 2027-02-05T15:00:00+01:00, type: request.opened, subject: request:1}
  - {at: 2027-02-08T15:00:00+01:00, type: request.answered, subject: request:1}
at: 2027-02-08T15:30:00+01:00
expect:
  response: {state: met, due: 2027-02-08T15:00:00+01:00}
```

```yaml sla
example: answered one second late
facts:
  - {at: 2027-02-05T15:00:00+01:00, type: request.opened, subject: request:1}
  - {at: 2027-02-08T15:00:01+01:00, type: request.answered, subject: request:1}
at: 2027-02-08T15:30:00+01:00
expect:
  response: {state: missed}
```

```yaml sla
example: held over a weekend
facts:
  - {at: 2027-02-05T15:00:00+01:00, type: request.opened, subject: request:1}
  - {at: 2027-02-05T15:30:00+01:00, type: request.awaiting, subject: request:1, cause: customer}
at: 2027-02-08T12:50:00+01:00
expect:
  response: {state: held}
```
"""

FACTS: tuple[dict[str, Any], ...] = (
    # answered in time, but for a hold of 90 minutes
    {"type": "request.opened", "at": "2027-02-05T15:00:00+01:00", "subject": "request:1"},
    {
        "type": "request.awaiting",
        "at": "2027-02-05T15:30:00+01:00",
        "subject": "request:1",
        "cause": "customer",
    },
    {
        "type": "request.resumed",
        "at": "2027-02-08T09:00:00+01:00",
        "subject": "request:1",
        "cause": "customer",
    },
    {"type": "request.answered", "at": "2027-02-08T16:00:00+01:00", "subject": "request:1"},
    # answered late
    {"type": "request.opened", "at": "2027-02-05T14:00:00+01:00", "subject": "request:2"},
    {"type": "request.answered", "at": "2027-02-08T14:30:00+01:00", "subject": "request:2"},
    # still open
    {"type": "request.opened", "at": "2027-02-08T15:00:00+01:00", "subject": "request:3"},
    {"type": "request.opened", "at": "2027-02-08T12:50:00+01:00", "subject": "request:4"},
    # waiting for the customer
    {"type": "request.opened", "at": "2027-02-08T15:10:00+01:00", "subject": "request:5"},
    {
        "type": "request.awaiting",
        "at": "2027-02-08T15:20:00+01:00",
        "subject": "request:5",
        "cause": "customer",
    },
    # before anything was promised
    {"type": "request.opened", "at": "2027-01-01T12:00:00+01:00", "subject": "request:6"},
)
AT = "2027-02-09T10:40:00+01:00"


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The result read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def lines_of(facts: Sequence[dict[str, Any]]) -> str:
    """Facts as JSON Lines."""
    return "".join(json.dumps(fact) + "\n" for fact in facts)
