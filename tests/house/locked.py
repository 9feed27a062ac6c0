"""What the lock file says that an installation brings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def brought(repository: Path, *extras: str) -> set[str]:
    """The names of all libraries that `uphold` with these extras brings, whatever the machine."""
    lock = tomllib.loads((repository / "uv.lock").read_text("utf-8"))
    packages: Mapping[str, Any] = {each["name"]: each for each in lock["package"]}
    waiting = [("uphold", extra) for extra in ("", *extras)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        package = packages[name]
        more = package.get("optional-dependencies", {}).get(extra, ())
        for each in more if extra else package.get("dependencies", ()):
            waiting += [(each["name"], wanted) for wanted in ("", *each.get("extra", ()))]
    return {name for name, _ in seen} - {"uphold"}


def canonical(name: str) -> str:
    """A library's name as lock files write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
