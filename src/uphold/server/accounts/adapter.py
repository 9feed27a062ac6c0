"""How people come in: by invitation alone."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # without types
    """Nobody signs up; people are invited by an administrator, the first by the set-up link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def client_address(request: HttpRequest) -> str:
    """Where a request comes from, as the limits on signing in count it; empty where unknown.

    Behind a proxy it is what the proxy says (UPHOLD_PROXY).
    """
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""
