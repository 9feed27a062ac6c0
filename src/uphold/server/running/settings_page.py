"""The page of settings, made from their table: `python -m uphold.server.running.settings_page`."""

from __future__ import annotations

import sys
from typing import Final

from uphold.server.environment import SETTINGS

_OPENING: Final = """\
# Settings

<!-- Made from the table of settings by `python -m uphold.server.running.settings_page`. -->

The server is set from outside by environment variables alone. Each has a default with which
`uphold serve` starts safely on one machine. A name that is not in this table is refused, so that a
slip of the finger is not silently without effect; so is a value that cannot be.

| variable | without it | what it is for |
|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    rows = (
        f"| `{each.name}` | {_shown(each.default)} | {each.doc.replace('|', chr(92) + '|')} |\n"
        for each in SETTINGS
    )
    return _OPENING + "".join(rows)


def _shown(default: str) -> str:
    """A default as code, words of ours as they are."""
    return default if " " in default else f"`{default}`"


if __name__ == "__main__":
    sys.stdout.write(settings_page())
