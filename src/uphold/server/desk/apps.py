"""The app's name to Django, and what it gives to the ledger and the worker."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Requests, complaints and orders: queue, conversation, clocks; desk and portal."""

    name = "uphold.server.desk"
    label = "desk"

    def ready(self) -> None:
        """Lets the ledger write the desk's rows with the facts; brings the desk's kinds of work."""
        from uphold.server.desk import warnings  # noqa: F401 - registers what handles them
        from uphold.server.desk.projecting import DeskProjector
        from uphold.server.ledger.projecting import register

        register(DeskProjector())
