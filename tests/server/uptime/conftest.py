"""The parties and people that these tests share with those of the other apps."""

from tests.server.people import world

__all__ = ["world"]
