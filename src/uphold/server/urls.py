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
    path("", include("uphold.server.desk.thing_urls")),
]

handler400 = "uphold.server.web.errors.bad_request"
handler403 = "uphold.server.web.errors.forbidden"
handler404 = "uphold.server.web.errors.not_found"
handler500 = "uphold.server.web.errors.fault"
