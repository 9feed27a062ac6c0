"""The app's name to Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Requests, complaints and orders: queue, conversation, clocks; desk and portal."""

    name = "uphold.server.desk"
    label = "desk"
