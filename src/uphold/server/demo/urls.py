"""The server's addresses, and those of the switch."""

from django.urls import URLPattern, URLResolver, include, path

from uphold.server.demo import switch
from uphold.server.urls import handler400, handler403, handler404, handler500
from uphold.server.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_SWITCH = (
    [
        path("", switch.people, name="people"),
        path("switch", switch.switch, name="switch"),
    ],
    "demo",
)

urlpatterns: list[URLPattern | URLResolver] = [path("demo/", include(_SWITCH)), *own]
