"""Addresses of this app."""

from django.urls import URLPattern, URLResolver

app_name = "uptime"
urlpatterns: list[URLPattern | URLResolver] = []
