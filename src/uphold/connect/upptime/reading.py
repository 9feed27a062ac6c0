"""Upptime's records, in whichever of their shapes they lie at a place."""

from __future__ import annotations

from pathlib import Path

from uphold.connect.adapter import AdapterRead, SourceError
from uphold.connect.upptime.csv_log import read_log
from uphold.connect.upptime.history import read_history
from uphold.connect.upptime.options import Options, held
from uphold.connect.upptime.repository import is_repository, is_shallow, versions
from uphold.facts.evidence.run import Run
from uphold.facts.problems import Place, Problem
from uphold.messages import Message, message

_ENDINGS = (".yml", ".yaml")


def looks(place: str | Path, options: Options | None = None) -> AdapterRead:
    """What Upptime recorded: a git repository, a folder or a file of histories, or a CSV file.

    Raises `SourceError` for a place that holds none of these, OSError for one that cannot be read.
    """
    asked = options or Options()
    path = Path(place)
    if path.is_dir():
        found, problems, count = _of_folder(path, asked)
    elif path.suffix.lower() in _ENDINGS:
        found, problems, count = _of_histories([path], asked)
    else:
        found, problems, count = read_log(path.read_bytes(), str(place), asked)
    notes = _notes(path, asked, bool(found))
    return AdapterRead(held(asked, found), count, notes, tuple(problems))


def _of_folder(folder: Path, options: Options) -> tuple[list[Run], list[Problem], int]:
    if is_repository(folder):
        read = [
            read_history(each.slug, each.text, each.place, options) for each in versions(folder)
        ]
        sorted_read = _parted(read)
    else:
        inner = folder / "history"
        files = sorted((inner if inner.is_dir() else folder).glob("*.yml"))
        sorted_read = _of_histories(files, options)
    if not sorted_read[2]:
        told = message("problem.upptime-empty")
        hint = message("hint.upptime-history")
        raise SourceError(Problem("upptime-empty", told, hint, Place(str(folder))))
    return sorted_read


def _of_histories(files: list[Path], options: Options) -> tuple[list[Run], list[Problem], int]:
    read: list[Run | Problem] = []
    for file in files:
        text = file.read_bytes().decode("utf-8", "replace")
        read.append(read_history(file.stem, text, Place(str(file)), options))
    return _parted(read)


def _parted(read: list[Run | Problem]) -> tuple[list[Run], list[Problem], int]:
    found = [each for each in read if isinstance(each, Run)]
    problems = [each for each in read if isinstance(each, Problem)]
    return found, problems, len(read)


def _notes(path: Path, options: Options, found: bool) -> tuple[Message, ...]:
    notes: list[Message] = []
    if path.is_dir() and is_repository(path):
        if is_shallow(path):
            notes.append(message("upptime.shallow"))
    elif path.is_dir() or path.suffix.lower() in _ENDINGS:
        notes.append(message("upptime.last-looks"))
    if found and options.holds is None:
        notes.append(message("upptime.no-hold"))
    return tuple(notes)
