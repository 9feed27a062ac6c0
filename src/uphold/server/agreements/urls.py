"""Addresses of this app. Those of an agreement begin with its name, which begins with no hyphen."""

from django.urls import URLPattern, URLResolver, path

from uphold.server.agreements.pages import posting, reading

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.shelf, name="list"),
    path("-/post/", posting.post, name="post"),
    path("-/check/", posting.check, name="check"),
    path("<str:name>/", reading.current, name="agreement"),
    path("<str:name>/compare/", reading.compared, name="compare"),
    path("<str:name>/<int:number>/", reading.revision, name="revision"),
    path("<str:name>/<int:number>/source", reading.source, name="source"),
]
