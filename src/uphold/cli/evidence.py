"""Evidence from wherever it is: tables, logs of changes, runs, other systems' stores."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from uphold.cli.given import Given
from uphold.cli.progress import Quiet
from uphold.cli.refusal import Refusal
from uphold.cli.sources import STDIN, missing, unreadable
from uphold.cli.watching import Watching
from uphold.facts.evidence import Evidence, EvidenceConflict
from uphold.messages import message

if TYPE_CHECKING:
    from uphold.connect.adapter import AdapterRead
    from uphold.facts.evidence.options import Options, Unit

_SHOWN = 20
_NAIVE = "evidence-time-naive"
_PARQUET = b"PAR1"


def evidence_of(names: Iterable[str], watching: Watching, progress: Quiet | None = None) -> Given:
    """The evidence of all the names together; raises `Refusal` for what cannot be used.

    Files that no system is known for are read together, as a row of a log of changes holds until
    the next one, whichever file that is in.
    """
    progress = progress or Quiet()
    watching.known_kind()
    watching.known_unit()
    found: list[Given] = []
    plain: list[str] = []
    for name in names:
        special = _special(name, watching, progress)
        if special is None:
            plain.append(name)
        else:
            found.append(special)
    if plain:
        found.append(_plain(plain, watching, progress))
    return _joined(found, watching)


def _joined(found: Iterable[Given], watching: Watching) -> Given:
    """Everything as one; refused where there are problems and it was not said to keep going."""
    given = tuple(found)
    evidence = Evidence.join([each.evidence for each in given])
    problems = tuple(problem for each in given for problem in each.problems)
    if problems and not watching.keep_going:
        more = len(problems) - _SHOWN
        naive = any(problem.code == _NAIVE for problem in problems)
        hint = message("cli.times-in") if naive else message("cli.keep-going")
        told = message("cli.more-problems", count=more) if more > 0 else None
        raise Refusal(told, hint, problems[:_SHOWN])
    try:
        evidence.runs  # noqa: B018 - worked out here, where a conflict can be told
    except EvidenceConflict as error:
        raise Refusal(None, problems=(error.problem,)) from error
    notes = tuple(dict.fromkeys(note for each in given for note in each.notes))
    return Given(evidence, sum(each.rows for each in given), notes, problems)


def _special(name: str, watching: Watching, progress: Quiet) -> Given | None:
    """What an adapter makes of a source, or the runs of Parquet; None for a plain table."""
    from uphold.connect.adapter import SourceError
    from uphold.connect.evidence_sources import Asked, read_source

    if name == STDIN:
        return None
    interval, holds = watching.interval_us(), watching.holds_us()
    asked = Asked(
        start=watching.begins(),
        end=watching.ends(),
        interval=None if interval is None else timedelta(microseconds=interval),
        holds=None if holds is None else timedelta(microseconds=holds),
    )
    try:
        if _is_parquet(name):
            from uphold.cli.parquet import parquet_of

            progress.begin(name)
            return parquet_of(name, watching, progress)
        progress.begin(name)
        read = read_source(watching.stepped(name), asked)
    except SourceError as error:
        raise Refusal(None, problems=(error.problem,)) from error
    except FileNotFoundError:
        raise missing(name) from None
    except OSError as error:
        raise unreadable(name, error) from None
    if read is None:
        return None
    return _of_adapter(read, watching)


def _of_adapter(read: AdapterRead, watching: Watching) -> Given:
    evidence = Evidence.of(read.runs)
    renames = watching.renames()
    return Given(
        evidence.renamed(renames) if renames else evidence, read.rows, read.notes, read.problems
    )


def _is_parquet(name: str) -> bool:
    """Whether a file is Parquet, or a folder has such files in it."""
    path = Path(name)
    if path.is_dir():
        return any(path.rglob("*.parquet"))
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_PARQUET)) == _PARQUET


def _plain(names: list[str], watching: Watching, progress: Quiet) -> Given:
    """Plain tables and JSON Lines, all at once."""
    from uphold.facts.evidence.options import UnknownColumn
    from uphold.facts.evidence.reading import read_evidence

    try:
        options = _options(watching)
    except UnknownColumn as error:
        raise Refusal(None, problems=(error.problem,)) from error
    sources = [sys.stdin.buffer if name == STDIN else progress.source(name) for name in names]
    try:
        read = read_evidence(sources, options)
    except FileNotFoundError as error:
        raise missing(str(error.filename)) from None
    except OSError as error:
        raise unreadable(str(error.filename), error) from None
    return Given(read.evidence, read.rows, (), read.problems)


def _options(watching: Watching) -> Options:
    from uphold.facts.evidence.options import Columns, Options

    return Options(
        columns=Columns.of(watching.columns()),
        interval=watching.interval_us(),
        change_log=watching.holds_us(),
        kind=watching.known_kind(),
        source=watching.source,
        renames=watching.renames(),
        zone=watching.zone(),
        unit=cast("Unit | None", watching.known_unit()),
        keep_going=watching.keep_going,
    )
