"""The log: what it says of each request, and what it never says."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from tests.server.people import World

from uphold.server.running import logs
from uphold.server.running.logs import JsonLines, Patterns, TextLines

SECRET = "s3cret-in-the-path"


def broken(request: HttpRequest, secret: str) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def fine(request: HttpRequest, secret: str) -> HttpResponse:
    return HttpResponse(logs.request_id.get())


urlpatterns = [path("broken/<str:secret>/", broken), path("fine/<str:secret>/", fine)]


class Kept(logging.Handler):
    """Keeps lines as JSON would have them, behind the filter that every handler has."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.addFilter(Patterns())
        self.setFormatter(JsonLines())
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def kept() -> Iterator[list[dict[str, Any]]]:
    handler = Kept()
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def own_pages() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_secrets(
    own_pages: Client, kept: list[dict[str, Any]]
) -> None:
    answer = own_pages.get(f"/fine/{SECRET}/?token={SECRET}")
    [line] = kept
    assert line["message"] == "request"
    assert {name: line[name] for name in ("method", "path", "status", "person")} == {
        "method": "GET",
        "path": "/fine/<str:secret>/",
        "status": 200,
        "person": "",
    }
    assert line["request_id"] == answer["X-Request-ID"] == answer.content.decode()
    assert SECRET not in json.dumps(kept)


def test_people_are_named_by_their_key_alone(world: World, kept: list[dict[str, Any]]) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        world.client("fjord user").get(f"/fine/{SECRET}/")
    person = world.person("fjord user")
    line = kept[-1]
    assert line["person"] == person.key
    assert person.name and person.email
    assert not any(text in json.dumps(kept) for text in (person.name, person.email, SECRET))


@pytest.mark.django_db
def test_a_fault_is_logged_with_its_traceback_and_the_id_that_its_page_shows(
    own_pages: Client, kept: list[dict[str, Any]]
) -> None:
    answer = own_pages.get(f"/broken/{SECRET}/")
    assert answer.status_code == 500
    fault, request = kept
    assert fault["message"] == "GET /broken/<str:secret>/ failed"
    assert "RuntimeError: broken on purpose" in fault["traceback"]
    assert fault["request_id"] == request["request_id"] == answer["X-Request-ID"]
    assert request["status"] == 500
    assert SECRET not in json.dumps(kept)


@pytest.mark.django_db
def test_the_id_is_the_proxys_where_there_is_one(
    own_pages: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(text: str) -> str:
        answer = own_pages.get("/fine/x/", headers={"X-Request-ID": text})
        return str(answer["X-Request-ID"])

    assert given("from-a-stranger") != "from-a-stranger"
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, proxy=True))
    assert given("from-the-proxy") == "from-the-proxy"
    assert given("forged\nline") != "forged\nline"


def test_a_line_for_people_stays_one_line() -> None:
    record = logging.makeLogRecord(
        {"msg": "two\nlines", "levelname": "INFO", "created": 0.0, "worker": "host:7"}
    )
    assert TextLines().format(record) == "00:00:00.000Z info    two\\nlines worker=host:7"
