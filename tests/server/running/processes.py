"""Real processes over a database of their own, SQLite or PostgreSQL as the run was asked for."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tests.server.postgresql import started

PATIENCE = 60.0
"""Seconds after which a test stops waiting for what must happen."""


@contextmanager
def surroundings(folder: Path, kind: str, **more: str) -> Iterator[dict[str, str]]:
    """An environment for server processes with an empty database; gone behind the block."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("UPHOLD_")}
    own |= {
        "UPHOLD_DATA": str(folder / "data"),
        "UPHOLD_BIND": "127.0.0.1:0",
        "UPHOLD_LOG": "json",
        "LANG": "en_GB.UTF-8",
    }
    if kind == "sqlite":
        yield own | more
        return
    import psycopg

    name = f"uphold_{secrets.token_hex(6)}"
    address = started()
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield own | {"UPHOLD_DATABASE": _of(address, name)} | more
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _of(address: str, database: str) -> str:
    """The same server's address with another database."""
    before, mark, query = address.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{database}{mark}{query}"


def run(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "uphold", *arguments],
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs: its process, its address, and where its two streams are written."""

    process: subprocess.Popen[bytes]
    address: str
    out: Path
    err: Path

    @property
    def printed(self) -> list[str]:
        return self.out.read_text(encoding="utf-8").splitlines()

    @property
    def logged(self) -> str:
        return self.err.read_text(encoding="utf-8")

    def get(self, path: str, **more: Any) -> httpx.Response:
        return httpx.get(f"{self.address}{path}", timeout=PATIENCE, **more)

    def figure(self, name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Serving]:
    """`uphold serve`, ready for requests; killed behind the block where it still runs."""
    folder = Path(environment["UPHOLD_DATA"])
    out, err = folder.with_suffix(".out"), folder.with_suffix(".err")
    with out.open("wb") as out_file, err.open("wb") as err_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "uphold", "serve"],
            env=dict(environment),
            stdout=out_file,
            stderr=err_file,
            start_new_session=True,
        )
    try:
        until(lambda: "http://" in out.read_text() or process.poll() is not None)
        assert process.poll() is None, err.read_text()
        found = re.search(r"http://[^/\s]+", out.read_text())
        assert found is not None
        server = Serving(process, found[0], out, err)
        until(lambda: is_ready(server))
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def is_ready(server: Serving) -> bool:
    try:
        return server.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def until(happened: Any) -> None:
    """Waits, for what another process does, as briefly as can be."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
