"""The app's name to Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Facts appended in one order, with everything that is written with them."""

    name = "uphold.server.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Has the guards put up with the tables, and tells the worker what the ledger does."""
        from uphold.server.ledger import guards, importing, reprojecting  # noqa: F401 - both register work

        post_migrate.connect(guards.put_up, sender=self)
