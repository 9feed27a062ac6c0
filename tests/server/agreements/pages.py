"""A small agreement as a page, as the tests post it."""

from __future__ import annotations

PAGE = """\
---
agreement: {name}
title: Support of North
revision: {revision}
posted: {posted}
language: en
provider: North
zone: Europe/Oslo
---

# 1 Answers {{#answers}}

We answer within {hours} business hours. The desk is open Monday to Friday from
08:00 to 16:00.

```yaml sla
calendar: office
hours: {{mon-fri: 08:00-16:00}}
quotes: ['Monday to Friday from 08:00 to 16:00']
```

```yaml sla
clock: answer
of: request
starts: request.opened
stops: request.answered
calendar: office
target: {hours} business hours
quotes: [We answer within {hours} business hours]
```

# 2 Changes {{#changes}}

{changes}

```yaml sla
amendment: posting
in force: {in_force}
interpretation: [Clocks that are running finish under the revision that started them.]
quotes: ['{changes}']
```

# 3 Examples {{#examples}}

```yaml sla
example: an answer in time
facts:
  - {{at: 2027-03-01T08:00:00+01:00, type: request.opened, subject: request:1}}
  - {{at: 2027-03-01T09:00:00+01:00, type: request.answered, subject: request:1}}
at: 2027-03-01T10:00:00+01:00
expect:
  answer: {{state: met}}
```
"""

TRANSLATION = """\
---
translation of: {name}
title: Støtte fra North
revision: {revision}
language: nb
---

# 1 Svar {{#answers}}

Vi svarer innen {hours} arbeidstimer. Vi har åpent mandag til fredag fra klokken
08:00 til 16:00.

# 2 Endringer {{#changes}}

En endring gjelder fra den er lagt ut.
"""


def page(
    *,
    name: str = "north-support",
    revision: int = 1,
    posted: str = "2026-03-01T09:00:00+01:00",
    hours: int = 8,
    in_force: str = "from posted",
    changes: str = "A change holds from when it is posted.",
) -> str:
    """The page with these values."""
    return PAGE.format(
        name=name,
        revision=revision,
        posted=posted,
        hours=hours,
        in_force=in_force,
        changes=changes,
    )


def translation(*, name: str = "north-support", revision: int = 1, hours: int = 8) -> str:
    """Its Norwegian translation."""
    return TRANSLATION.format(name=name, revision=revision, hours=hours)
