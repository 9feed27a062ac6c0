"""Addresses of requests, complaints and orders: the same for those who ask and who answer."""

from django.urls import URLPattern, path

from uphold.server.desk.pages import opening, thing

urlpatterns: list[URLPattern] = [
    path("new/<slug:things>", opening.new, name="new"),
    path("new/<slug:things>/preview", opening.preview, name="new-preview"),
    path("<slug:things>/<int:number>", thing.thing, name="thing"),
    path("<slug:things>/<int:number>/live", thing.live, name="thing-live"),
    path("<slug:things>/<int:number>/<slug:action>", thing.form, name="thing-action"),
    path("<slug:things>/<int:number>/<slug:action>/preview", thing.preview, name="thing-preview"),
    path("<slug:things>/<int:number>/<slug:action>/take", thing.take, name="thing-take"),
]
