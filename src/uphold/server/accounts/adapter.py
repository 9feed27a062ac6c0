"""How people come in: by invitation alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; people are invited by an administrator, the first by the set-up link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
