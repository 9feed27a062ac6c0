"""The app's name to Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The REST interface and its OpenAPI description."""

    name = "uphold.server.api"
    label = "api"

    def ready(self) -> None:
        """Makes the app's own work known to the worker."""
        from uphold.server.api import forgetting  # noqa: F401 - registers its kind of work
