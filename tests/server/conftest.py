"""What all tests of the server share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from uphold.server.ledger import guards


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """A test that commits has its database emptied behind it, which the ledger's guards refuse.

    So they are taken down for that alone; Django's signal puts them up again right after.
    """
    operations = type(connection.ops)
    flush: Callable[..., Any] = operations.execute_sql_flush

    def unguarded(self: Any, sql_list: Any) -> None:
        guards.take_down(self.connection)
        flush(self, sql_list)

    operations.execute_sql_flush = unguarded  # type: ignore[method-assign]
    yield
    operations.execute_sql_flush = flush  # type: ignore[method-assign]
