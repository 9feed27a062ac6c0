"""Options that commands share, as cyclopts reads them."""

from __future__ import annotations

from dataclasses import dataclass

from cyclopts import Parameter


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every command understands. `lang` is a language tag, None for the locale's."""

    json: bool = False
    lang: str | None = None
    no_color: bool = False
