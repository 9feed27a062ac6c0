"""What the tests of accounts share: the two providers of `tests.server.people`."""

from tests.server.people import world

__all__ = ["world"]
