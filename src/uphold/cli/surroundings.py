"""What the machine says of its user: the language and the zone."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from uphold.messages import nearest_language

_LOCALE_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")
_LOCALTIME = Path("/etc/localtime")
_TIMEZONE = Path("/etc/timezone")
_ZONES = "zoneinfo/"


def language(environment: Mapping[str, str], arguments: Sequence[str] = ()) -> str:
    """The language to speak: that of `--lang` if it is among the arguments, else the locale's.

    `LANGUAGE` lists several in order, and counts only where a locale is set (gettext's rule).
    """
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return nearest_language(argument.partition("=")[2])
        if argument == "--lang" and place + 1 < len(arguments):
            return nearest_language(arguments[place + 1])
    locale = next((environment[name] for name in _LOCALE_NAMES if environment.get(name)), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return nearest_language("")
    listed = environment.get("LANGUAGE", "").split(":")
    return nearest_language(next(filter(None, listed), locale))


def zone(
    environment: Mapping[str, str], localtime: Path = _LOCALTIME, timezone: Path = _TIMEZONE
) -> str | None:
    """The IANA name of the user's zone; None where nothing names one.

    `TZ` counts whatever zone it names. A machine that is set to plain UTC, as servers are, says
    nothing of where its user is.
    """
    set_to = environment.get("TZ", "").removeprefix(":")
    if set_to:
        return set_to if _is_known(set_to) else None
    target = os.path.realpath(localtime).partition(_ZONES)[2]
    name = target or _first_line(timezone)
    return name if "/" in name and not name.startswith("Etc/") and _is_known(name) else None


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _is_known(name: str) -> bool:
    from uphold.worktime import UnknownZone
    from uphold.worktime.zone import find_zone

    try:
        find_zone(name)
    except UnknownZone:
        return False
    return True
