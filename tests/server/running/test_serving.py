"""`uphold serve` and its neighbours as real processes: the start, what is refused, the end."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.server.running.processes import (
    PATIENCE,
    free_port,
    is_ready,
    run,
    serving,
    surroundings,
    until,
)

KIND = os.environ.get("UPHOLD_TEST_DATABASE") or "sqlite"

ONCE = pytest.mark.skipif(KIND != "sqlite", reason="the same, whichever database it is")


@contextmanager
def sessions_held(environment: dict[str, str]) -> Iterator[None]:
    """Nobody else can write a session meanwhile, so a page that must waits."""
    if KIND == "sqlite":
        file = Path(environment["UPHOLD_DATA"]) / "uphold.sqlite3"
        with closing(sqlite3.connect(file, isolation_level=None)) as own:
            own.execute("BEGIN IMMEDIATE")
            yield
            own.execute("ROLLBACK")
        return
    import psycopg

    with psycopg.connect(environment["UPHOLD_DATABASE"]) as shared:
        shared.execute("LOCK TABLE django_session")
        yield
        shared.rollback()


def test_from_an_empty_folder_to_pages_and_to_an_end_in_good_order(tmp_path: Path) -> None:
    with surroundings(tmp_path, KIND) as environment, serving(environment) as server:
        assert server.printed[1].startswith("Set up a provider with this link")
        link = server.printed[1].rpartition(" ")[2]
        assert link.startswith(f"{server.address}/setup/")

        done = run(environment, "worker", "--once")
        assert (done.returncode, done.stdout) == (0, "0 pieces of work done.\n"), done.stderr
        another = run(environment, "setup-link")
        assert another.stdout.startswith("Set up a provider with this link"), another.stderr

        with ThreadPoolExecutor(1) as other:
            with sessions_held(environment):
                page = other.submit(server.get, "/accounts/login/")
                until(lambda: server.figure("uphold_requests_under_way") == 1)
                server.process.send_signal(signal.SIGTERM)
                with pytest.raises(TimeoutError):
                    page.result(timeout=0.2)
            assert page.result(PATIENCE).status_code == 200
        assert server.process.wait(PATIENCE) == 0
        assert '"worker ends"' in server.logged
        assert "Traceback" not in server.logged
        assert link.rpartition("/setup/")[2].strip("/") not in server.logged


@ONCE
def test_a_second_server_on_one_file_is_refused_and_says_who_serves_it(tmp_path: Path) -> None:
    with surroundings(tmp_path, KIND) as environment, serving(environment) as server:
        second = run(environment, "serve")
        assert second.returncode == 2
        assert f"is served already, by process {server.process.pid}." in second.stderr
        assert server.stop(signal.SIGINT) == 0


@ONCE
def test_a_port_that_is_taken_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    port = free_port()
    with (
        socket.create_server(("127.0.0.1", port)),
        surroundings(tmp_path, "sqlite", UPHOLD_BIND=f"127.0.0.1:{port}") as environment,
    ):
        refused = run(environment, "serve", "--lang", "es")
    assert refused.returncode == 2
    assert f"No se puede atender en 127.0.0.1:{port}" in refused.stderr
    assert "Traceback" not in refused.stderr


@ONCE
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("UPHOLD_DATA", "{file}/below-a-file", "cannot be written"),
        ("UPHOLD_BIND", "nowhere.invalid:8000", "is no address of this machine"),
        ("UPHOLD_HTPS", "yes", "There is no setting UPHOLD_HTPS"),
        ("UPHOLD_DATABASE", "postgresql://ann:s3cret@127.0.0.1:1/x", "does not answer"),
    ],
)
def test_what_cannot_be_is_said_in_words(tmp_path: Path, name: str, value: str, said: str) -> None:
    (tmp_path / "file").touch()
    with surroundings(tmp_path, "sqlite") as environment:
        environment[name] = value.format(file=tmp_path / "file")
        refused = run(environment, "serve")
    assert refused.returncode == 2, refused.stderr
    assert said in refused.stderr
    assert "hint: " in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "s3cret" not in refused.stderr


@ONCE
def test_tables_of_a_newer_version_are_left_alone(tmp_path: Path) -> None:
    with surroundings(tmp_path, "sqlite") as environment:
        assert "uphold serve" in run(environment, "worker", "--once").stderr
        with serving(environment) as server:
            assert server.stop() == 0
        file = Path(environment["UPHOLD_DATA"]) / "uphold.sqlite3"
        with closing(sqlite3.connect(file)) as own, own:
            own.execute(
                "INSERT INTO django_migrations (app, name, applied)"
                " VALUES ('worker', '0999_of_tomorrow', '2030-01-01')"
            )
        refused = run(environment, "serve")
    assert refused.returncode == 2
    assert "made by a newer version of Uphold: it has worker.0999_of_tomorrow" in refused.stderr


@ONCE
def test_a_server_whose_first_process_is_killed_ends_as_a_whole(tmp_path: Path) -> None:
    with surroundings(tmp_path, "sqlite") as environment:
        with serving(environment) as server:
            server.stop(signal.SIGKILL)
            until(lambda: not _answers(server.address))
        with serving(environment) as again:
            assert again.stop() == 0


def _answers(address: str) -> bool:
    host, _, port = address.removeprefix("http://").partition(":")
    try:
        socket.create_connection((host, int(port)), timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return False
    return True


@pytest.mark.long
def test_processes_count_together_and_one_that_dies_is_replaced(tmp_path: Path) -> None:
    with (
        surroundings(tmp_path, KIND, UPHOLD_PROCESSES="2") as environment,
        serving(environment) as server,
    ):
        for _ in range(20):
            server.get("/accounts/login/")
        counted = 'uphold_requests_total{method="GET",status="200",view="account_login"}'
        assert [server.figure(counted) for _ in range(5)] == [20] * 5
        first, second = children(server.process.pid)
        os.kill(first, signal.SIGKILL)
        until(lambda: len(set(children(server.process.pid)) - {first}) == 2)
        assert second in children(server.process.pid)
        until(lambda: is_ready(server))
        assert server.get("/accounts/login/").status_code == 200
        assert server.stop() == 0


def children(parent: int) -> list[int]:
    """The processes that a process has started and that live."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(each) for each in found.split()]
