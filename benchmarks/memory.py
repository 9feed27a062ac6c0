"""The memory of a server as it is by default, with all its processes.

`uphold serve` and `uphold demo` are each started on an empty folder and asked for a first page.
Then they are left alone for some seconds, and asked for 200 pages: the queue and requests in the
demo, the page for signing in of a server that has nobody yet. Shown is the proportional set size
(PSS) summed over the processes, in which what several share is counted once, and beside it that of
a bare interpreter.

`libraries` are those among the heavy ones that a process has loaded; a server needs none of them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

HEAVY = ("numpy", "pyarrow", "holidays", "rich", "weasyprint", "httpx", "icalendar")
IDLE_SECONDS = 5
PATIENCE = 120
MIB = 1 << 20


def main() -> int:
    """Measures each server and prints the table."""
    parser = argparse.ArgumentParser(description="Weigh the default server.")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    found = {"python": {"processes": 1, "idle": bare()}}
    for command in ("serve", "demo"):
        with tempfile.TemporaryDirectory() as folder, started(command, Path(folder)) as server:
            found[f"uphold {command}"] = weighed(server, arguments.pages)
    print(f"{'MiB of PSS':16}{'processes':>10}{'idle':>8}{'after pages':>13}  libraries")
    for name, each in found.items():
        after = f"{each['after'] / MIB:13.1f}" if "after" in each else " " * 13
        libraries = ", ".join(each.get("libraries", ())) or "–"
        print(f"{name:16}{each['processes']:10}{each['idle'] / MIB:8.1f}{after}  {libraries}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2))
    return 0


def bare() -> int:
    """What an interpreter weighs that does nothing."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        time.sleep(0.5)
        size = weight(process.pid)
        process.communicate(b"\n")
    return size


@contextmanager
def started(command: str, folder: Path) -> Iterator[Server]:
    """The server, with its first page asked for; told to stop behind the block."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("UPHOLD_")}
    own |= {"UPHOLD_DATA": str(folder / "data"), "UPHOLD_BIND": "127.0.0.1:0"}
    printed = folder / "printed"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "uphold", command], env=own, stdout=out, stderr=out
        )
    try:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(r"http://[\d.:]+", printed.read_text("utf-8"))):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"uphold {command} did not start:\n{printed.read_text('utf-8')}")
            time.sleep(0.05)
        with httpx.Client(base_url=found[0], follow_redirects=True, timeout=30) as browser:
            server = Server(process.pid, browser)
            server.first_page()
            yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


class Server:
    """A server that runs, and a browser at it."""

    def __init__(self, process: int, browser: httpx.Client) -> None:
        self.process = process
        self._browser = browser

    def first_page(self) -> None:
        """The page that everybody gets first, as soon as it comes."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.get("/")
            except httpx.TransportError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return

    def get(self, address: str) -> str:
        """A page. Raises `RuntimeError` where the answer is none."""
        answer = self._browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} was answered with {answer.status_code}, not 200")
        return answer.text

    def addresses(self) -> list[str]:
        """The pages to ask for: in the demo those of an agent, else the first one."""
        page = self.get("/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        person = re.search(r'name="person" value="(p[0-9a-f]+)"', page)
        if not token or not person:
            return ["/"]
        sent = {"csrfmiddlewaretoken": token[1], "person": person[1]}
        self._browser.post("/demo/switch", data=sent).raise_for_status()
        things = sorted(set(re.findall(r'href="(/requests/\d+)"', self.get("/desk/"))))
        return ["/desk/", "/desk/?text=e", *things, "/maintenance/", "/agreements/"]


def weighed(server: Server, pages: int) -> dict[str, object]:
    """The processes of a server, what they weigh idle and after so many pages, what they loaded."""
    time.sleep(IDLE_SECONDS)
    idle = sum(map(weight, tree(server.process)))
    addresses = server.addresses()
    for number in range(pages):
        server.get(addresses[number % len(addresses)])
    processes = tree(server.process)
    return {
        "processes": len(processes),
        "idle": idle,
        "after": sum(map(weight, processes)),
        "libraries": libraries(processes),
    }


def tree(process: int) -> list[int]:
    """A process and all that it started."""
    top = psutil.Process(process)
    return [process, *(each.pid for each in top.children(recursive=True))]


def weight(process: int) -> int:
    """The proportional set size of a process in bytes."""
    return int(psutil.Process(process).memory_full_info().pss)


def libraries(processes: list[int]) -> list[str]:
    """The heavy libraries with compiled parts that any of the processes has mapped."""
    mapped = "\n".join(Path(f"/proc/{each}/maps").read_text() for each in processes)
    return [name for name in HEAVY if f"/site-packages/{name}" in mapped]


if __name__ == "__main__":
    sys.exit(main())
