"""The app's name to Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Facts appended in one order, with everything that is written with them."""

    name = "uphold.server.ledger"
    label = "ledger"
