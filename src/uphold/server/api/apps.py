"""The app's name to Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The REST interface and its OpenAPI description."""

    name = "uphold.server.api"
    label = "api"
