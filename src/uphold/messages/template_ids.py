"""Which message ids the pages' templates use: `{% say "id" name=value %}`, in text or attributes.

The words are ours alone: templates of others are not ours to check, and know no `say`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_COMMENT: Final = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
_SAY: Final = re.compile(r"\{%\s*say\s+(.*?)\s*%\}", re.DOTALL)
_LITERAL: Final = re.compile(r"""(["'])([^"']*)\1""")
_NAMED: Final = re.compile(r"""(\w+)=(?:"[^"]*"|'[^']*'|[^\s"'])+""")
_NO_NEW_LINE: Final = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Said:
    """One `say`: the line it stands on, its id, None where it is no literal, and names given."""

    line: int
    id: str | None
    names: frozenset[str]


def said_in(template: str) -> Iterator[Said]:
    """Each `say` of a template, in order; what stands in comments is not said."""
    source = _COMMENT.sub(lambda found: _NO_NEW_LINE.sub(" ", found[0]), template)
    for found in _SAY.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        literal = _LITERAL.match(found[1])
        rest = found[1][literal.end() :] if literal else found[1]
        names = frozenset(each[1] for each in _NAMED.finditer(rest))
        yield Said(line, literal[2] if literal else None, names)
