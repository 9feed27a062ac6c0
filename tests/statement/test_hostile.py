"""Statements that somebody bent on mischief seals with a right key: judged, never a traceback."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.statement.made import KEY, sealed

from uphold.messages import Reader
from uphold.statement import Statement, Status, seal, verify
from uphold.statement.form import PARTS

WHOLE = {name: json.loads(sealed())[name] for name in PARTS}
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**53 - 1, 1 - 2**53, 1.5, "", "x", "~", "\x00", "🦑"),
    *([], {}, ["x"], {"x": 1}, [[]], [None], "9" * 400),
    *("2026-08-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-13-01"),
)


def ways(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside, outermost first."""
    if path:
        yield path
    if isinstance(value, dict):
        for name in value:
            yield from ways(value[name], (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from ways(each, (*path, place))


PATHS = tuple(ways(WHOLE))


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PATHS),
            st.sampled_from(["put", "put", "drop", "insert"]),
            st.sampled_from(ODD),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_change_is_judged_in_words(changes: list[tuple[tuple[Any, ...], str, Any]]) -> None:
    parts = copy.deepcopy(WHOLE)
    for path, how, value in changes:
        changed(parts, path, how, copy.deepcopy(value))
    parts = {**dict.fromkeys(PARTS), **parts}
    found = verify(seal(Statement.of(parts), KEY).to_bytes())
    text = Reader("en").text(found.message)
    assert text
    assert not text.startswith("[")
    if json.dumps(parts, sort_keys=True) != json.dumps(WHOLE, sort_keys=True):
        assert found.status in (Status.DIFFERS, Status.UNREADABLE)


def changed(parts: Any, path: tuple[Any, ...], how: str, value: Any) -> None:
    """Changes a value in place; a path that an earlier change took away changes nothing."""
    try:
        for step in path[:-1]:
            parts = parts[step]
        if how == "drop":
            del parts[path[-1]]
        elif how == "insert" and isinstance(parts, list):
            parts.insert(path[-1], value)
        else:
            parts[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        return
