"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from uphold.server.web import views

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("language", views.choose_language, name="language"),
    path("theme", views.choose_theme, name="theme"),
]
