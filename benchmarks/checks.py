"""A hundred million checks, from Parquet to monthly figures, beside decoding, DuckDB and Polars.

A thousand monitors are watched every 80 seconds or so through three Oslo months in which the
clocks change, with outages, gaps and 5,000 maintenance windows, from a fixed seed. The file is
made once, a row group at a time (not counted), sorted by monitor, and also by time. Then, in
processes of their own, one after the other, with the same threads:

- decode: every row group and column that is needed, and nothing else;
- ours: `uphold.batch.measure_checks`, sortedness checked;
- DuckDB and Polars: the same figures, written as well as their languages allow.

Readers take turns and the best of each is shown, as a ratio to decoding; peak memory is each
process' own. The figures of all three must be equal to the microsecond. Then the growth from 1 to
100 million, and the judge: checks of random states with gaps, duplicates and random maintenance,
where what DuckDB makes of them must be what we make of them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bulk_checks import data
from bulk_checks.digest import digest_of
from bulk_checks.duck import duckdb_figures
from bulk_checks.polar import polars_figures

THREADS = os.cpu_count() or 1
GOAL, GOAL_MEMORY = 2.2, 300


SLOW = ("duckdb", "polars")
"""Readers that are slow enough to be measured in the first two rounds alone."""


def main() -> int:
    """Makes the files, measures every reader, prints the tables, and lets DuckDB judge."""
    parser = argparse.ArgumentParser(description="Measure checks by the hundred million.")
    parser.add_argument("--checks", type=int, default=100_000_000)
    parser.add_argument("--judged", type=int, default=10_000_000, help="random checks to judge")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each reader")
    parser.add_argument("--small", action="store_true", help="a hundredth of everything")
    parser.add_argument("--without-peers", action="store_true", help="decoding and ours alone")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measured_here(arguments.only, arguments.folder)))
        return 0
    if arguments.small:
        arguments.checks //= 100
        arguments.judged //= 100
    with tempfile.TemporaryDirectory() as folder:
        return compare(Path(folder), arguments)


def compare(folder: Path, arguments: argparse.Namespace) -> int:
    """Every layout with every reader; then growth; then the judge."""
    found: dict[str, Any] = {"checks": arguments.checks, "threads": THREADS}
    equal = True
    for layout in ("by monitor", "by time"):
        place = folder / layout.replace(" ", "-")
        size = data.make(place, arguments.checks, layout)
        names = ["decode", "ours"]
        if not arguments.without_peers and layout == "by monitor":
            names += ["duckdb", "polars"]
        rows = measured(names, place, arguments.rounds)
        equal &= show(layout, arguments.checks, size, rows)
        found[layout] = rows
    found["growth"] = growth(folder, arguments)
    equal &= judge(folder / "judge", arguments.judged)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2))
    return 0 if equal else 1


def show(layout: str, checks: int, size: int, rows: dict[str, dict[str, Any]]) -> bool:
    """Prints one table; whether all figures are equal."""
    print(f"{checks:,} checks sorted {layout}, {size >> 20:,} MB of Parquet, {THREADS} threads\n")
    base = rows["decode"]["seconds"]
    print(
        f"{'':12}{'seconds':>9}{'M checks/s':>12}{'ratio':>8}{'cpu s':>8}{'ratio':>7}{'peak MB':>9}"
    )
    for name, row in rows.items():
        row["ratio"] = row["seconds"] / base
        row["cpu_ratio"] = row["cpu"] / rows["decode"]["cpu"]
        speed = checks / row["seconds"] / 1e6
        print(
            f"{name:12}{row['seconds']:9.2f}{speed:12,.1f}{row['ratio']:8.2f}"
            f"{row['cpu']:8.2f}{row['cpu_ratio']:7.2f}{row['peak_mb']:9,.0f}"
        )
    digests = {row["digest"] for row in rows.values() if row["digest"]}
    if len(digests) > 1 or "duckdb" in rows:
        print(f"figures: {'equal' if len(digests) == 1 else 'DIFFERENT'}")
    print(f"to reach: at most {GOAL} times decoding, under {GOAL_MEMORY} MB\n")
    return len(digests) == 1


def growth(folder: Path, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Time and memory of ours at a hundredth, a tenth, and all of the checks."""
    print(f"growth, sorted by monitor\n{'checks':>14}{'seconds':>9}{'ratio':>8}{'peak MB':>9}")
    found = []
    for part in (100, 10, 1):
        checks = arguments.checks // part
        place = folder / "by-monitor" if part == 1 else folder / f"part-{part}"
        if part > 1:
            data.make(place, checks, "by monitor")
        rows = measured(("decode", "ours"), place, arguments.rounds)
        row = rows["ours"]
        row["ratio"] = row["seconds"] / rows["decode"]["seconds"]
        print(f"{checks:14,}{row['seconds']:9.3f}{row['ratio']:8.2f}{row['peak_mb']:9,.0f}")
        found.append({"checks": checks, **row})
    print()
    return found


def judge(folder: Path, checks: int) -> bool:
    """Random checks: DuckDB's figures must be ours, to the microsecond."""
    size = data.make_random(folder, checks)
    rows = measured(("ours", "duckdb"), folder, 1)
    equal = rows["ours"]["digest"] == rows["duckdb"]["digest"]
    print(f"judge: {checks:,} random checks, {size >> 20:,} MB")
    for name, row in rows.items():
        print(f"{name:12}{row['seconds']:9.2f} s{row['peak_mb']:9,.0f} MB")
    print(f"DuckDB's {rows['duckdb']['figures']:,} figures and ours: ", end="")
    print("equal to the microsecond" if equal else "DIFFERENT")
    return equal


def measured(readers: Sequence[str], folder: Path, rounds: int) -> dict[str, dict[str, Any]]:
    """The best of some rounds of each reader, in processes of their own and turn by turn.

    Turns, because a machine that others use is not equally fast all the time.
    """
    found: dict[str, dict[str, Any]] = {}
    for turn in range(rounds):
        for name in readers:
            if turn > 1 and name in SLOW:
                continue
            row = one_process(name, folder)
            best = found.setdefault(name, row)
            peak = max(best["peak_mb"], row["peak_mb"])
            cpu = min(best["cpu"], row["cpu"])
            if row["seconds"] < best["seconds"]:
                found[name] = row
            found[name] |= {"peak_mb": peak, "cpu": cpu}
    return found


def one_process(name: str, folder: Path) -> dict[str, Any]:
    """One reader, once, in a process of its own."""
    command = [sys.executable, __file__, "--only", name, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured_here(name: str, folder: Path) -> dict[str, Any]:
    """The reader in this process: seconds, seconds of the processor, and the most memory."""
    case = data.case_of(folder)
    start, worked = time.perf_counter(), time.process_time()
    found = READERS[name](case)
    seconds, cpu = time.perf_counter() - start, time.process_time() - worked
    digest = "" if found is None else digest_of(found)
    return {
        "seconds": seconds,
        "cpu": cpu,
        "peak_mb": peak_memory(),
        "digest": digest,
        "figures": 0 if found is None else found.num_rows,
    }


def peak_memory() -> float:
    """The most memory of this process in MB; what its parent had does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def decode(case: data.Case) -> None:
    """Every row group and column, with as many threads, and nothing else."""
    import pyarrow.parquet as parquet

    own = threading.local()

    def read(group: int) -> int:
        if not hasattr(own, "file"):
            words = ["check", "state"]
            own.file = parquet.ParquetFile(case.checks, read_dictionary=words, pre_buffer=False)
        columns = ["checked_at", "check", "state"]
        return int(own.file.read_row_group(group, columns=columns, use_threads=False).num_rows)

    groups = parquet.ParquetFile(case.checks).num_row_groups
    with ThreadPoolExecutor(THREADS) as pool:
        sum(pool.map(read, range(groups)))


def ours(case: data.Case) -> Any:
    """From the file to the figures, sortedness checked."""
    from uphold.batch import measure_checks

    return measure_checks([case.checks], case.windows, case.exclusions, case.rule).table


READERS: dict[str, Callable[[data.Case], Any]] = {
    "decode": decode,
    "ours": ours,
    "duckdb": duckdb_figures,
    "polars": polars_figures,
}

if __name__ == "__main__":
    raise SystemExit(main())
