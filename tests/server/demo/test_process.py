"""`uphold demo` as a real process: made on the first start, kept for the second."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from tests.server.running.processes import PATIENCE, Serving, is_ready, run, surroundings, until

pytestmark = pytest.mark.skipif(
    os.environ.get("UPHOLD_TEST_DATABASE") == "postgresql", reason="the demo keeps to SQLite"
)


@contextmanager
def demo(environment: dict[str, str], folder: Path, *arguments: str) -> Iterator[Serving]:
    """`uphold demo`, ready for requests; killed behind the block where it still runs."""
    out, err = folder / "demo.out", folder / "demo.err"
    with out.open("wb") as out_file, err.open("wb") as err_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "uphold", "demo", *arguments],
            env=environment,
            stdout=out_file,
            stderr=err_file,
            start_new_session=True,
        )
    try:
        until(lambda: "http://" in out.read_text() or process.poll() is not None)
        found = re.search(r"http://[^/\s]+", out.read_text())
        assert found is not None, err.read_text()
        server = Serving(process, found[0], out, err)
        until(lambda: process.poll() is not None or is_ready(server))
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def switched(server: Serving, name: str) -> httpx.Client:
    """A browser that has switched to the person of that name."""
    browser = httpx.Client(base_url=server.address, follow_redirects=True, timeout=PATIENCE)
    page = browser.get("/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    key = re.search(rf'value="(p[0-9a-f]+)"[^>]*>\s*<span class="demo-who">{name}<', page)
    assert token and key
    sent = {"csrfmiddlewaretoken": token[1], "person": key[1]}
    assert browser.post("/demo/switch", data=sent).status_code == 200
    return browser


def test_from_an_empty_folder_to_a_queue_and_back_to_it_on_the_next_day(tmp_path: Path) -> None:
    with surroundings(tmp_path, "sqlite") as environment:
        with demo(environment, tmp_path) as server:
            assert any(line.startswith("Making four providers") for line in server.printed)
            with closing(switched(server, "Henrik Aasen")) as browser:
                queue = browser.get("/desk/")
                assert queue.status_code == 200
                assert "Fjordhus Arkitekter AS" in queue.text
                subject = re.search(r'href="(/requests/\d+)"', queue.text)
                assert subject
                assert browser.get(subject[1]).status_code == 200
            refused = run(environment, "demo", "--fresh")
            assert refused.returncode == 2
            assert "is served already" in refused.stderr
            assert server.stop() == 0
            assert "Traceback" not in server.logged
        with demo(environment, tmp_path, "--quiet") as server:
            assert len(server.printed) == 1
            with closing(switched(server, "Grace Whitcombe")) as browser:
                assert browser.get(subject[1]).status_code == 404
            assert server.stop() == 0
