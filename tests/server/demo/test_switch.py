"""The switch between people: anybody may be anybody in the demo, and there is none elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.template.loader import get_template
from django.test import Client, override_settings

from uphold.server.accounts.kinds import Role
from uphold.server.demo.loading import make_parties
from uphold.server.demo.party import Somebody
from uphold.server.demo.world import HOUSES

EASYMEETING = HOUSES[0]
LISTED = [each for _, each in EASYMEETING.everybody() if each.tries]


def named(name: str) -> Somebody:
    return next(each for _, each in EASYMEETING.everybody() if each.name == name)


@pytest.fixture
def demo(db: None) -> Iterator[Client]:
    """A browser in a demo that holds one house, without its history."""
    changed = override_settings(
        INSTALLED_APPS=["uphold.server.demo", *configured.INSTALLED_APPS],
        ROOT_URLCONF="uphold.server.demo.urls",
        LOGIN_URL="demo:people",
    )
    with override_settings(DEMO=True), changed:  # the app asks for DEMO as it is installed
        make_parties(EASYMEETING)
        yield Client()


def test_a_visitor_is_asked_whom_to_be(demo: Client) -> None:
    assert demo.get("/").headers["Location"] == "/demo/"
    page = demo.get("/demo/").content.decode()
    for somebody in LISTED:
        assert somebody.name in page
        assert f'value="{somebody.key}"' in page


def test_a_click_makes_one_somebody_and_another_click_somebody_else(demo: Client) -> None:
    for name in ("Henrik Aasen", "Grace Whitcombe"):
        answer = demo.post("/demo/switch", {"person": named(name).key})
        assert answer.status_code == 302
        page = demo.get("/demo/")
        assert page.context["viewer"].person == named(name).key
        assert f"{name}," in page.content.decode()


def test_the_bar_stands_above_every_page_in_the_readers_language(demo: Client) -> None:
    demo.post("/demo/switch", {"person": named("Elena Quiroga").key})
    page = demo.get("/no-such-page").content.decode()
    assert 'class="demo-bar"' in page
    assert "Ser otra persona" in page


def test_only_the_demos_own_people_can_be_switched_to(demo: Client) -> None:
    home = get_user_model().objects.get(key=named("Henrik Aasen").key)
    real = get_user_model().objects.create_user("real@company.example", None, key="p0", name="R")
    real.memberships.create(
        organisation=home.memberships.get().organisation, role=str(Role.ADMINISTRATOR)
    )
    for key in (real.key, "", "p-of-nobody", HOUSES[1].people[0].key):
        assert demo.post("/demo/switch", {"person": key}).status_code == 404
    assert "_auth_user_id" not in demo.session


def test_somebody_who_was_erased_or_sent_away_cannot_be_switched_to(demo: Client) -> None:
    somebody = named("Petter Olaussen")
    get_user_model().objects.filter(key=somebody.key).update(is_active=False)
    assert demo.post("/demo/switch", {"person": somebody.key}).status_code == 404


def test_another_site_cannot_switch_for_one(demo: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/switch", {"person": named("Henrik Aasen").key}).status_code == 403
    assert demo.get("/demo/switch").status_code == 405


@pytest.mark.django_db
def test_without_the_demo_there_is_no_switch(client: Client) -> None:
    make_parties(EASYMEETING)
    key = named("Ingrid Solbakken").key
    for answer in (
        client.get("/demo/"),
        client.get("/demo/switch"),
        client.post("/demo/switch", {"person": key}),
    ):
        assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert not apps.is_installed("uphold.server.demo")
    assert "demo" not in get_template("web/above.html").origin.name  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_without_the_demo_its_people_have_no_password_to_come_in_by(client: Client) -> None:
    make_parties(EASYMEETING)
    for password in ("", "demo", "password"):
        email = named("Ingrid Solbakken").email
        client.post("/accounts/login/", {"login": email, "password": password})
        assert "_auth_user_id" not in client.session
