"""The app's name to Django."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DemoConfig(AppConfig):
    """The switch between people, where settings ask for it."""

    name = "uphold.server.demo"
    label = "demo"

    def ready(self) -> None:
        """Refuses to be part of a server that is not a demo: its switch asks for no password."""
        if getattr(settings, "DEMO", False) is not True:
            raise ImproperlyConfigured(
                "uphold.server.demo lets anybody in without a password; it works under"
                " uphold.server.demo.settings alone (`uphold demo`)"
            )
