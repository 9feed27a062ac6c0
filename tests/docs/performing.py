"""Doing what a guide says: its files are saved, its commands run, their outputs put in its place.

A fence with `file=NAME` is a file that the reader saves (`file=+NAME`: adds to); one of commands
holds them behind `$ ` with what they print.
"""

import re
from collections.abc import Callable
from pathlib import Path

FENCE = re.compile(r"^(`{3,})(\w+)(?: file=(\S+))?\n(.*?)\n\1$", re.S | re.M)


def performed(page: str, folder: Path, commands: str, printed: Callable[[str], str]) -> str:
    """The page with what its commands really print; they stand in fences of the kind `commands`."""

    def act(fence: re.Match[str]) -> str:
        ticks, kind, file, body = fence.groups()
        if file:
            with (folder / file.lstrip("+")).open("a" if file.startswith("+") else "w") as saved:
                saved.write(("\n" if file.startswith("+") else "") + body + "\n")
        if kind == commands:
            given = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            body = "\n".join(f"$ {each}\n{printed(each)}".rstrip() for each in given)
        return f"{ticks}{kind}{' file=' + file if file else ''}\n{body}\n{ticks}"

    return FENCE.sub(act, page)
