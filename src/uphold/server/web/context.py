"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The reader, and the viewer where somebody is signed in."""
    return {
        "reader": getattr(request, "reader", None),
        "viewer": getattr(request, "viewer", None),
    }
