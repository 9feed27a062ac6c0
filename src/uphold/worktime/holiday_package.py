"""One country's class of the `holidays` library, without importing all the others.

Importing the library runs the packages of every country and every lunar calendar, which
takes half a second; one country needs a tenth of that. While a country's module is
imported here, the library's packages stand in as shells that import a part when it is
asked for. Afterwards the shells are taken away again, so that anyone else who imports
`holidays` gets the library as it is.
"""

import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

_SHELLS = ("holidays", "holidays.calendars", "holidays.groups", "holidays.countries")
_LOCK = RLock()
# The shells' modules are gone from sys.modules; their classes still need them.
_KEPT: dict[str, ModuleType] = {}


class _Shell(ModuleType):
    """A package that imports a part of itself only when the part is asked for."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name)
        self.__path__ = [str(folder)]
        self._homes = _names_and_homes((folder / "__init__.py").read_text("utf-8"))

    def __getattr__(self, name: str) -> Any:
        home = self._homes.get(name)
        if home is None:
            raise AttributeError(f"{self.__name__} has no {name}")
        return getattr(importlib.import_module(home), name)


@lru_cache(maxsize=1)
def country_codes() -> dict[str, tuple[str, str]]:
    """Return the module and class for each country code and alias: NO, NOR, US, USA, UK."""
    countries: dict[str, tuple[str, ...]] = _module("holidays.registry").COUNTRIES
    return {
        code: (module, names[0])
        for module, names in countries.items()
        for code in names[1:]
        if 2 <= len(code) <= 3
    }


def country_class(code: str) -> Any:
    """Return the library's class for a code that `country_codes` holds."""
    module, name = country_codes()[code]
    return getattr(_module(f"holidays.countries.{module}"), name)


def _module(name: str) -> ModuleType:
    """Return one of the library's modules, imported with as little else as can be."""
    with _LOCK:
        present = _KEPT.get(name) or sys.modules.get(name)
        if present is not None:
            return present
        try:
            with _shells():
                return importlib.import_module(name)
        except (ImportError, AttributeError):
            # Some countries lean on names that only the whole library defines.
            _KEPT.clear()
        return importlib.import_module(name)


@contextmanager
def _shells() -> Iterator[None]:
    """Let shells stand for the library's packages, and leave sys.modules as it was."""
    others = {name: module for name, module in sys.modules.items() if _is_library(name)}
    if "holidays" in others:
        yield
        return
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("No module named 'holidays'", name="holidays")
    folder = Path(spec.origin).parent
    sys.modules.update(_KEPT)
    for name in _SHELLS:
        place = folder.joinpath(*name.split(".")[1:])
        sys.modules.setdefault(name, _Shell(name, place))
    try:
        yield
    finally:
        for name in [name for name in sys.modules if _is_library(name)]:
            _KEPT[name] = sys.modules.pop(name)


def _is_library(name: str) -> bool:
    return name == "holidays" or name.startswith("holidays.")


def _names_and_homes(source: str) -> dict[str, str]:
    """Return where a package's `from holidays.x.y import A, B` lines take each name from."""
    homes: dict[str, str] = {}
    pattern = r"^from (holidays[\w.]*) import (?:\(([^)]*)\)|([^(\n]*))$"
    for home, many, few in re.findall(pattern, source, re.MULTILINE):
        for name in re.findall(r"\w+", many or few):
            homes[name] = home
    return homes
