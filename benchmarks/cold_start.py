"""From an empty folder to the first page: `git clone`, `make run`, and a page that answers 200.

The repository's last commit is cloned, so what is not committed is not measured. `make run` then
does all that it does for somebody who has just come: the environment from the lock file, the demo's
four providers with months of history, the server. Packages come from wherever this machine's uv
finds them, which is its own cache where it has one: that is said, and `--no-cache` gives uv an
empty one. Exits with 1 above the goal.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 60
PATIENCE_SECONDS = 600


def main() -> int:
    """Measures the way once and prints its parts."""
    parser = argparse.ArgumentParser(description="Time the way from a clone to a page.")
    parser.add_argument("--no-cache", action="store_true", help="fetch every package anew")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        taken = measured(Path(name), has_cache=not arguments.no_cache)
    total = sum(taken.values())
    for part, seconds in taken.items():
        print(f"{part:36}{seconds:7.1f} s")
    cache = "an empty cache" if arguments.no_cache else "the machine's own cache"
    print(f"{'from clone to page':36}{total:7.1f} s   packages by {cache}")
    print(f"\nto reach: at most {GOAL_SECONDS} s; load of the machine {os.getloadavg()[0]:.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(taken | {"total": total}, indent=2))
    return 0 if total <= GOAL_SECONDS else 1


def measured(folder: Path, *, has_cache: bool) -> dict[str, float]:
    """The seconds of each part of the way."""
    clone, begun = folder / "uphold", time.monotonic()
    subprocess.run([program("git"), "clone", "--quiet", str(ROOT), str(clone)], check=True)
    cloned = time.monotonic()
    port = free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("UPHOLD_")}
    own |= {"UPHOLD_BIND": f"127.0.0.1:{port}"}
    own.pop("VIRTUAL_ENV", None)
    if not has_cache:
        own["UV_CACHE_DIR"] = str(folder / "cache")
    with (folder / "printed").open("wb") as out:
        process = subprocess.Popen(
            [program("make"), "run"],
            cwd=clone,
            env=own,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        ready = until(lambda: (clone / ".venv" / ".run-ready").exists(), process, folder)
        answered = until(lambda: answers(port), process, folder)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)
    return {
        "git clone": cloned - begun,
        "environment": ready - cloned,
        "demo made, first page answered": answered - ready,
    }


def program(name: str) -> str:
    """Where a program is. Raises `FileNotFoundError`."""
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not on the PATH; the way begins with it")
    return found


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(happened: Callable[[], bool], process: subprocess.Popen[bytes], folder: Path) -> float:
    """When it happened. Raises `RuntimeError` where the process ends before, or time is up."""
    end = time.monotonic() + PATIENCE_SECONDS

    while not happened():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"make run did not come so far:\n{(folder / 'printed').read_text()}")
        time.sleep(0.05)
    return time.monotonic()


def answers(port: int) -> bool:
    """Whether the first page answers 200."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


if __name__ == "__main__":
    sys.exit(main())
