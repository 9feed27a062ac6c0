"""Templates with `{name}` placeholders, filled without ever reading the values as templates."""

import re
from collections.abc import Mapping
from typing import Final

ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+")

_PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def placeholders(template: str) -> frozenset[str]:
    """The names that the template leaves room for."""
    return frozenset(_PLACEHOLDER.findall(template))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each known name replaced; an unknown one stays visible as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)


def printable(text: str) -> str:
    """Text from outside with its control and direction marks written out.

    Agreements and facts come from others; a terminal must not obey what they hold.
    """
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
