"""Files of agreements and of facts: told apart, and refused when they are neither."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from uphold.agreement.problem import nearest
from uphold.cli.refusal import Refusal
from uphold.messages import message

STDIN = "<stdin>"
PAGES = frozenset({".md", ".markdown"})
_LINES = frozenset({".jsonl", ".ndjson", ".json"})
_HEAD = 512
_BOM = b"\xef\xbb\xbf"

Kind = Literal["agreement", "facts"]


@dataclass(frozen=True, slots=True)
class Sources:
    """The paths given to a command, by what they hold; `STDIN` may be among the facts."""

    agreements: tuple[str, ...]
    facts: tuple[str, ...]


def told_apart(names: Sequence[str]) -> Sources:
    """Agreements and facts among the paths, in whatever order they were given.

    Raises `Refusal` where a path is neither, and where there is none of one kind.
    """
    kinds = [(name, kind_of(name)) for name in names]
    agreements = tuple(dict.fromkeys(name for name, kind in kinds if kind == "agreement"))
    facts = tuple(dict.fromkeys(name for name, kind in kinds if kind == "facts"))
    if not agreements:
        raise Refusal(message("cli.no-agreement", files=facts), message("cli.agreement-form"))
    if not facts:
        raise Refusal(message("cli.no-facts", files=agreements), message("cli.facts-form"))
    return Sources(agreements, facts)


def kind_of(name: str) -> Kind:
    """What a path holds: by how it begins where that is clear, else by its name."""
    if name == STDIN:
        return "facts"
    head = head_of(name)
    if head.startswith(b"---"):
        return "agreement"
    if head.startswith(b"{"):
        return "facts"
    ending = Path(name).suffix.casefold()
    if ending in PAGES:
        return "agreement"
    if ending in _LINES:
        return "facts"
    if ending == ".csv":
        raise Refusal(message("cli.file-csv", file=name), message("cli.convert-first"))
    raise Refusal(message("cli.file-of-neither", file=name), message("cli.file-forms", open="{"))


def pages(names: Sequence[str], command: str) -> tuple[str, ...]:
    """The paths as those of agreements; facts among them are refused.

    What else may be wrong with a file its reader says, with more to say.
    """
    if not names:
        raise Refusal(
            message("cli.argument-missing", command=command),
            message("cli.usage", usage=f"uphold {command} FILE..."),
        )
    for name in names:
        if name == STDIN:
            raise Refusal(message("cli.agreement-from-stdin"), message("cli.agreement-form"))
        if head_of(name).startswith(b"{"):
            raise Refusal(
                message("cli.facts-for-agreement", file=name, command=command),
                message("cli.agreement-form"),
            )
    return tuple(dict.fromkeys(names))


def head_of(name: str) -> bytes:
    """How a file begins, without white space; raises `Refusal` where it cannot be opened."""
    return content_of(name, _HEAD).removeprefix(_BOM).lstrip()


def content_of(name: str, most: int = -1) -> bytes:
    """What a file holds, or its first bytes; raises `Refusal` where it cannot be opened."""
    try:
        with open(name, "rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise missing(name) from None
    except IsADirectoryError:
        inside = _agreements_in(name)
        hint = (
            message("cli.directory-holds", files=inside)
            if inside
            else message("cli.directory-name-files")
        )
        raise Refusal(message("cli.directory", file=name), hint) from None
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None


def missing(name: str) -> Refusal:
    """That there is no such file, with the nearest name in its folder."""
    path = Path(name)
    near = nearest(path.name, _listed(path.parent))
    hint = message("cli.nearest", names=(str(path.with_name(near)),)) if near else None
    return Refusal(message("cli.file-missing", file=name), hint)


def unreadable(name: str, error: Exception) -> Refusal:
    """That a file cannot be opened, and the system's reason."""
    reason = getattr(error, "strerror", None) or str(error)
    return Refusal(message("cli.system", file=name, reason=reason))


def _listed(folder: Path) -> Iterable[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return ()


def _agreements_in(name: str) -> tuple[str, ...]:
    folder = Path(name)
    found = sorted(each for each in _listed(folder) if Path(each).suffix in PAGES)
    return tuple(str(folder / each) for each in found[:4])
