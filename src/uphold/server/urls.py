"""Every address of the server, by app. Names are `app:page`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("uphold.server.web.urls")),
    path("", include("uphold.server.accounts.urls")),
    path("desk/", include("uphold.server.desk.urls")),
    path("portal/", include("uphold.server.desk.portal_urls")),
    path("maintenance/", include("uphold.server.uptime.urls")),
    path("agreements/", include("uphold.server.agreements.urls")),
    path("api/", include("uphold.server.api.urls")),
]
