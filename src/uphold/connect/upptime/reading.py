"""Upptime's records, in whichever of their shapes they lie at a place."""

from __future__ import annotations

from pathlib import Path

from uphold.connect.adapter import AdapterRead, SourceError, microseconds
from uphold.connect.upptime.history import read_history
from uphold.connect.upptime.options import Options
from uphold.connect.upptime.repository import is_repository, is_shallow, versions
from uphold.facts.evidence import Run, runs_of_changes
from uphold.facts.problems import Place, Problem
from uphold.messages import Message, message

_ENDINGS = (".yml", ".yaml")


def looks(place: str | Path, options: Options | None = None) -> AdapterRead:
    """What Upptime recorded: a git repository, a folder or a file of histories, or a CSV file.

    Raises `SourceError` for a folder without a history, OSError for a place that cannot be read.
    """
    asked = options or Options()
    path = Path(place)
    if not path.is_dir() and path.suffix.lower() not in _ENDINGS:
        return _of_table(path, asked)
    read = _of_folder(path, asked) if path.is_dir() else _of_histories([path], asked)
    found = tuple(each for each in read if isinstance(each, Run))
    problems = tuple(each for each in read if isinstance(each, Problem))
    notes = _notes(path, asked)
    if asked.holds is not None:
        found = runs_of_changes(found, microseconds(asked.holds))
    return AdapterRead(found, len(read), notes, problems)


def _of_table(path: Path, options: Options) -> AdapterRead:
    from uphold.facts.evidence.options import Options as TableOptions
    from uphold.facts.evidence.reading import read_evidence

    how = TableOptions(
        interval=microseconds(options.interval) if options.interval else None,
        change_log=microseconds(options.holds) if options.holds else None,
        source=options.source,
        keep_going=True,
    )
    read = read_evidence(path, how)
    return AdapterRead(read.runs, read.rows, _unheld(options), read.problems)


def _of_folder(folder: Path, options: Options) -> list[Run | Problem]:
    if is_repository(folder):
        read = [
            read_history(each.slug, each.text, each.place, options) for each in versions(folder)
        ]
    else:
        inner = folder / "history"
        files = sorted((inner if inner.is_dir() else folder).glob("*.yml"))
        read = _of_histories(files, options)
    if not read:
        told = message("problem.upptime-empty")
        hint = message("hint.upptime-history")
        raise SourceError(Problem("upptime-empty", told, hint, Place(str(folder))))
    return read


def _of_histories(files: list[Path], options: Options) -> list[Run | Problem]:
    return [
        read_history(
            file.stem, file.read_bytes().decode("utf-8", "replace"), Place(str(file)), options
        )
        for file in files
    ]


def _notes(path: Path, options: Options) -> tuple[Message, ...]:
    if not path.is_dir() or not is_repository(path):
        return message("upptime.last-looks"), *_unheld(options)
    if is_shallow(path):
        return message("upptime.shallow"), *_unheld(options)
    return _unheld(options)


def _unheld(options: Options) -> tuple[Message, ...]:
    return () if options.holds is not None else (message("upptime.no-hold"),)
