"""Addresses of the customers' pages."""

from django.urls import URLPattern, path

from uphold.server.desk.pages import portal

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", portal.home, name="home"),
    path("all", portal.every, name="every"),
]
