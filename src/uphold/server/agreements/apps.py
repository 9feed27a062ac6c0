"""The app's name to Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Published revisions, their translations, and what may be read of them."""

    name = "uphold.server.agreements"
    label = "agreements"
