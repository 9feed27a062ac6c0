"""The app's name to Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shell of every page: templates, styles, words, the viewer's zone and language."""

    name = "uphold.server.web"
    label = "web"
