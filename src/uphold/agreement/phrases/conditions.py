"""Conditions: fixed phrases over declared facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uphold.agreement.phrases.error import unreadable
from uphold.agreement.phrases.events import FIELD, THINGS
from uphold.agreement.phrases.numbers import NAME

_OWNERS = "|".join((*THINGS, "account"))
PATH = rf"(?:{_OWNERS})\.(?:{FIELD}(?: {FIELD})?)"
CONDITION_FORMS = (
    "request.priority is critical",
    "request.priority is not low",
    "request.cause is known",
    "request is forwarded",
    "request.author is trained",
    "request.opened is outside oslo-office",
    "account has 24x7",
)


@dataclass(frozen=True, slots=True)
class Path:
    """A field of a thing or of the customer's account: `request.priority`, `account.plan`."""

    thing: str
    field: str

    def __str__(self) -> str:
        return f"{self.thing}.{self.field}"


@dataclass(frozen=True, slots=True)
class Is:
    """The path has one of the values (or none of them)."""

    path: Path
    values: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.path} is {'not ' if self.negated else ''}{' or '.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Known:
    """Some fact gave the path a value (or none did)."""

    path: Path
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.path} is {'not ' if self.negated else ''}known"


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact of the thing has happened (or has not): `request is forwarded`."""

    type: str
    negated: bool = False

    def __str__(self) -> str:
        thing, event = self.type.split(".")
        return f"{thing} is {'not ' if self.negated else ''}{event}"


@dataclass(frozen=True, slots=True)
class Trained:
    """The person whom the path names was trained (customer.trained) by then."""

    path: Path
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.path} is {'not ' if self.negated else ''}trained"


@dataclass(frozen=True, slots=True)
class Within:
    """The path's time lies inside (or outside) a calendar's hours."""

    path: Path
    calendar: str
    outside: bool = False

    def __str__(self) -> str:
        return f"{self.path} is {'outside' if self.outside else 'inside'} {self.calendar}"


@dataclass(frozen=True, slots=True)
class Moved:
    """The classification at hand lowers (or raises) the path's level."""

    path: Path
    raised: bool = False

    def __str__(self) -> str:
        return f"{self.path} is {'raised' if self.raised else 'lowered'}"


@dataclass(frozen=True, slots=True)
class Has:
    """The account has an addition (customer.added) then, for the thing's service or for all."""

    addition: str
    negated: bool = False

    def __str__(self) -> str:
        return f"account has {'no ' if self.negated else ''}{self.addition}"


Simple = Is | Known | Happened | Trained | Within | Moved | Has


@dataclass(frozen=True, slots=True)
class Condition:
    """Simple conditions that must hold together."""

    parts: tuple[Simple, ...]

    def __str__(self) -> str:
        return " and ".join(str(part) for part in self.parts)


def parse_path(text: str) -> Path:
    """`request.priority`; spaces and hyphens in a field's name read as underscores."""
    text = text.strip()
    if not re.fullmatch(PATH, text):
        raise unreadable(text, "path", ("request.priority", "account.plan", "order.wanted"))
    thing, field = text.split(".", 1)
    return Path(thing, field.replace(" ", "_").replace("-", "_"))


def parse_condition(text: str) -> Condition:
    """Simple conditions joined by `and`."""
    parts = re.split(rf" and (?=(?:{_OWNERS})(?:\.| is | has ))", text.strip())
    return Condition(tuple(_simple(part) for part in parts))


def _simple(text: str) -> Simple:
    match = re.fullmatch(rf"account has (no )?({NAME})", text)
    if match:
        return Has(match[2], negated=bool(match[1]))
    match = re.fullmatch(rf"({'|'.join(THINGS)}) is (not )?([a-z]+(?: arranged| changed)?)", text)
    if match:
        return Happened(f"{match[1]}.{match[3]}", negated=bool(match[2]))
    match = re.fullmatch(rf"({PATH}) is (.+)", text)
    if not match:
        raise unreadable(text, "condition", CONDITION_FORMS)
    return _about(parse_path(match[1]), match[2])


def _about(path: Path, rest: str) -> Simple:
    """The part after `PATH is`."""
    if rest in ("lowered", "raised"):
        return Moved(path, raised=rest == "raised")
    calendar = re.fullmatch(rf"(inside|outside) ({NAME})", rest)
    if calendar:
        return Within(path, calendar[2], outside=calendar[1] == "outside")
    negated = rest.startswith("not ")
    rest = rest.removeprefix("not ")
    if rest == "known":
        return Known(path, negated)
    if rest == "trained":
        return Trained(path, negated)
    values = tuple(value.strip() for value in rest.split(" or "))
    if not all(re.fullmatch(r"[\w.+-]+(?: [\w.+-]+)*", value) for value in values):
        raise unreadable(f"{path} is {rest}", "condition", CONDITION_FORMS)
    return Is(path, values, negated)
