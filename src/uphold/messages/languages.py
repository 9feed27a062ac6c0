"""The languages Uphold speaks, and which of them serves a reader who asks for another."""

from typing import Final

LANGUAGES: Final = ("en", "nb", "pl", "nl", "es")
FALLBACK: Final = "en"

# Norwegian is asked for under three names; Uphold writes Bokmål, which all its readers read.
_OTHER_NAMES: Final = {"no": "nb", "nn": "nb"}

# Plain "en" is American to Babel: month before day, twelve-hour times. The agreements are European.
_LOCALES: Final = {"en": "en_GB"}


def nearest_language(tag: str) -> str:
    """The language that serves `tag` (`nb-NO`, `pl_PL.UTF-8`, `no`); English where none does."""
    primary = tag.replace("_", "-").split("-")[0].split(".")[0].strip().lower()
    primary = _OTHER_NAMES.get(primary, primary)
    return primary if primary in LANGUAGES else FALLBACK


def locale_name(language: str) -> str:
    """The name under which Babel keeps the language's numbers and dates."""
    return _LOCALES.get(language, language)
