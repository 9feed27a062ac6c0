"""Words of terms that could be others: choices, units of time, and what stands in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from tests.agreements.term_values import Values, leaves

from uphold.agreement import Agreement
from uphold.agreement.terms.duty import NoticeTerm
from uphold.agreement.terms.hours import WindowTerm

Changed = tuple[str, str, str, Values]
"""The key, what it said, what it says now, and all values of the term then."""

ABSENT = "(absent)"
MAINTENANCE = (
    "planned maintenance",
    "unplanned maintenance",
    "emergency maintenance",
    "requested maintenance",
)
FRAMES = (
    "component log",
    "first failed to next good check",
    "overlap",
    "union",
    "a person's judgement",
)
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "service": {
        "down when": ("any part is down", "all parts are down", "at least 2 parts are down")
    },
    "evidence": {
        "degraded": ("up", "down"),
        "otherwise": ("a person judges", "unknown"),
        "frame": FRAMES,
    },
    "availability": {
        "per": ("account", "service", "mean of parts"),
        "window": (
            "calendar month",
            "calendar quarter",
            "calendar year",
            "contract year",
            "12 months",
            "30 calendar days",
        ),
        "zone": ("Pacific/Honolulu",),
        "counts": ("all outages", "outages of at least 5 minutes"),
        "unknown": ("excluded", "counts as up", "counts as down"),
        "least coverage": ("100 %",),
        "standing": ("promise", "endeavour", "guideline"),
    },
    "credit": {
        "claim": ("not required", "required"),
        "paid": ("next invoice", "next renewal", "2030-01-01"),
    },
    "termination": {"claim": ("required", "not required")},
    "window": {"zone": ("Pacific/Honolulu",)},
}
UNITS = (
    (r"\bminutes?\b", ("seconds", "hours")),
    (r"\bseconds?\b", ("minutes",)),
    (r"\bmilliseconds\b", ("seconds",)),
    (r"(?<!business )\bhours?\b", ("minutes", "calendar days")),
    (r"\bbusiness hours?\b", ("hours",)),
    (r"\bcalendar days?\b", ("working days", "weeks", "hours")),
    (r"\b(?:calendar )?months?\b(?!\W*$)", ("weeks",)),
    (r"\bcalendar months$", ("weeks",)),
    (r"\bbilling cycles?\b", ("weeks",)),
    (r"\ba month\b", ("a year", "a week", "a quarter")),
    (r"\ba year\b", ("a month", "a week", "a quarter")),
    (r"\bthe window's end\b", ("the statement", "the miss")),
    (r"\bthe statement\b", ("the window's end", "the miss")),
    (r"\bthe miss\b", ("the window's end", "the statement")),
    (r"\bfull |\bstarted ", ("", "full ", "started ")),
    (r"\bsun\b", ("sat", "mon")),
)


def words_changed(agreement: Agreement, kind: str, values: Values) -> Iterator[Changed]:
    """The words of one term that could be others."""
    choices = () if _says_nothing(kind, values) else _choices(kind, values)
    return chain(
        choices,
        _after_credit(kind, values),
        _notice(agreement, kind, values),
        _agreed(kind, values),
        _lists(agreement, kind, values),
        _units(values),
    )


def _says_nothing(kind: str, values: Values) -> bool:
    """Whether a term has nothing to choose for: a service without parts, a window without hours."""
    needed = {"service": "parts", "window": "hours"}.get(kind)
    return needed is not None and needed not in values


def _choices(kind: str, values: Values) -> Iterator[Changed]:
    for key, words in CHOICES.get(kind, {}).items():
        was = values.get(key, ABSENT)
        for now in words:
            yield key, was, now, values | {key: now}
    if " if there is one, else " in values.get("frame", ""):
        first, second = values["frame"].split(" if there is one, else ")
        for now in (first, second, f"{second} if there is one, else {first}"):
            yield "frame", values["frame"], now, values | {"frame": now}


def _after_credit(kind: str, values: Values) -> Iterator[Changed]:
    """Only windows that overlap can begin behind a credited one."""
    if kind == "availability" and re.fullmatch(r"\d+ months", values["window"]):
        was = values.get("after credit", ABSENT)
        for now in ("begins behind the credited window", "overlaps"):
            yield "after credit", was, now, values | {"after credit": now}


def _notice(agreement: Agreement, kind: str, values: Values) -> Iterator[Changed]:
    """Only maintenance that is excluded, and announced, can be announced too late."""
    announced = any(term.of == "maintenance" for term in agreement.of(NoticeTerm))
    if kind == "availability" and announced and set(MAINTENANCE) & set(_listed(values)):
        was = values.get("late notice", ABSENT)
        for now in ("excluded all the same", "not excluded"):
            yield "late notice", was, now, values | {"late notice": now}


def _agreed(kind: str, values: Values) -> Iterator[Changed]:
    """Sets of evidence: each left out, each widened to one of its kinds, others put in."""
    if kind != "evidence" or "agreed when" not in values:
        return
    was = values["agreed when"]
    sets = was.split(", or ")
    others = []
    for place, each in enumerate(sets):
        rest = sets[:place], sets[place + 1 :]
        others += [", or ".join((*rest[0], *rest[1]))] if len(sets) > 1 else []
        others += [", or ".join((*rest[0], one, *rest[1])) for one in each.split(" and ")]
    others += [
        one.replace("checks", "checks from 2 places", 1) for one in sets if "from" not in one
    ]
    for now in others:
        yield "agreed when", was, now, values | {"agreed when": now}
    for source in values["sources"]:
        left = {key: value for key, value in values["sources"].items() if key != source}
        if left:
            yield "sources", source, "left out", values | {"sources": left}


def _lists(agreement: Agreement, kind: str, values: Values) -> Iterator[Changed]:
    """What stands in a list left out; kinds of maintenance put in where others are excluded."""
    for key in ("excludes", "with", "at most", "parts"):
        found = _listed(values, key)
        for each in found:
            left = [other for other in found if other != each]
            yield key, each, "left out", values | {key: left}
    if kind == "availability" and "excludes" in values:
        windows = any(term.hours for term in agreement.of(WindowTerm))
        for each in (*MAINTENANCE, *(("standing windows",) if windows else ())):
            if each not in _listed(values):
                yield "excludes", each, "put in", values | {"excludes": [*_listed(values), each]}


def _listed(values: Values, key: str = "excludes") -> list[str]:
    found = values.get(key, [])
    return [found] if isinstance(found, str) else list(found)


def _units(values: Values) -> Iterator[Changed]:
    """Units of time, days of the week, and what a time counts from."""
    for path, text, put in leaves(values):
        for now in _other_units(text):
            yield "/".join(path), text, now, put(now)


def _other_units(text: str) -> Iterator[str]:
    for pattern, others in UNITS:
        for match in re.finditer(pattern, text):
            for other in others:
                yield f"{text[: match.start()]}{other}{text[match.end() :]}"
