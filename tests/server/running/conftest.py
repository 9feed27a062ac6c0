"""What the tests of running share."""

from tests.server.people import world

__all__ = ["world"]
