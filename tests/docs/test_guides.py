"""The guides: every command on a page is run, and prints what the page says it prints.

A fence with `file=NAME` is a file that the reader saves (`file=+NAME`: adds to), a `console` fence
holds commands behind `$ ` with their output. `UPHOLD_WRITE_GUIDES=1` writes the outputs anew.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "guide").glob("*.md"))
FENCE = re.compile(r"^(`{3,})(\w+)(?: file=(\S+))?\n(.*?)\n\1$", re.S | re.M)
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
    return f"$ {command}\n{found.stdout.rstrip()}{code}".rstrip()


def performed(page: str, folder: Path) -> str:
    """The page with the outputs that its commands really give, its files saved in a folder."""

    def act(fence: re.Match[str]) -> str:
        ticks, kind, file, body = fence.groups()
        if file:
            with (folder / file.lstrip("+")).open("a" if file.startswith("+") else "w") as saved:
                saved.write(("\n" if file.startswith("+") else "") + body + "\n")
        if kind == "console":
            commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            body = "\n".join(printed(command, folder) for command in commands)
        return f"{ticks}{kind}{' file=' + file if file else ''}\n{body}\n{ticks}"

    return FENCE.sub(act, page)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_command_prints_what_the_guide_says(guide: Path, tmp_path: Path) -> None:
    page = guide.read_text("utf-8")
    found = performed(page, tmp_path)
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        guide.write_text(found, "utf-8")
    assert found == page


def test_there_is_a_guide() -> None:
    assert GUIDES
