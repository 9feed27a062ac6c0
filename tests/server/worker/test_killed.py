"""Killed at random points under load: what was acknowledged is there, once, and so is its work.

Web server, workers and a writer run as real processes over one database and are ended by SIGKILL,
one at a time and all at once. Clients send what was not acknowledged again, under the same id.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest
from tests.server.running.processes import PATIENCE, free_port, run, surroundings, until
from tests.server.worker import load

KILLS = 100
ALL_AT_ONCE = 10
SEED = os.environ.get("UPHOLD_TEST_SEED") or "2026-11-22"
REPOSITORY = Path(__file__).resolve().parents[3]
SECOND_US = 1_000_000


@dataclass(slots=True)
class Processes:
    """The processes under test by their places; each place has one at a time."""

    environment: dict[str, str]
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, place: str) -> None:
        command = {
            "serve": ["-m", "uphold", "serve"],
            "worker": ["-m", "uphold", "worker"],
            "other worker": ["-m", "uphold", "worker"],
            "writer": ["-m", "tests.server.worker.load", "write", SEED, str(self.kept)],
        }[place]
        with (self.folder / f"{place}.log").open("ab") as log:
            self.running[place] = subprocess.Popen(
                [sys.executable, *command],
                env=self.environment,
                cwd=REPOSITORY,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def kept(self) -> Path:
        return self.folder / "kept.jsonl"

    def kill(self, *places: str) -> None:
        for place in places:
            os.killpg(self.running[place].pid, signal.SIGKILL)
        for place in places:
            self.running[place].wait(PATIENCE)

    def ask(self, *arguments: str) -> Any:
        """What a process of the load's own prints, as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.server.worker.load", *arguments],
            env=self.environment,
            cwd=REPOSITORY,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)


@dataclass(slots=True)
class Client:
    """Sends facts to the API, each until it is acknowledged, as programs do."""

    address: str
    token: str
    seed: str
    stopping: Event
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def run(self) -> None:
        drawn = random.Random(self.seed)
        headers = {"Authorization": f"Bearer {self.token}"}
        number = 0
        with httpx.Client(base_url=self.address, headers=headers, timeout=30) as client:
            while not self.stopping.is_set():
                number += 1
                fact_id = f"a-{number}"
                age = drawn.choice(load.UNANSWERED)
                self._send(client, load.opened(fact_id, f"request:A{number}", age))

    def _send(self, client: httpx.Client, fact: dict[str, Any]) -> None:
        while True:
            try:
                answer = client.post("/api/v1/facts", json=fact)
            except httpx.TransportError:
                self.stopping.wait(0.05)
                continue
            if answer.status_code == 201:
                self.acknowledged.append(fact["id"])
                return
            if answer.status_code < 500:
                self.refused.append(answer.text)
                return


@contextmanager
def under_load(folder: Path, kind: str) -> Iterator[tuple[Processes, Client]]:
    """Everything running over a new database; all of it gone behind the block."""
    bind = f"127.0.0.1:{free_port()}"
    more = {"UPHOLD_BIND": bind, "UPHOLD_RATE": "1000000", "UPHOLD_THREADS": "4"}
    with surroundings(folder, kind, **more) as environment:
        processes = Processes(environment, folder)
        stopping = Event()
        try:
            processes.start("serve")
            until(lambda: _ready(bind))
            token = processes.ask("set-up")["token"]
            client = Client(f"http://{bind}", token, f"{SEED}:{kind}:client", stopping)
            thread = Thread(target=client.run, daemon=True)
            for place in ("writer", "worker", "other worker"):
                processes.start(place)
            thread.start()
            yield processes, client
            stopping.set()
            thread.join(PATIENCE)
        finally:
            stopping.set()
            processes.kill(*(p for p, each in processes.running.items() if each.poll() is None))


def _ready(bind: str) -> bool:
    try:
        return httpx.get(f"http://{bind}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _waiting(address: str) -> int:
    """Rows that are due and not done."""
    text = httpx.get(f"{address}/metrics", timeout=30).text
    [line] = [each for each in text.splitlines() if each.startswith("uphold_due_waiting ")]
    return int(float(line.split()[1]))


def kill_and_start(processes: Processes, drawn: random.Random) -> int:
    """Ends processes at random points and starts them again; gives how many were ended."""
    ended = 0
    while ended < KILLS:
        time.sleep(drawn.uniform(0.05, 3.0))
        if drawn.random() < 1 / ALL_AT_ONCE:
            places = list(processes.running)
        else:
            places = [drawn.choice(sorted(processes.running))]
        processes.kill(*places)
        for place in places:
            processes.start(place)
        ended += len(places)
    return ended


def let_finish(processes: Processes, client: Client) -> None:
    """Nothing is killed any more: writers end, and workers take over what the dead held."""
    until(lambda: _ready(client.address.removeprefix("http://")))
    writing = f"w-{processes.running['writer'].pid}-"
    until(lambda: writing in processes.kept.read_text())
    client.stopping.set()
    processes.running["writer"].send_signal(signal.SIGTERM)
    assert processes.running["writer"].wait(PATIENCE) == 0
    end = time.monotonic() + 180
    while _waiting(client.address):
        assert time.monotonic() < end, "work that was due is not done"
        time.sleep(0.5)
    for place in ("serve", "worker", "other worker"):
        processes.running[place].send_signal(signal.SIGTERM)
        assert processes.running[place].wait(PATIENCE) == 0, place


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_is_lost_or_doubled_whatever_is_killed_when(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = random.Random(f"{SEED}:{kind}")
    begun = time.monotonic()
    with under_load(tmp_path, kind) as (processes, client):
        ended = kill_and_start(processes, drawn)
        let_finish(processes, client)
        found = processes.ask("read")
        rebuilt = run(processes.environment, "rebuild")
        tried, acknowledged = load.read_kept(processes.kept)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kind}: seed {SEED}, {ended} processes killed in {time.monotonic() - begun:.0f} s,"
            f" {len(found['facts'])} facts, {len(found['alarms'])} warnings\n"
        )
    assert client.refused == []
    assert set(tried) == set(acknowledged)
    facts_are_all_there_once(found, [*acknowledged, *client.acknowledged])
    warnings_were_handled_once(found)
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr


def facts_are_all_there_once(found: dict[str, Any], acknowledged: list[str]) -> None:
    ids = Counter(fact_id for _, fact_id, *_ in found["facts"])
    assert set(acknowledged) <= set(ids), "an acknowledged fact is lost"
    ours = [fact_id for fact_id in ids if fact_id.startswith(("a-", "w-"))]
    assert set(ours) - set(acknowledged) <= {f"a-{_last(acknowledged) + 1}"}
    assert max(ids.values()) == 1
    assert [position for position, *_ in found["facts"]] == list(range(1, len(ids) + 1))
    opened = [subject for _, _, kind, subject, *_ in found["facts"] if kind == "request.opened"]
    assert sorted(opened) == sorted(subject for (subject,) in found["things"])


def _last(acknowledged: list[str]) -> int:
    """The number of the client's last fact; one more may be there, unheard."""
    return max(int(each[2:]) for each in acknowledged if each.startswith("a-"))


def warnings_were_handled_once(found: dict[str, Any]) -> None:
    """Each warning that was due while its request was unanswered, and no other.

    An answer counts from its own time, but stops a warning only once it is in the ledger.
    """
    now_us = found["now_us"]
    answers = {each[3]: each[4:] for each in found["facts"] if each[2] == "request.answered"}
    wanted: Counter[str] = Counter()
    allowed: Counter[str] = Counter()
    for _, _, kind, subject, at_us, _ in found["facts"]:
        if kind == "request.opened":
            answered_us, known_us = answers.get(subject, (now_us, now_us))
            due = [at_us + each * SECOND_US for each in load.WARNED]
            wanted[subject] = sum(each <= answered_us for each in due)
            allowed[subject] = sum(each <= known_us + 10 * SECOND_US for each in due)
    raised = Counter(subject for subject, _ in found["alarms"])
    assert {s: n for s, n in wanted.items() if raised[s] < n} == {}, "a warning is missing"
    assert {s: n for s, n in raised.items() if allowed[s] < n} == {}, "a warning too many"
    assert max(Counter(tuple(each) for each in found["alarms"]).values()) == 1
    for key, _, due_us, done_us, parked_us, _ in found["due"]:
        assert parked_us is None, key
        assert done_us is not None or due_us > now_us - 60 * SECOND_US, key
