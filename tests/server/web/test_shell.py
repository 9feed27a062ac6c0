"""The shell of every page: the way in, choices that stay, and pages for what went wrong."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.server.people import World

from uphold.server.accounts.access import NotAllowed, NotFound
from uphold.server.accounts.kinds import May
from uphold.server.web.errors import Refusals, fault
from uphold.server.web.navigation import PERSONAL, PLACES, links


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("name", "first"),
    [("north agent", "/desk/"), ("fjord user", "/portal/"), ("quay seller", "/portal/")],
)
def test_everybody_begins_where_their_work_is(world: World, name: str, first: str) -> None:
    answer = world.client(name).get("/")
    assert (answer.status_code, answer["Location"]) == (302, first)


@pytest.mark.django_db
def test_somebody_of_no_organisation_is_told_what_to_do(client: Client) -> None:
    person = get_user_model()(email="nobody@example.org", key="p-nobody")
    person.save()
    client.force_login(person)
    answer = client.get("/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert "belongs to no organisation" in answer.content.decode()


def test_every_place_of_the_navigation_opens_for_whom_it_is_shown_to(world: World) -> None:
    for name in ("north administrator", "north agent", "fjord super user", "quay seller"):
        viewer, client = world[name], world.client(name)
        for link in (*links(viewer, "/", PLACES), *links(viewer, "/", PERSONAL)):
            assert client.get(link.href, follow=True).status_code == 200, f"{link.href} as {name}"


def test_the_place_one_is_in_is_marked(world: World) -> None:
    page = world.client("north agent").get("/desk/").content.decode()
    assert page.count('aria-current="true"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is nothing here"),
        ("nb", "Her er det ingenting"),
        ("pl", "Tu nic nie ma"),
        ("nl", "Hier is niets"),
        ("es", "Aquí no hay nada"),
    ],
)
def test_what_is_not_there_is_said_in_the_readers_language(
    client: Client, language: str, words: str
) -> None:
    answer = client.get("/nowhere", headers={"accept-language": language})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert words in page
    assert f'<html lang="{language}"' in page


def test_what_services_refuse_becomes_a_page(world: World) -> None:
    asked = _asked_by(world, "fjord user")
    refusals = Refusals(_nothing)
    not_found = refusals.process_exception(asked, NotFound())
    forbidden = refusals.process_exception(asked, NotAllowed(May.WORK))
    assert not_found is not None and forbidden is not None
    assert (not_found.status_code, forbidden.status_code) == (404, 403)
    assert refusals.process_exception(asked, ValueError("ours")) is None


@pytest.mark.django_db
def test_a_visitor_who_may_not_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/desk/")


def test_a_fault_is_told_without_asking_the_database() -> None:
    request = RequestFactory().get("/desk/", headers={"accept-language": "nl"})
    answer = fault(request)
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post("/language", {"language": "nb"})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()


@pytest.mark.django_db
def test_a_visitors_language_and_theme_stay(client: Client) -> None:
    client.post("/language", {"language": "pl"})
    client.post("/theme", {"theme": "dark"})
    page = client.get("/nowhere").content.decode()
    assert '<html lang="pl"' in page
    assert 'data-theme="dark"' in page


def test_a_persons_language_is_kept_with_the_person(world: World) -> None:
    world.client("fjord user").post("/language", {"language": "es"})
    elsewhere = world.client("fjord user").get("/nowhere")
    assert elsewhere["Content-Language"] == "es"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "sent"),
    [("/language", {"language": "de"}), ("/theme", {"theme": "pink"}), ("/theme", {})],
)
def test_a_choice_that_there_is_not_is_refused(
    client: Client, path: str, sent: dict[str, str]
) -> None:
    assert client.post(path, sent).status_code == 400
    assert client.get(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/desk/?late=yes", "/desk/?late=yes"),
        ("https://elsewhere.example/desk/", "/"),
        ("", "/"),
    ],
)
def test_a_choice_leads_back_to_a_page_of_ours(client: Client, came_from: str, back: str) -> None:
    answer = client.post("/theme", {"theme": "dark"}, headers={"referer": came_from})
    assert answer["Location"] == back


def _asked_by(world: World, name: str) -> HttpRequest:
    return world.client(name).get("/nowhere").wsgi_request


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
