"""Judging a million incidents, beside the bare cost of parsing the same file.

The incident log (or the converter's small sample where it is not there) is repeated until there
are `--incidents` of them, each with its own name and ids, sorted by subject. The file is then
read in processes of their own, one after the other:

- parse: `json.loads` of every line, and nothing else;
- judge: `uphold.engine.bulk.stream.summarise` under the shipped Biztek agreement;
- judge with two processes, for a file that is large enough to be shared.

Each row gives seconds, facts a second, peak memory, and the ratio to parsing. The counts of
verdicts are compared with those of `uphold.engine.evaluate`, one incident at a time, on the log
itself: they must be the same, times the repetitions.
"""

from __future__ import annotations

import argparse
import functools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uphold.agreement import Agreement

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT.parent / "shared" / "data" / "incident_event_log_2016.csv"
SAMPLE = ROOT / "src" / "uphold" / "demo_incidents.csv"
AGREEMENT = ROOT / "agreements" / "biztek.md"
ZONE = "America/Sao_Paulo"
AT = datetime(2017, 1, 1, tzinfo=UTC)
SINCE = datetime(2015, 1, 1, tzinfo=UTC)
REACHED = 2.5


def main() -> int:
    """Makes the file, measures each reader, and prints the table."""
    parser = argparse.ArgumentParser(description="Judge a million incidents beside parsing them.")
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--only", choices=sorted(READERS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(READERS[arguments.only](arguments.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return compare(Path(folder) / "facts.jsonl", arguments.incidents, arguments.json)


def compare(path: Path, incidents: int, out: Path | None) -> int:
    """Runs every reader on the same file and compares what they found."""
    facts, expected = repeat(path, incidents)
    size = path.stat().st_size >> 20
    print(f"{incidents:,} incidents, {facts:,} facts, {size:,} MB of JSON Lines\n")
    rows = {name: measured(name, path) for name in READERS}
    base = rows["parse"]["seconds"]
    print(f"{'':24}{'seconds':>9}{'facts/s':>12}{'peak MB':>9}{'ratio':>7}")
    for name, row in rows.items():
        row["ratio"] = row["seconds"] / base
        speed = facts / row["seconds"]
        print(
            f"{name:24}{row['seconds']:9.1f}{speed:12,.0f}{row['peak_mb']:9,.0f}{row['ratio']:7.2f}"
        )
    agree = all(row["counts"] == expected for row in rows.values() if row["counts"] is not None)
    print(f"\nverdicts as one at a time: {'equal' if agree else 'DIFFERENT'}")
    print(f"to reach: at most {REACHED} times the cost of parsing")
    if out:
        out.write_text(json.dumps({"facts": facts, "rows": rows, "equal": agree}, indent=2))
    return 0 if agree else 1


def repeat(path: Path, incidents: int) -> tuple[int, dict[str, int]]:
    """Writes the incidents, sorted by subject; gives the facts and the verdicts to expect."""
    from uphold.connect.servicenow import convert

    log = LOG if LOG.exists() else SAMPLE
    subjects: dict[str, list[dict[str, Any]]] = {}
    for fact in convert(log, ZONE).facts:
        subjects.setdefault(fact.subject, []).append(dict(fact.written))
    single = {subject: counted(facts) for subject, facts in subjects.items()}
    names = list(subjects)
    total, expected = 0, Counter[str]()
    with path.open("w", encoding="utf-8") as stream:
        for number in range(incidents):
            name = names[number % len(names)]
            subject = f"request:{number:09}"
            for place, written in enumerate(subjects[name]):
                own = written | {"subject": subject, "id": f"{number}:{place}"}
                stream.write(json.dumps(own, separators=(",", ":")) + "\n")
            total += len(subjects[name])
            expected.update(single[name])
    return total, dict(expected)


def counted(facts: list[dict[str, Any]]) -> Counter[str]:
    """The verdicts on one incident, one at a time, counted by clock and state."""
    from uphold.engine import evaluate
    from uphold.facts import FactSet, read_fact

    read = [read_fact(fact)[0] for fact in facts]
    verdicts = evaluate(
        [agreement()], FactSet.of(fact for fact in read if fact), AT, as_if_in_force=True
    )
    return Counter(f"{verdict.clock}: {verdict.state}" for verdict in verdicts)


@functools.cache
def agreement() -> Agreement:
    """The Biztek agreement, written out for the years of the log."""
    from uphold.agreement import load_agreement

    return load_agreement(AGREEMENT, since=SINCE)


def measured(name: str, path: Path) -> dict[str, Any]:
    """One reader in a process of its own."""
    command = [sys.executable, __file__, "--only", name, "--file", str(path)]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout
    )
    return found


def figures(seconds: float, counts: dict[str, int] | None) -> dict[str, Any]:
    """What a reader took: wall seconds, and the largest memory of its processes."""
    usage = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in usage) / 1024
    return {"seconds": seconds, "peak_mb": peak, "counts": counts}


def parse(path: Path) -> dict[str, Any]:
    """`json.loads` of every line."""
    loads = json.loads
    start = time.perf_counter()
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            loads(line)
    return figures(time.perf_counter() - start, None)


def judge(path: Path, processes: int = 1) -> dict[str, Any]:
    """Every clock of every incident."""
    from uphold.engine.bulk.stream import summarise

    start = time.perf_counter()
    found = summarise([agreement()], [path], AT, as_if_in_force=True, processes=processes)
    seconds = time.perf_counter() - start
    if found.problems:
        raise SystemExit(f"the file has problems: {found.problems[:3]}")
    counts = {
        f"{clock}: {state}": number
        for clock, states in found.states.items()
        for state, number in states.items()
    }
    return figures(seconds, counts)


def judge_in_two(path: Path) -> dict[str, Any]:
    """The same with two processes."""
    return judge(path, processes=2)


READERS = {"parse": parse, "judge": judge, "judge, two processes": judge_in_two}

if __name__ == "__main__":
    raise SystemExit(main())
