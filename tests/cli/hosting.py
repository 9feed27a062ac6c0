"""An agreement on availability small enough to reckon by hand, a day of checks, and its facts.

Oslo is at UTC+2. The checks are every 5 minutes, from 00:00 to 24:00 of 3 August 2026, UTC.
`search` is down from 10:00 to 10:30, `code` from 12:00 to 12:15.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

AGREEMENT = """\
---
agreement: hosting
title: Hosting
revision: 1
posted: 2026-06-01T09:00:00+02:00
language: en
provider: Northwind
zone: Europe/Oslo
currency: EUR
---

# 1 Availability {#availability}

Search and code are each up at least 99.9% of every calendar month, planned maintenance excepted.
We look every 5 minutes from outside and hold what we see against what you report.

```yaml sla
service: search
parts: [search-page]
down when: any part is down
quotes: [Search and code are each up]
```

```yaml sla
service: code
parts: [code-page]
down when: any part is down
quotes: [Search and code are each up]
```

```yaml sla
evidence: watching
of: [search, code]
sources: {checks: every 5 minutes, reports: customer reports}
agreed when: checks and reports
frame: first failed to next good check
silent after: 15 minutes
otherwise: a person judges
interpretation: [Silence of more than 15 minutes is unknown time.]
quotes: [every 5 minutes from outside, against what you report]
```

```yaml sla
availability: uptime
of: [search, code]
per: account
window: calendar month
target: at least 99.9 %
excludes: [planned maintenance]
quotes: ['at least 99.9% of every calendar month, planned maintenance excepted']
```

# 2 Credit {#credit}

A month below 99.9% earns 10% of the monthly fee, one below 99.0% earns 25%, if you ask for it
within 30 calendar days of the month's end.

```yaml sla
credit: uptime-credit
for: uptime missed
tiers:
  below 99.9 %: 10 % of account.fee
  below 99.0 %: 25 % of account.fee
claim: within 30 calendar days of the window's end
quotes:
  - A month below 99.9% earns 10% of the monthly fee
  - below 99.0% earns 25%
  - within 30 calendar days of the month's end
```

# 3 Changes {#changes}

A new revision takes effect when we post it.

```yaml sla
amendment: posting
in force: from posted
quotes: [takes effect when we post it]
```
"""

DOWN = {"search-page": range(120, 126), "code-page": range(144, 147)}
AT = "2026-09-10T12:00:00+02:00"
OPTIONS = ("--interval", "5m", "--at", AT, "--window", "2026-08")
FACTS = (
    {
        "type": "customer.agreed",
        "at": "2026-06-01T09:00:00+02:00",
        "subject": "customer:acme",
        "account": "acme-1",
        "agreement": "hosting",
        "fee": "400.00 EUR",
    },
    {
        "type": "outage.reported",
        "at": "2026-08-03T12:20:00+02:00",
        "subject": "outage:search-down",
        "service": "search",
        "start": "2026-08-03T12:05:00+02:00",
    },
)
JUDGED = {
    "type": "outage.judged",
    "at": "2026-09-02T10:00:00+02:00",
    "subject": "outage:code-20260803T140000",
    "service": "code",
    "start": "2026-08-03T14:00:00+02:00",
    "end": "2026-08-03T14:15:00+02:00",
}


def looks() -> list[tuple[str, str, str]]:
    """Time, check and state of each look: 289 of each check, the last at the day's end."""
    begin = datetime(2026, 8, 3, tzinfo=UTC)
    return [
        (
            (begin + timedelta(minutes=5 * number)).isoformat().replace("+00:00", "Z"),
            check,
            "down" if number in down else "up",
        )
        for check, down in DOWN.items()
        for number in range(289)
    ]


def checks_csv(header: str = "checked_at,check,state") -> str:
    """The looks as CSV."""
    return "\n".join((header, *(",".join(look) for look in looks()))) + "\n"


def saved(folder: Path) -> tuple[Path, Path, Path]:
    """The agreement, the checks and the facts as files."""
    page, checks, facts = (folder / name for name in ("hosting.md", "checks.csv", "facts.jsonl"))
    page.write_text(AGREEMENT, encoding="utf-8")
    checks.write_text(checks_csv(), encoding="utf-8")
    facts.write_text("".join(json.dumps(fact) + "\n" for fact in FACTS), encoding="utf-8")
    return page, checks, facts
