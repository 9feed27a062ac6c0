"""numpy's datetime64 and timedelta64 as int64 microseconds, and back.

datetime64 has no zone; it is taken and given as UTC. Values that microseconds cannot hold
exactly, and "not a time", are refused rather than rounded or passed on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from uphold.worktime.errors import BadArray

_NOT_A_TIME: Final = np.iinfo(np.int64).min
_KINDS: Final = {"M": "datetime64", "m": "timedelta64"}


def instants(name: str, values: ArrayLike) -> NDArray[np.int64]:
    """Return datetime64 values, taken as UTC, as microseconds since 1970-01-01T00:00Z."""
    return _microseconds(name, np.asarray(values), "M", "UTC datetime64[us]")


def amounts(name: str, values: ArrayLike | timedelta) -> NDArray[np.int64]:
    """Return timedelta64 values, or one timedelta, as microseconds."""
    given = np.timedelta64(values, "us") if isinstance(values, timedelta) else values
    return _microseconds(name, np.asarray(given), "m", "timedelta64[us], or one timedelta")


def as_instants(microseconds: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return microseconds as datetime64[us] in UTC, over the same memory."""
    return microseconds.view("M8[us]")


def as_amounts(microseconds: NDArray[np.int64]) -> NDArray[np.timedelta64]:
    """Return microseconds as timedelta64[us], over the same memory."""
    return microseconds.view("m8[us]")


def _microseconds(name: str, given: NDArray[Any], kind: str, right: str) -> NDArray[np.int64]:
    if given.dtype.kind != kind:
        raise BadArray(name, f"it holds {given.dtype} values", f"give {right}")
    if np.datetime_data(given.dtype)[0] == "generic":
        raise BadArray(name, "its values have no unit", f"give {right}")
    converted = given.astype(f"{_KINDS[kind]}[us]", copy=False)
    exact = converted is given
    if exact and (given.size == 0 or given.view(np.int64).min() != _NOT_A_TIME):
        return given.view(np.int64)
    # "Not a time" differs from itself, so it is found here too.
    lossy = converted.astype(given.dtype) != given
    if lossy.any():
        item = int(np.flatnonzero(lossy)[0])
        value = given.reshape(-1)[item]
        problem = (
            "is no time" if np.isnat(value) else "cannot be held in 64 bits of whole microseconds"
        )
        raise BadArray(name, f"item {item}, {value}, {problem}", f"give {right}")
    return converted.view(np.int64)
