"""What a request bears once the middleware has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from uphold.messages import Reader
    from uphold.server.accounts.access import Viewer


class PageRequest(HttpRequest):
    """A request with its `viewer` (None for a visitor) and the `reader` its page is written for."""

    viewer: Viewer | None
    reader: Reader
    htmx: HtmxDetails
