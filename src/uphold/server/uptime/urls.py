"""Addresses of this app. Those of one piece of maintenance begin with its number."""

from django.urls import URLPattern, URLResolver, path

from uphold.server.uptime.pages import views

app_name = "uptime"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.maintenance, name="maintenance"),
    path("-/plan/", views.plan, name="plan"),
    path("-/plan/preview/", views.preview_plan, name="preview-plan"),
    path("<str:number>/", views.thing, name="thing"),
    path("<str:number>/<str:action>/", views.step, name="step"),
    path("<str:number>/<str:action>/preview/", views.preview_step, name="preview-step"),
]
