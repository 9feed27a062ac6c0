"""The app's name to Django."""

from django.apps import AppConfig


class UptimeConfig(AppConfig):
    """Maintenance, and later services, checks, evidence and outages."""

    name = "uphold.server.uptime"
    label = "uptime"
