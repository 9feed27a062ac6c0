"""How long `uphold check` takes on each shipped agreement, as a whole process.

Beside it, in turn in the same run: the bare interpreter, and the interpreter that only imports
pydantic, which the terms are made of. Medians of wall seconds after a warm-up that writes the
bytecode; each is given as a ratio to the bare interpreter, too. Exits with 1 above the goal.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL = 0.6
AGREEMENTS = ("easymeeting", "lifesize", "biztek", "connexys")


def main() -> int:
    """Measures each command and prints the table."""
    parser = argparse.ArgumentParser(description="Time the start and end of uphold check.")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "python, import pydantic": [sys.executable, "-c", "from pydantic import BaseModel"],
        **{
            f"uphold check {name}.md": [
                sys.executable, "-m", "uphold", "check", str(ROOT / "agreements" / f"{name}.md"),
            ]
            for name in AGREEMENTS
        },
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as bytecode:
        taken = measured(commands, arguments.runs, bytecode)
    base = taken["python"]
    print(f"{'':32}{'seconds':>9}{'ratio':>8}")
    for name, seconds in taken.items():
        print(f"{name:32}{seconds:9.3f}{seconds / base:8.1f}")
    slowest = max(seconds for name, seconds in taken.items() if name.startswith("uphold"))
    print(f"\nto reach: at most {GOAL} s; slowest {slowest:.3f} s")
    if arguments.json:
        arguments.json.write_text(json.dumps(taken, indent=2))
    return 0 if slowest <= GOAL else 1


def measured(commands: dict[str, list[str]], runs: int, bytecode: str) -> dict[str, float]:
    """The median seconds of each command, the commands taking turns."""
    place = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
    place.pop("PYTHONDONTWRITEBYTECODE", None)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, env=place, check=True, capture_output=True)
            if turn:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


if __name__ == "__main__":
    raise SystemExit(main())
