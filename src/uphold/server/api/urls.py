"""Addresses of this app: the operations of version 1, their description, and its page."""

from django.urls import URLPattern, URLResolver, path, re_path

from uphold.server.api import pages
from uphold.server.api.door import nowhere, through_the_door
from uphold.server.api.interface import interface

app_name = "api"


def _operations() -> list[URLPattern | URLResolver]:
    """Ninja's addresses without its own root page, each behind the door."""
    found: list[URLPattern | URLResolver] = []
    for each in interface.urls[0]:
        assert isinstance(each, URLPattern)
        if each.name != "api-root":
            each.callback = through_the_door(each.callback)
            found.append(path(f"v1/{each.pattern}", each.callback, name=each.name))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", pages.openapi, name="openapi"),
    path("v1/docs", pages.docs, name="docs"),
    *_operations(),
    re_path(r"^v1/(?:.*)$", nowhere, name="nowhere"),
]
