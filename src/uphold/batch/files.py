"""Which files hold checks, and in what form: single files, many, or a folder by date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from uphold.batch.faults import FileUnreadable
from uphold.messages import message

Form = Literal["parquet", "csv", "json"]

_SUFFIXES: dict[str, Form] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
}
_PACKED = (".gz", ".zst", ".bz2")
_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class CheckFile:
    """A file of checks: its form, its size in bytes, and what its folders' names say.

    `parts` are columns by name that a folder such as `check=sign-in` gives to all rows below it.
    """

    path: Path
    form: Form
    size: int
    parts: Mapping[str, str]


def files_of(paths: Iterable[Path | str]) -> tuple[CheckFile, ...]:
    """The files at the paths, folders gone through in the order of names.

    In a folder only files whose name ends like checks count, and hidden ones do not; a file
    named itself may end as it likes. Raises `FileUnreadable`.
    """
    found = tuple(file for path in paths for file in _files_at(Path(path)))
    if not found:
        raise FileUnreadable(message("batch.no-files", endings=tuple(_SUFFIXES)))
    return found


def _files_at(path: Path) -> Iterator[CheckFile]:
    if not path.is_dir():
        yield _file(path, path.parent)
        return
    inside = [
        each
        for each in path.rglob("*")
        if _form_by_name(each) and not any(_hidden(part) for part in each.relative_to(path).parts)
    ]
    if not inside:
        endings = tuple(_SUFFIXES)
        raise FileUnreadable(message("batch.folder-empty", folder=str(path), endings=endings))
    for each in sorted(inside):
        yield _file(each, path)


def _hidden(name: str) -> bool:
    # Writers of folders leave such names beside the data: _SUCCESS, .crc, _temporary.
    return name.startswith((".", "_"))


def _form_by_name(path: Path) -> Form | None:
    name = path.with_suffix("") if path.suffix in _PACKED else path
    return _SUFFIXES.get(name.suffix.lower())


def _file(path: Path, root: Path) -> CheckFile:
    try:
        size = path.stat().st_size
        form = _form_by_name(path) or _form_by_content(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileUnreadable(
            message("batch.file-unreadable", file=str(path), reason=reason)
        ) from error
    parts = (part.partition("=") for part in path.relative_to(root).parent.parts if "=" in part)
    return CheckFile(path, form, size, {name: unquote(value) for name, _, value in parts})


def _form_by_content(path: Path) -> Form:
    with path.open("rb") as stream:
        head = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_PARQUET):
        return "parquet"
    return "json" if head.startswith(b"{") else "csv"
