"""Whatever is sent to the forms of parties and people: an answer in words, never a fault."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker
from tests.server.people import World, make_world

from uphold.server.accounts import services
from uphold.server.accounts.deeds import DEEDS

FIELDS = (
    "name",
    "key",
    "kind",
    "sold_by",
    "language",
    "zone",
    "email",
    "role",
    "person",
    "what",
    "words",
    "account",
    "agreement",
    "plan",
    "region",
    "office",
    "fee",
    "addition",
    "service",
    "from",
    "until",
    "organisation",
    "scopes",
    "expires",
    "password",
    "provider",
)
NASTY = st.sampled_from(
    [
        "",
        "\x00",
        "\ud800",
        "a" * 5_000,
        "0" * 400,
        "-1",
        "9" * 30,
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "1e999 EUR",
        "NaN EUR",
        "10.00 EUR",
        "Europe/Oslo",
        "../../etc/passwd",
        "{{ 7 }}{% now %}",
        "<script>alert(1)</script>",
        "customer",
        "user",
        "technical",
        "fjord",
        "delta",
        "'; DROP TABLE x; --",
        "\u202e\u0000\u200f",
        "a\nb",
        "ann@example.org",
    ]
)
FORM = st.dictionaries(st.sampled_from(FIELDS), NASTY | st.text(max_size=40), max_size=10)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, str]]:
    """The two providers and an open set-up link, for all examples together."""
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), transaction.atomic():
        path = services.setup_link(another=True)
        assert path is not None
        yield make_world(), path
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def _send(client: Client, path: str, form: dict[str, str]) -> None:
    """What a form sends, in whatever bytes; what it did is undone."""
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
    with transaction.atomic():
        status = client.post(path, sent).status_code
        transaction.set_rollback(True)
    assert status < 500, (path, sent, status)


@pytest.mark.django_db
@settings(max_examples=50)
@given(form=FORM, what=st.sampled_from(sorted(DEEDS)), key=st.sampled_from(["fjord", "quay"]))
def test_deeds_on_the_page_of_a_party(
    house: tuple[World, str], form: dict[str, str], what: str, key: str
) -> None:
    client = house[0].client("north administrator")
    people = house[0].people
    if "person" in form and form["person"] == "user":
        form = form | {"person": people["fjord user"]}
    _send(client, f"/parties/{key}/{what}/", form)


@pytest.mark.django_db
@settings(max_examples=40)
@given(
    form=FORM,
    path=st.sampled_from(
        ["/parties/new/", "/parties/fjord/change/", "/me/", "/me/tokens/", "/me/organisation/"]
    ),
)
def test_forms_of_parties_and_of_oneself(
    house: tuple[World, str], form: dict[str, str], path: str
) -> None:
    _send(house[0].client("north administrator"), path, form)


@pytest.mark.django_db
@settings(max_examples=15)
@given(form=FORM)
def test_the_set_up(house: tuple[World, str], form: dict[str, str]) -> None:
    _send(Client(), house[1], form)


@pytest.mark.django_db
@settings(max_examples=15)
@given(search=NASTY | st.text(max_size=60), secret=st.text("ab/%.\\ø", min_size=1, max_size=20))
def test_searches_and_links(house: tuple[World, str], search: str, secret: str) -> None:
    client = house[0].client("north administrator")
    query = search.encode("utf-8", "replace").decode()
    assert client.get("/parties/", {"q": query}).status_code == 200
    for kind in ("setup", "join", "offer"):
        assert Client().get(f"/{kind}/{secret}/").status_code < 500


FORM_TYPE = "application/x-www-form-urlencoded"
BODIES = {
    "utf-16": (b"\xff\xfe\x00name=\xff", f"{FORM_TYPE}; charset=utf-16"),
    "no utf-8": (b"name=%FF%FE%00", FORM_TYPE),
    "latin-1": (b"name=\xe6\xf8\xe5", f"{FORM_TYPE}; charset=latin-1"),
    "no charset": (b"name=x", f"{FORM_TYPE}; charset=no-such"),
    "no parts": (b"not a form", "multipart/form-data; boundary=x"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "json": (b'{"name": 1}', "application/json"),
    "many": (b"&".join(b"a%d=1" % number for number in range(1_000)), FORM_TYPE),
    "huge": (b"name=" + b"a" * (17 * 1024 * 1024), FORM_TYPE),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "content_type"), BODIES.values(), ids=BODIES)
def test_bodies_that_no_page_of_ours_sends(
    house: tuple[World, str], body: bytes, content_type: str
) -> None:
    client = house[0].client("north administrator")
    for path in ("/parties/fjord/invite/", "/me/", "/accounts/login/"):
        answer = client.generic("POST", path, body, content_type=content_type)
        assert answer.status_code < 500, (path, answer.status_code)
