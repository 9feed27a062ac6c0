"""Addresses of the agents' queue."""

from django.urls import URLPattern, path

from uphold.server.desk.pages import queue

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path("views/save", queue.save_filter, name="save-filter"),
    path("views/forget", queue.forget_filter, name="forget-filter"),
    path("warnings/seen", queue.seen_alarm, name="seen-alarm"),
]
