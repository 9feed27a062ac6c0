"""The app's name to Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Facts appended in one order, with everything that is written with them."""

    name = "uphold.server.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Makes the work that the ledger leaves to the worker known to it."""
        from uphold.server.ledger import reprojecting  # noqa: F401 - registers what it handles
