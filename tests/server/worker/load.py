"""Processes that load a server until they are killed, and one that reads what there is then.

`python -m tests.server.worker.load set-up` makes a provider under an agreement whose warnings come
at known times; `write SEED FILE` appends for ever, keeping in the file what it tries and what was
acknowledged, as any careful client does; `read` prints everything as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

AGREEMENT = """\
---
agreement: always-desk
title: A desk that never closes
revision: 1
posted: 2026-01-04T09:00:00+01:00
language: en
provider: Fjordline
zone: Europe/Oslo
currency: EUR
---

# 1 Answers {#answers}

We answer within 20 hours, at any time.

```yaml sla
clock: response
of: request
starts: request.opened
stops: request.answered
target: 20 hours
alerts: [50 %, 1 hour before]
quotes: [within 20 hours]
```

# 2 Changes {#changes}

A change takes effect when we post it.

```yaml sla
amendment: posting
in force: from posted
quotes: [takes effect when we post it]
```
"""

HOUR = 3600
WARNED = (10 * HOUR, 19 * HOUR, 20 * HOUR)
"""Seconds after which a request is warned of: at half the time, an hour before, and missed."""
UNANSWERED = (5 * HOUR, 12 * HOUR, 19 * HOUR + 600, 22 * HOUR)
SOON_WARNED = 10 * HOUR - 3
"""Seconds that requests are old when they are told of; the last is warned of 3 seconds later."""

CUSTOMER = "acme"
FACT = ("position", "fact_id", "type", "subject", "at_us", "recorded_us")
Written = dict[str, Any]


def opened(fact_id: str, subject: str, age: int) -> Written:
    """A request that was opened so many seconds ago."""
    at = datetime.now(UTC) - timedelta(seconds=age)
    return {
        "id": fact_id,
        "type": "request.opened",
        "at": at.isoformat(timespec="milliseconds"),
        "subject": subject,
        "customer": CUSTOMER,
    }


def answered(fact_id: str, subject: str) -> Written:
    """An answer to it, now."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"id": fact_id, "type": "request.answered", "at": at, "subject": subject}


def set_up() -> None:
    from django.contrib.auth import get_user_model

    from uphold.facts import make_fact
    from uphold.server.accounts import services as accounts
    from uphold.server.accounts.kinds import May, OrganisationKind, Role
    from uphold.server.agreements import services as agreements
    from uphold.server.ledger import services as ledger

    provider = accounts.new_provider("Fjordline", key="fjordline", zone="Europe/Oslo").id
    accounts.new_party(provider, OrganisationKind.CUSTOMER, "Acme", key=CUSTOMER)
    lead = accounts.new_person(
        "ann@example.org", "Ann", organisation=provider, role=Role.ADMINISTRATOR, key="ann"
    )
    agreements.post(provider, AGREEMENT, by=lead.key)
    agreed = {
        "agreement": "always-desk",
        "provider": "fjordline",
        "from": "2026-02-01T00:00:00+01:00",
    }
    ledger.append(
        provider,
        [make_fact("customer.agreed", datetime.now(UTC), f"customer:{CUSTOMER}", **agreed)],
    )
    viewer = accounts.viewer_of(get_user_model().objects.get(key=lead.key))
    assert viewer is not None
    _, token = accounts.new_token(viewer, "load", [May.ADMINISTER])
    sys.stdout.write(json.dumps({"provider": provider, "token": token}))


def write(seed: str, file: Path) -> None:
    """Opens requests, numbered by the ledger, and answers some, until told to stop."""
    from uphold.server.accounts import services as accounts
    from uphold.server.ledger import services as ledger

    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    provider = accounts.providers()[0].id
    drawn = random.Random(f"{seed}:{os.getpid()}")
    kept = os.open(file, os.O_CREAT | os.O_APPEND | os.O_RDWR)

    def keep(line: Written) -> None:
        os.write(kept, json.dumps(line).encode() + b"\n")

    def send(intent: Written) -> None:
        """Once or again: what the ledger has already under that id is not written anew."""
        there = ledger.fact_with_id(provider, intent["id"])
        if there is None:
            subject = _append(provider, intent)
        else:
            subject = there.subject
        keep({"acknowledged": intent["id"], "subject": subject})

    tried, acknowledged = read_kept(file)
    for fact_id, intent in tried.items():
        if fact_id not in acknowledged:
            send(intent)
    waiting: list[str] = []
    while not stopping:
        fact_id = f"w-{os.getpid()}-{drawn.getrandbits(48):x}"
        if waiting and drawn.random() < 0.4:
            subject = waiting.pop(drawn.randrange(len(waiting)))
            intent = {"id": fact_id, "answers": subject}
        else:
            intent = {"id": fact_id, "age": drawn.choice((*UNANSWERED, SOON_WARNED))}
        keep({"tried": intent})
        send(intent)
        if intent.get("age") == SOON_WARNED:
            waiting.append(read_subject(kept))


def _append(provider: int, intent: Written) -> str:
    from uphold.facts import Fact, make_fact
    from uphold.server.ledger import services as ledger

    def fact(written: Written) -> Fact:
        return make_fact(**written)

    if "answers" in intent:
        subject = str(intent["answers"])
        ledger.append(provider, [fact(answered(intent["id"], subject))])
        return subject
    age = int(intent["age"])
    return ledger.append_new(
        provider, "request", lambda subject: [fact(opened(intent["id"], subject, age))]
    ).subject


def read_subject(kept: int) -> str:
    """The subject in the last line that was kept."""
    end = os.lseek(kept, 0, os.SEEK_END)
    tail = os.pread(kept, 400, max(0, end - 400)).decode().splitlines()[-1]
    return str(json.loads(tail)["subject"])


def read_kept(file: Path) -> tuple[dict[str, Written], dict[str, str]]:
    """What was tried by id, and the subjects of what was acknowledged by id."""
    tried: dict[str, Written] = {}
    acknowledged: dict[str, str] = {}
    for line in file.read_text().splitlines() if file.exists() else ():
        found = json.loads(line)
        if "tried" in found:
            tried[found["tried"]["id"]] = found["tried"]
        else:
            acknowledged[found["acknowledged"]] = found["subject"]
    return tried, acknowledged


def read() -> None:
    from django.apps import apps

    def rows(app: str, model: str, *fields: str) -> list[tuple[Any, ...]]:
        return list(apps.get_model(app, model).objects.order_by("pk").values_list(*fields))

    found = {
        "facts": rows("ledger", "FactRow", *FACT),
        "things": rows("desk", "Thing", "subject"),
        "alarms": rows("desk", "Alarm", "subject", "threshold"),
        "due": rows("worker", "Due", "key", "kind", "due_us", "done_us", "parked_us", "attempts"),
        "now_us": int(datetime.now(UTC).timestamp() * 1_000_000),
    }
    sys.stdout.write(json.dumps(found))


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "uphold.server.settings"
    django.setup()
    match sys.argv[1:]:
        case ["set-up"]:
            set_up()
        case ["write", seed, file]:
            write(seed, Path(file))
        case ["read"]:
            read()


if __name__ == "__main__":
    main()
