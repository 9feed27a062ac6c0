"""The app's name to Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, people, roles, contacts, training, sign-in, tokens."""

    name = "uphold.server.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Lets the ledger keep the register of customers."""
        from uphold.server.accounts.registering import Register
        from uphold.server.ledger.projecting import register

        register(Register())
