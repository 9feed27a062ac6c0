"""What measuring commands work on: agreements, facts and evidence, told apart by what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from uphold.cli.refusal import Refusal
from uphold.cli.sources import PAGES, STDIN, head_of
from uphold.messages import message

_EVIDENCE_BEGINS = (b"PAR1", b"SQLite format 3\0")
_ADDRESSES = ("http://", "https://")
_EVIDENCE_ENDINGS = frozenset({".csv", ".parquet", ".db", ".sqlite", ".sqlite3"})


@dataclass(frozen=True, slots=True)
class Materials:
    """The names given to a command, by what they hold; each once, in the order given.

    `STDIN` may be among the facts or the evidence; evidence may be an address or a folder.
    """

    agreements: tuple[str, ...]
    facts: tuple[str, ...]
    evidence: tuple[str, ...]


def gathered(
    names: Sequence[str],
    facts: Sequence[str] = (),
    evidence: Sequence[str] = (),
    *,
    command: str,
    needs_evidence: bool = False,
) -> Materials:
    """The names by what they hold; those behind `--facts` and `--evidence` are what they say.

    Raises `Refusal` where no agreement is among them, where an agreement is given as something
    else, and, if there must be some, where there is neither evidence nor a fact.
    """
    kinds = [(name, _kind(name)) for name in names]
    for name in (*facts, *evidence):
        if name != STDIN and not _is_address(name) and _kind(name) == "agreement":
            raise Refusal(
                message("cli.agreement-behind-option", file=name, command=command),
                message("cli.agreement-first"),
            )
    found = Materials(
        _once(name for name, kind in kinds if kind == "agreement"),
        _once((*(name for name, kind in kinds if kind == "facts"), *facts)),
        _once((*(name for name, kind in kinds if kind == "evidence"), *evidence)),
    )
    if not found.agreements:
        if not (found.facts or found.evidence):
            raise Refusal(
                message("cli.argument-missing", command=command),
                message("cli.more", command=f"uphold {command} --help"),
            )
        raise Refusal(
            message("cli.no-agreement-here", files=(*found.evidence, *found.facts)),
            message("cli.agreement-form"),
        )
    if needs_evidence and not (found.evidence or found.facts):
        raise Refusal(
            message("cli.no-evidence", files=found.agreements), message("cli.evidence-form")
        )
    return found


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _is_address(name: str) -> bool:
    return name.casefold().startswith(_ADDRESSES)


def _kind(name: str) -> str:
    """What a name holds: by how it begins where that is clear, else by its ending.

    What nobody knows is taken as evidence, whose readers say what they can read.
    """
    if name == STDIN:
        return "facts"
    if _is_address(name) or Path(name).is_dir():
        return "evidence"
    head = head_of(name)
    if head.startswith(_EVIDENCE_BEGINS):
        return "evidence"
    if head.startswith(b"---"):
        return "agreement"
    if head.startswith(b"{"):
        return "facts" if _is_fact(name) else "evidence"
    ending = Path(name).suffix.casefold()
    if ending in _EVIDENCE_ENDINGS:
        return "evidence"
    return "agreement" if ending in PAGES else "evidence"


def _is_fact(name: str) -> bool:
    """Whether the first line is a fact's: it bears a type, which a look at a check does not."""
    with open(name, "rb") as file:
        line = file.readline(_LONGEST_LINE)
    try:
        first = json.loads(line.decode("utf-8-sig"))
    except ValueError:
        return True  # whoever reads facts says what is wrong with the line
    return not isinstance(first, dict) or "type" in first or not _LOOK & first.keys()


_LONGEST_LINE = 1_000_000
_LOOK = {"state", "check", "checked_at", "first"}
