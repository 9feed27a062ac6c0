"""The figures that the README cites are those that a run gives; `UPHOLD_WRITE_GUIDES=1` renews."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from tests.cli.desk import Run

from uphold import demo
from uphold.cli.options import Shared
from uphold.cli.screen import Screen
from uphold.cli.side_by_side import side_by_side

BLOCK = re.compile(r"(?<=\n## On real incidents\n)(.*?```text\n)(.*?)```", re.DOTALL)
CHECKS_BLOCK = re.compile(r"(?<=\n## From checks to money\n)(.*?```text\n)(.*?)```", re.DOTALL)


def test_the_readme_cites_what_the_real_incidents_give(
    uphold: Run, shared: Callable[[str], Path], repository: Path, tmp_path: Path
) -> None:
    log = shared("data/incident_event_log_2016.csv")
    facts = tmp_path / "facts.jsonl"
    converted = uphold("convert", "servicenow", log, "--zone", "Europe/Oslo")
    facts.write_text(converted.out, encoding="utf-8")
    page = repository / "agreements" / "biztek.md"
    at = ("--at", "2017-03-01T00:00:00+01:00", "--as-if-in-force")
    summed_up = uphold("clocks", page, facts, *at, "--summary").out.split("\n", 1)[1]
    told = f"{converted.err.splitlines()[0]}\n\n{summed_up}"
    readme = repository / "README.md"
    text = readme.read_text(encoding="utf-8")
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        readme.write_text(BLOCK.sub(rf"\g<1>{told}```", text), encoding="utf-8")
    cited = BLOCK.search(text)
    assert cited is not None
    assert cited[2] == told


def test_the_readme_cites_what_the_real_checks_give(
    shared: Callable[[str], Path], repository: Path
) -> None:
    checks = shared("data/uptime_checks_2026-08.csv")
    screen = Screen(Shared(lang="en"), demo.ZONE)
    lines = side_by_side(screen, demo.by_provider(demo.measured(checks)))
    told = "".join(f"{line}\n" for line in lines)
    readme = repository / "README.md"
    text = readme.read_text(encoding="utf-8")
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        readme.write_text(CHECKS_BLOCK.sub(rf"\g<1>{told}```", text), encoding="utf-8")
    cited = CHECKS_BLOCK.search(text)
    assert cited is not None
    assert cited[2] == told
