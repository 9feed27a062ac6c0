"""Names of clauses: the anchor and the number that a heading bears."""

from __future__ import annotations

import re
import unicodedata

_ANCHOR = re.compile(r"[a-z0-9][a-z0-9._-]*")
_LABEL = re.compile(r"(?:§\s*)?((?:[A-Z]\.)?\d+(?:\.\d+)*[a-z]?)[.):]?(?=\s)")
# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "ł": "l", "ß": "ss", "đ": "d", "œ": "oe", "ð": "d", "þ": "th"}
)


def is_anchor(text: str) -> bool:
    """Whether the text can be an anchor: small letters, digits, and - _ . between them."""
    return _ANCHOR.fullmatch(text) is not None


def slug(title: str) -> str:
    """The anchor of a heading that states none: its title in small plain letters.

    The number a heading begins with is no part of it, so that renumbering breaks no link. Letters
    lose their marks ("Çéø" is "ceo"); whatever is neither letter nor digit becomes one hyphen.
    A title without any letter or digit gives "section".
    """
    bare = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    kept = "".join(one for one in bare if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-") or "section"


def label_of(heading: str) -> tuple[str, str]:
    """The number a heading begins with, or "", and the rest of it: "1.4", "First response"."""
    found = _LABEL.match(heading)
    if found is None:
        return "", heading
    return found[1], heading[found.end() :].strip()
