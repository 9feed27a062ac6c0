"""What somebody wants to see of the queue, as addresses and saved filters spell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

STATES: Final = ("open", "waiting", "unfinished", "done", "all")
THINGS: Final = ("", "request", "complaint", "order")
ORDERS: Final = ("agreement", "due", "newest")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Query:
    """A view of the queue.

    `state`: what is to be worked on (open), what waits at customers, both (unfinished), what is
    done, or all. `order`: the agreement's order of work, by due time, or the newest first. `mine`
    shows what the viewer has, `unassigned` what nobody has, `late` what is past its due time.
    `text` is looked for in numbers, titles, names of customers and all that was written.
    """

    state: str = "open"
    thing: str = ""
    customer: str = ""
    priority: str = ""
    text: str = ""
    order: str = "agreement"
    mine: bool = False
    unassigned: bool = False
    late: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Query:
        """The query of an address; what makes no sense counts as not given."""
        found = cls()
        known = {each.name for each in fields(cls)}
        for name in known & given.keys():
            found = found.having(name, str(given[name]).strip()[:_LONGEST])
        return found

    def having(self, name: str, text: str) -> Query:
        """The query with one part as given, where that makes sense."""
        allowed = {"state": STATES, "thing": THINGS, "order": ORDERS}.get(name)
        if allowed is not None:
            return self._with(name, text) if text in allowed else self
        if name in ("mine", "unassigned", "late"):
            return self._with(name, text in ("yes", "on", "1", "true"))
        return self._with(name, text.replace("\x00", ""))

    def _with(self, name: str, value: str | bool) -> Query:
        return replace(self, **{name: value})  # type: ignore[arg-type]  # `having` knows the field

    def written(self) -> str:
        """The query as an address spells it, without what goes without saying."""
        plain = Query()
        told = {
            each.name: "yes" if value is True else str(value)
            for each in fields(self)
            if (value := getattr(self, each.name)) != getattr(plain, each.name)
        }
        return urlencode(told)

    @classmethod
    def read(cls, written: str) -> Query:
        """The query that an address or a saved filter spells."""
        return cls.of(dict(parse_qsl(written)))
