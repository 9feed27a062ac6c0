"""Compiled catalogues: from a message's id to the words of one language."""

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Final

CATALOGUES: Final = Path(__file__).parent / "catalogues"
DOMAIN: Final = "uphold"


def compiled_path(language: str, catalogues: Path = CATALOGUES) -> Path:
    """Where the language's compiled catalogue lies."""
    return catalogues / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


@lru_cache
def _translations(language: str) -> gettext.NullTranslations:
    """A language without a compiled catalogue has no words, so that its reader falls to English."""
    try:
        with compiled_path(language).open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return gettext.NullTranslations()


def words(language: str, id: str, count: int | None = None) -> str | None:  # noqa: A002
    """The template for `id`, in the plural form of `count` if it has any; None if unknown."""
    translations = _translations(language)
    if count is not None:
        found = translations.ngettext(id, id, count)
        if found != id:
            return found
    found = translations.gettext(id)
    return None if found == id else found
