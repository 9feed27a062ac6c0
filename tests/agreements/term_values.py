"""The texts of a term, each with what puts another in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Values = dict[str, Any]
Put = Callable[[str], Values]
"""All values of a term with another text in one place."""

TEXTS = frozenset({"quotes", "interpretation", "title", "chargeable", "of", "for", "alerts"})
"""What measures and prices nothing: words for people, and the names of other terms."""


def leaves(values: Values) -> Iterator[tuple[tuple[str, ...], str, Put]]:
    """Each text that measures or prices, the keys of tables too, by its path."""
    for key, value in values.items():
        if key in TEXTS:
            continue
        if isinstance(value, str):
            yield (key,), value, _putting(values, key)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                yield (key, str(place)), item, _putting_item(values, key, place)
        elif isinstance(value, dict):
            for name, text in value.items():
                yield (key, name), text, _putting_row(values, key, name)
                yield (key, "row"), name, _putting_name(values, key, name)


def _putting(values: Values, key: str) -> Put:
    return lambda now: values | {key: now}


def _putting_item(values: Values, key: str, place: int) -> Put:
    items = values[key]
    return lambda now: values | {key: [*items[:place], now, *items[place + 1 :]]}


def _putting_row(values: Values, key: str, name: str) -> Put:
    return lambda now: values | {key: values[key] | {name: now}}


def _putting_name(values: Values, key: str, name: str) -> Put:
    rows = values[key].items()
    return lambda now: values | {key: {now if each == name else each: row for each, row in rows}}
