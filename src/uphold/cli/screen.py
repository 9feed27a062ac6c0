"""Where a command writes: results on stdout, problems on stderr, colours on a terminal alone."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from typing import Any, TextIO

from uphold.cli import surroundings
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.messages import LANGUAGES, Message, Reader, message, nearest_language

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_WIDEST = 100
_PIPE = 100


class Screen:
    """The two streams, in the reader's language and zone."""

    def __init__(
        self, shared: Shared, zone: str | None = None, now: datetime | None = None
    ) -> None:
        self.shared = shared
        self.reader = Reader(language_of(shared), zone, now)
        self.colour = not shared.no_color and wants_colour(sys.stdout)

    @property
    def width(self) -> int:
        """Columns that running text may take."""
        if not sys.stdout.isatty():
            return _PIPE
        return max(40, min(_WIDEST, shutil.get_terminal_size().columns))

    def say(self, said: Message) -> str:
        """The message in the reader's words."""
        return self.reader.text(said)

    def result(self, text: str = "") -> None:
        """A line or more of what was asked for."""
        sys.stdout.write(text + "\n")

    def problem(self, text: str) -> None:
        """A line or more of what is wrong, behind all results so far."""
        sys.stdout.flush()
        sys.stderr.write(text + "\n")

    def json(self, value: Any) -> None:
        """The result as JSON: a list of objects has one a line, anything else is indented."""
        write_json(value)

    def styled(self, text: str, *styles: str) -> str:
        """The text in the terminal's styles; as it is where there is no terminal."""
        if not self.colour or not styles:
            return text
        codes = ";".join(_STYLES[style] for style in styles)
        return f"\x1b[{codes}m{text}\x1b[0m"


def language_of(shared: Shared) -> str:
    """The language asked for, else the locale's; one that is not spoken is refused."""
    if shared.lang is None:
        return surroundings.language(os.environ)
    found = nearest_language(shared.lang)
    tag = shared.lang.replace("_", "-").split("-")[0].lower()
    if found == "en" and tag != "en":
        raise Refusal(
            message("cli.language-unknown", language=shared.lang),
            message("cli.language-known", languages=LANGUAGES),
        )
    return found


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows styles, and its user wants them (no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def write_json(value: Any) -> None:
    """JSON on stdout; letters beyond ASCII are kept where the stream can write them."""
    import json

    plain = "utf" not in (sys.stdout.encoding or "").lower()

    def written(one: Any, indent: int | None = None) -> str:
        return json.dumps(one, ensure_ascii=plain, indent=indent)

    if isinstance(value, list):
        lines = ",\n".join(f"  {written(one)}" for one in value)
        sys.stdout.write(f"[\n{lines}\n]\n" if value else "[]\n")
    else:
        sys.stdout.write(written(value, 2) + "\n")
