"""The app's name to Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, people, roles, contacts, training, sign-in, tokens."""

    name = "uphold.server.accounts"
    label = "accounts"
