"""The desk's pages over a small and a large queue, on SQLite and PostgreSQL.

A desk under the shipped Biztek agreement has 1,000 and then 100,000 open requests, each with words
of its own, a quarter of them assigned, and a hundred warnings that nobody has seen. They come in as
any others would: appended in transactions of 500 facts, with every row made from them.

Each page is asked for in turn, fifty times, of the WSGI application that the server runs, as an
agent who is signed in: sessions, permissions, queries, templates and headers included, the network
left out. Shown are the number of queries, the median and the 95th of a hundred milliseconds, the
page's bytes and what is left of them by gzip. Beside it, in the same run and in turn with the
pages, the bare driver (`sqlite3`, `psycopg`) selects the rows of the first page from the same
table, with the page's own condition and order; the ratio is how many times longer the page takes.

Filling the large queue takes most of the run: ten minutes and more for both databases together;
`--open 1000 10000` is over in two. Exits with 1 where the queue asks for more than 15 queries, or
for another number with more rows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults

from ledger import AGREEMENT, database

if TYPE_CHECKING:
    from uphold.facts import Fact
    from uphold.server.accounts.access import Viewer

MOST_QUERIES = 15
BEGUN = datetime.fromisoformat("2025-03-10T08:00:00+01:00")
NOW = datetime.fromisoformat("2025-03-21T12:00:00+01:00")
BATCH = 500
CUSTOMERS = 200
AGENTS = 8
ALARMS = 100
WORDS = (
    "Skriveren i {place} svarer ikke",
    "Får ikke logget inn i timeføringen fra {place}",
    "E-post til {place} kommer i retur",
    "Nettet er borte i {place}",
    "Ny bærbar til en som begynner i {place}",
    "Sikkerhetskopien fra {place} feilet i natt",
)
PLACES = ("tredje etasje", "resepsjonen", "lageret", "møterom Fjell", "avdeling Bergen", "kantina")
DRIVER_ROWS = (
    "SELECT * FROM desk_thing WHERE provider_id = {0} AND stage = 1"
    " ORDER BY rank, arrived_us, number LIMIT 50"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A page's cost: queries, milliseconds, bytes."""

    queries: int
    median_ms: float
    p95_ms: float
    size: int
    packed: int


def main() -> int:
    """Measures each database in a process of its own, and prints the table."""
    parser = argparse.ArgumentParser(description="Ask for the desk's pages.")
    parser.add_argument("--open", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--requests", type=int, default=50, help="for each page")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--vendor", choices=("sqlite", "postgresql"), help="one of the two alone")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        print(json.dumps(measured(arguments.open, arguments.requests)))
        return 0
    vendors = [arguments.vendor] if arguments.vendor else ["sqlite", "postgresql"]
    found: dict[str, dict[str, Any]] = {}
    for vendor in vendors:
        found[vendor] = in_own_process(vendor, arguments.open, arguments.requests)
        show(vendor, found[vendor])
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2))
    return 0 if all(map(is_bounded, found.values())) else 1


def in_own_process(vendor: str, sizes: Sequence[int], requests: int) -> dict[str, Any]:
    """The figures of one database; settings belong to a process."""
    with tempfile.TemporaryDirectory() as folder, database(vendor, Path(folder)) as address:
        own = {"UPHOLD_DATA": folder, "UPHOLD_DATABASE": address, "UPHOLD_LOG_LEVEL": "error"}
        own["DJANGO_SETTINGS_MODULE"] = "uphold.server.settings"
        command = [sys.executable, __file__, "--here", "--requests", str(requests), "--open"]
        command += map(str, sorted(sizes))
        done = subprocess.run(
            command, env=os.environ | own, check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def show(vendor: str, sizes: Mapping[str, Any]) -> None:
    """The table of one database."""
    for size, found in sizes.items():
        rate = found["facts"] / found["seconds"]
        print(
            f"\n{vendor}, {int(size):,} open; the last {found['facts']:,} facts appended in"
            f" {found['seconds']:,.0f} s, {rate:,.0f} a second; load {found['load']:.1f}"
        )
        bare = found["bare_ms"]
        print(
            f"{'':24}{'queries':>8}{'median':>11}{'95 %':>11}{'ratio':>8}{'bytes':>10}{'gzip':>9}"
        )
        print(f"{'driver, 50 rows':24}{1:8}{bare:8.2f} ms")
        for page, each in found["pages"].items():
            one = Measured(**each)
            print(
                f"{page:24}{one.queries:8}{one.median_ms:8.1f} ms{one.p95_ms:8.1f} ms"
                f"{one.median_ms / bare:8.0f}{one.size:10,}{one.packed:9,}",
                flush=True,
            )


def is_bounded(sizes: Mapping[str, Any]) -> bool:
    """Whether each page of the queue asks as many queries whatever the size, and few."""
    pages = [found["pages"] for found in sizes.values()]
    queue = [name for name in pages[0] if name.startswith("queue")]
    counts = [{each[name]["queries"] for each in pages} for name in queue]
    return all(len(each) == 1 and max(each) <= MOST_QUERIES for each in counts)


def measured(sizes: Sequence[int], requests: int) -> dict[str, Any]:
    """By number of open requests: how they came in, what the driver takes, what pages cost."""
    import django

    django.setup()
    from django.core.management import call_command

    from uphold.server import clock

    call_command("migrate", verbosity=0)
    with clock.clock_at(BEGUN):
        provider, agents = made_provider()
    found: dict[str, Any] = {}
    with clock.clock_at(NOW):
        before = 0
        for size in sizes:
            facts, seconds = filled(provider, agents, before, size, max(sizes))
            warned(agents[0])
            before = size
            found[str(size)] = {
                "facts": facts,
                "seconds": seconds,
                "load": os.getloadavg()[0],
                **costs(provider, agents[0], size, requests),
            }
    return found


def made_provider() -> tuple[int, list[str]]:
    """A provider under the agreement with customers and agents; its id and the agents' keys."""
    from uphold.server.accounts import services as accounts
    from uphold.server.accounts.kinds import OrganisationKind, Role
    from uphold.server.agreements import services as agreements

    provider = accounts.new_provider("Biztek", key="biztek", zone="Europe/Oslo").id
    for number in range(CUSTOMERS):
        name = f"Kunde {number + 1} AS"
        accounts.new_party(provider, OrganisationKind.CUSTOMER, name, key=f"kunde-{number + 1}")
    agents = [
        accounts.new_person(
            f"agent-{number}@example.org",
            f"Agent {number}",
            organisation=provider,
            role=Role.AGENT,
        ).key
        for number in range(AGENTS)
    ]
    agreements.post(provider, AGREEMENT.read_text(encoding="utf-8"), by="")
    return provider, agents


def filled(
    provider: int, agents: Sequence[str], before: int, count: int, most: int
) -> tuple[int, float]:
    """Appends requests until so many are open; gives the number of facts and the seconds."""
    from uphold.server.ledger.services import append, new_text

    begun = time.perf_counter()
    facts: list[Fact] = []
    texts: list[Any] = []
    total = 0
    for number in range(before + 1, count + 1):
        words = WORDS[number % len(WORDS)].format(place=PLACES[number // 7 % len(PLACES)])
        text = new_text(provider, f"{words}, sak {number}", kind="public", language="nb")
        texts.append(text)
        facts += told(number, most, text.digest, agents)
        if len(facts) >= BATCH or number == count:
            append(provider, facts, texts=texts)
            total += len(facts)
            facts, texts = [], []
    return total, time.perf_counter() - begun


def told(number: int, most: int, written: str, agents: Sequence[str]) -> Iterator[Fact]:
    """What is known of one request: opened, every fourth assigned, every tenth answered."""
    from uphold.facts import make_fact

    at = BEGUN + (NOW - BEGUN - timedelta(hours=1)) * (number * 7_919 % most) // most
    subject, customer = f"request:{number}", f"kunde-{number * 31 % CUSTOMERS + 1}"
    rest = {"channel": "portal", "priority": str(number % 3 + 1), "author": f"p{number % 997:012}"}
    yield make_fact("request.opened", at, subject, customer=customer, written=written, **rest)
    agent = agents[number % len(agents)]
    if number % 4 == 0:
        at += timedelta(minutes=5)
        yield make_fact("request.assigned", at, subject, customer=customer, to=agent, by=agent)
    if number % 10 == 0:
        at += timedelta(minutes=5)
        yield make_fact("request.answered", at, subject, customer=customer, by=agent)


def warned(agent: str) -> None:
    """Handles what is due until as many warnings are raised as the queue shows."""
    from uphold.server.desk.services import alarm_count
    from uphold.server.worker.services import work_due

    while alarm_count(viewer_of(agent)) < ALARMS and work_due(limit=20):
        continue


def viewer_of(key: str) -> Viewer:
    """The person of that key as a viewer."""
    from django.contrib.auth import get_user_model

    from uphold.server.accounts.services import viewer_of as found

    viewer = found(get_user_model().objects.get(key=key))
    assert viewer is not None
    return viewer


def costs(provider: int, agent: str, size: int, requests: int) -> dict[str, Any]:
    """The driver's milliseconds for the rows of a page, and each page's cost, all in turn."""
    browser, driver = Browser(agent), bare_driver(DRIVER_ROWS.format(provider))
    addresses = pages(agent, size)
    queries = {page: browser.queries(address) for page, address in addresses.items()}
    bodies = {page: browser.get(address) for page, address in addresses.items()}
    taken: dict[str, list[float]] = {page: [] for page in addresses}
    bare: list[float] = []
    for _ in range(requests):
        bare.append(milliseconds(driver))
        for page, address in addresses.items():
            taken[page].append(milliseconds(lambda address=address: browser.get(address)))
    return {
        "bare_ms": median(bare),
        "pages": {
            page: asdict(
                Measured(
                    queries[page],
                    median(times),
                    quantiles(times, n=20)[-1] if len(times) > 1 else times[0],
                    len(bodies[page]),
                    len(gzip.compress(bodies[page], 6)),
                )
            )
            for page, times in taken.items()
        },
    }


def pages(agent: str, size: int) -> dict[str, str]:
    """The pages that are measured, by what they are called."""
    from uphold.server.desk.services import Query, queue

    viewer, after = viewer_of(agent), None
    for _ in range(5):
        after = queue(viewer, Query(), after, size=size // 10).after
    last = queue(viewer, Query(), after, size=100).rows
    return {
        "queue, first page": "/desk/",
        "queue, from the middle": f"/desk/?after={after}",
        "queue, text in a few": f"/desk/?text=lageret%20{last[0].number}",
        "queue, text in a sixth": "/desk/?text=skriveren",
        "queue, by due time": "/desk/?order=due",
        "queue, mine": "/desk/?who=mine",
        "a request's page": f"/requests/{last[0].number}",
    }


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


class Browser:
    """Asks the application for pages as somebody who is signed in."""

    def __init__(self, person: str) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        from uphold.server.wsgi import application

        client = Client()
        client.force_login(get_user_model().objects.get(key=person))
        self._application = application
        self._cookie = SimpleCookie(client.cookies).output(attrs=[], header="", sep=";").strip()

    def get(self, address: str) -> bytes:
        """The page's body. Raises `RuntimeError` where the answer is no page."""
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query}
        setup_testing_defaults(environ)
        environ |= {"HTTP_HOST": "localhost", "HTTP_COOKIE": self._cookie}
        said: list[str] = []
        answer = self._application(environ, lambda status, _headers: said.append(status))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        if said != ["200 OK"]:
            raise RuntimeError(f"{address} was answered with {said}, not 200 OK")
        return body

    def queries(self, address: str) -> int:
        """How many queries the page asks."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.get(address)  # what a process works out once is not the page's
        with CaptureQueriesContext(connection) as seen:
            self.get(address)
        return len(seen)


def bare_driver(statement: str) -> Callable[[], object]:
    """The statement on a connection of the driver's own."""
    if os.environ["UPHOLD_DATABASE"].startswith("sqlite"):
        import sqlite3

        file = os.environ["UPHOLD_DATABASE"].removeprefix("sqlite:///")
        own = sqlite3.connect(file, isolation_level=None)
        own.execute("PRAGMA cache_size=-16000")
        return lambda: own.execute(statement).fetchall()
    import psycopg

    server = psycopg.connect(os.environ["UPHOLD_DATABASE"], autocommit=True)
    return lambda: server.execute(statement).fetchall()


if __name__ == "__main__":
    sys.exit(main())
