"""The people that the tests of this folder look as."""

from tests.server.people import world

__all__ = ["world"]
