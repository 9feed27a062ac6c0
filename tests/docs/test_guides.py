"""The guides: every command of a `console` fence is run, and prints what the page says it prints.

`UPHOLD_WRITE_GUIDES=1` writes the outputs anew.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.performing import performed

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "guide").glob("*.md"))
PLACE = {"LANG": "en_GB.UTF-8", "TZ": "Europe/Oslo", "NO_COLOR": "1", "COLUMNS": "100"}


def printed(command: str, folder: Path) -> str:
    """What a command of a page prints, both streams together, and its exit code if not 0."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={"PATH": path, **PLACE},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    code = f"\n(exit code {found.returncode})" if found.returncode else ""
    return f"{found.stdout.rstrip()}{code}".removeprefix("\n")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_command_prints_what_the_guide_says(guide: Path, tmp_path: Path) -> None:
    page = guide.read_text("utf-8")
    found = performed(page, tmp_path, "console", lambda each: printed(each, tmp_path))
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        guide.write_text(found, "utf-8")
    assert found == page


def test_there_is_a_guide() -> None:
    assert GUIDES
