"""The app's name to Django."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """Work that is due: rows with a time and a lease, handled once."""

    name = "uphold.server.worker"
    label = "worker"

    def ready(self) -> None:
        """Makes the worker's own kind of work known."""
        from uphold.server.worker import housekeeping  # noqa: F401 - registers itself
