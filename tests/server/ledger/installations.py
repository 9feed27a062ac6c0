"""Whole installations of a test's own, on real files and servers, beside the suite's database.

What several processes or threads do to one database cannot be shown inside a test's transaction,
nor on SQLite in memory.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from tests.server.postgresql import started

from uphold.server.environment import read_environment

_names: Final = count(1)


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation with its tables; `inside` makes it the one that the server works on."""

    url: str

    @contextmanager
    def inside(self) -> Iterator[None]:
        """In the block, and in this thread, the server's database is this one."""
        before = connections["default"]
        own = self._connection()
        connections["default"] = own
        try:
            yield
        finally:
            own.close()
            connections["default"] = before

    def in_threads(self, work: Any, times: int) -> list[Any]:
        """What the work gives, called with 0, 1, …, each in a thread with a connection."""

        def one(number: int) -> Any:
            with self.inside():
                return work(number)

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    def _connection(self) -> BaseDatabaseWrapper:
        settings = dict(read_environment({"UPHOLD_DATABASE": self.url}).database)
        connections.configure_settings({"default": settings})
        wrapper = load_backend(str(settings["ENGINE"])).DatabaseWrapper(settings, "default")
        assert isinstance(wrapper, BaseDatabaseWrapper)
        return wrapper


@dataclass(slots=True)
class Installations:
    """Makes installations in a folder: migrated ones as copies of one that is made once."""

    folder: Path
    _templates: dict[str, Installation] = field(default_factory=dict)

    def empty(self, vendor: str) -> Installation:
        """One without tables."""
        name = f"own{os.getpid()}_{next(_names)}"
        if vendor == "sqlite":
            return Installation(f"sqlite:///{self.folder / name}.sqlite3")
        _on_server(f"CREATE DATABASE {name}")
        return Installation(_address(name))

    def new(self, vendor: str) -> Installation:
        """One with tables and nothing in them."""
        template = self._templates.get(vendor)
        if template is None:
            template = self._templates[vendor] = self.empty(vendor)
            with template.inside():
                call_command("migrate", verbosity=0, interactive=False)
        name = f"own{os.getpid()}_{next(_names)}"
        if vendor == "sqlite":
            path = self.folder / f"{name}.sqlite3"
            shutil.copy(template.url.removeprefix("sqlite:///"), path)
            return Installation(f"sqlite:///{path}")
        _on_server(f"CREATE DATABASE {name} TEMPLATE {_name(template)}")
        return Installation(_address(name))


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(started(), autocommit=True) as connection:
        connection.execute(statement)


def _address(name: str) -> str:
    """The server's address with another database."""
    before, mark, options = started().partition("?")
    return f"{before.rpartition('/')[0]}/{name}{mark}{options}"


def _name(installation: Installation) -> str:
    return installation.url.partition("?")[0].rpartition("/")[2]
