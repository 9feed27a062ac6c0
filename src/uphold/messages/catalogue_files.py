"""The written catalogues (`catalogues/<language>/<room>.po`) and how they are compiled.

Each room of Uphold keeps its own file in every language, so that two people who add messages
to two rooms never touch the same lines. Compiling merges a language's files into one.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from uphold.messages.catalogue import CATALOGUES

ROOMS: Final = (
    "messages",
    "worktime",
    "agreement",
    "facts",
    "engine",
    "statement",
    "connect",
    "cli",
    "batch",
    "server",
    "accounts",
    "ledger",
    "posting",
    "desk",
    "portal",
    "uptime",
    "api",
)

# The compiled file must not change by the day it is compiled on.
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MSGID: Final = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


class CatalogueError(ValueError):
    """A catalogue file cannot be read; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One id's words in one language: a single form, or as many as the language has plurals."""

    id: str
    forms: tuple[str, ...]
    room: str
    is_fuzzy: bool = False


def room_path(language: str, room: str, catalogues: Path = CATALOGUES) -> Path:
    """Where a room's words in a language are written."""
    return catalogues / language / f"{room}.po"


def read_entries(language: str, catalogues: Path = CATALOGUES) -> tuple[Entry, ...]:
    """Every entry of a language, by room and then in the order of the file; doubles included."""
    folder = catalogues / language
    rooms = sorted(path.stem for path in folder.glob("*.po"))
    return tuple(entry for room in rooms for entry in _room_entries(language, room, catalogues))


def written_ids(language: str, catalogues: Path = CATALOGUES) -> tuple[tuple[str, str], ...]:
    """Each id as written, with its room; an id that stands twice is here twice."""
    return tuple(
        (found, path.stem)
        for path in sorted((catalogues / language).glob("*.po"))
        for found in _MSGID.findall(path.read_text(encoding="utf-8"))
    )


def compiled_bytes(language: str, catalogues: Path = CATALOGUES) -> bytes:
    """The compiled catalogue of a language, the same bytes for the same words."""
    from babel.messages import Catalog
    from babel.messages.mofile import write_mo

    merged = Catalog(locale=language, creation_date=_NO_DATE, revision_date=_NO_DATE)
    for entry in read_entries(language, catalogues):
        if not entry.is_fuzzy and all(entry.forms):
            merged.add(*_as_babel_has_it(entry))
    file = io.BytesIO()
    write_mo(file, merged)
    return file.getvalue()


def _as_babel_has_it(entry: Entry) -> tuple[str | tuple[str, str], str | tuple[str, ...]]:
    if len(entry.forms) == 1:
        return entry.id, entry.forms[0]
    return (entry.id, entry.id), entry.forms


def _room_entries(language: str, room: str, catalogues: Path) -> Iterator[Entry]:
    from babel.messages.pofile import PoFileError, read_po

    path = room_path(language, room, catalogues)
    try:
        written = read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} of {language} cannot be read: {error}") from error
    for entry in written:
        if not entry.id:
            continue
        found = entry.id if isinstance(entry.id, str) else entry.id[0]
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        yield Entry(found, forms, room, entry.fuzzy)
