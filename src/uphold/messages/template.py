"""Templates with `{name}` placeholders, filled without ever reading the values as templates."""

import re
from collections.abc import Mapping
from typing import Final

ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+")

_PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_FILLED: Final = re.compile(_PLACEHOLDER.pattern + r"(?:(\.)(?![\w.]))?")
_ENDS_IN_A_STOP: Final = re.compile(r"\w\.\Z")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def placeholders(template: str) -> frozenset[str]:
    """The names that the template leaves room for."""
    return frozenset(_PLACEHOLDER.findall(template))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each known name replaced; an unknown one stays visible as it is.

    A value that ends in a full stop ("3 godz.") brings that of the sentence it ends: one serves
    for both in each of our languages.
    """

    def filled(found: re.Match[str]) -> str:
        name, stop = found.groups()
        value = values.get(name)
        if value is None:
            return found[0]
        return value if stop is None or _ENDS_IN_A_STOP.search(value) else value + stop

    return _FILLED.sub(filled, template)


def printable(text: str) -> str:
    """Text from outside with its control and direction marks written out.

    Agreements and facts come from others; a terminal must not obey what they hold.
    """
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
