"""Where the demo is kept: a folder of its own, which nothing but a demo may ever serve so openly.

The switch between people asks for no password. So the demo keeps to its own SQLite file, marks its
folder, and refuses a folder that holds an installation without that mark.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

from uphold.cli.refusal import Refusal
from uphold.messages import message
from uphold.server.environment import Environment

FOLDER: Final = "build/demo"
MARK: Final = "this-is-a-demo"
SETTINGS: Final = "uphold.server.demo.settings"
_FILE: Final = "uphold.sqlite3"


def prepare(environ: MutableMapping[str, str], bind: str | None = None) -> Path:
    """Sets the environment for a demo, and marks its folder. Raises `Refusal`.

    Gives the folder: that of UPHOLD_DATA, or `build/demo` under the working folder.
    """
    if environ.get("UPHOLD_DATABASE"):
        raise Refusal(message("demo.own-database"), message("demo.unset-database"))
    folder = Path(environ.get("UPHOLD_DATA") or FOLDER).expanduser().absolute()
    if (folder / _FILE).exists() and not is_marked(folder):
        raise Refusal(
            message("demo.not-a-demo", folder=str(folder)), message("demo.another-folder")
        )
    _mark(folder)
    environ["UPHOLD_DATA"] = str(folder)
    environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if bind:
        environ["UPHOLD_BIND"] = bind
    return folder


def is_marked(folder: Path) -> bool:
    """Whether a folder is a demo's."""
    return (folder / MARK).exists()


def _mark(folder: Path) -> None:
    """Leaves the mark: from now on the folder is a demo's."""
    text = "Anybody can sign in as anybody where this is served: it is a demo of Uphold.\n"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / MARK).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(
            message(
                "running.folder-unwritable",
                folder=str(folder),
                reason=error.strerror or str(error),
            ),
            message("running.folder-other"),
        ) from error


def clear(environment: Environment) -> None:
    """Takes the demo's database away; the caller sees to it that nobody serves it."""
    file = environment.sqlite_file
    assert file is not None
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
