"""Finding the agreement that a page is a translation of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from uphold.agreement.document import Document, read_document

_MOST_LOOKED_AT = 200


class Beside:
    """Originals: those given, and those that lie beside a translation."""

    def __init__(self, given: Iterable[Document]) -> None:
        self.given = tuple(given)

    def of(self, translation: Document, folder: Path) -> Document | None:
        """The original by the name in the translation's header, of the same revision if it can.

        Among those given first; then among the pages of the folder.
        """
        name = translation.header_text("translation of")
        return _best(translation, name, self.given) or _best(
            translation, name, _pages_in(folder, name)
        )


def _best(translation: Document, name: str, pages: Iterable[Document]) -> Document | None:
    found = [page for page in pages if page.header_text("agreement") == name]
    revision = translation.header_text("revision")
    same = (page for page in found if page.header_text("revision") == revision)
    return next(same, found[0] if found else None)


def _pages_in(folder: Path, name: str) -> Iterable[Document]:
    for path in sorted(folder.glob("*.md"))[:_MOST_LOOKED_AT]:
        if not _names(path, name):
            continue
        page = read_document(path).document
        if page is not None and not page.is_translation:
            yield page


def _names(path: Path, name: str) -> bool:
    """Whether the name stands in the file's first lines, so that only likely pages are read."""
    try:
        with path.open("rb") as file:
            return name.encode() in file.read(4096)
    except OSError:
        return False
