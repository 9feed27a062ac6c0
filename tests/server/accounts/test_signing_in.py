"""Signing in: in the house's frame, with limits, second factors, and in the reader's language."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests.server.people import World
from tests.server.walking import addresses

from uphold.server.accounts import services
from uphold.server.accounts.models import Person

GOOD = "a long walk by the fjord"
LOGIN = "/accounts/login/"
OPEN = (LOGIN, "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/")
SIGNED_IN = (
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/me/",
    "/me/tokens/",
    "/parties/",
    "/parties/new/",
    "/parties/fjord/",
    "/parties/fjord/change/",
)
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))|<style|\sstyle=|\son[a-z]+=|javascript:", re.I
)


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


@pytest.fixture
def person(world: World) -> str:
    """The e-mail address of somebody with a password."""
    row = Person.objects.get(key=world.people["north administrator"])
    row.set_password(GOOD)
    row.save()
    return str(row.email)


def signed_in(email: str) -> Client:
    client = Client()
    answer = client.post(LOGIN, {"login": email, "password": GOOD})
    assert answer.status_code == 302, answer.content.decode()
    confirmed = client.post("/accounts/reauthenticate/", {"password": GOOD})
    assert confirmed.status_code == 302, confirmed.content.decode()
    return client


def test_pages_of_signing_in_bear_our_frame_and_nothing_inline(person: str) -> None:
    visitor, client = Client(), signed_in(person)
    for browser, paths in ((visitor, OPEN), (client, SIGNED_IN)):
        for path in paths:
            answer = browser.get(path)
            assert answer.status_code == 200, path
            page = answer.content.decode()
            assert "skip-link" in page, path
            assert not re.search(r'<input type="(?:email|password|text)"(?![^>]*class=)', page), (
                path
            )
            assert not INLINE.search(page), (path, INLINE.search(page))
            assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "language", "word"),
    [
        ("no", "nb", "Logg inn"),
        ("nb-NO", "nb", "Logg inn"),
        ("nl", "nl", "Aanmelden"),
        ("pl", "pl", "Zaloguj"),
        ("es", "es", "Iniciar sesión"),
        ("de,en;q=0.5", "en", "Sign In"),
    ],
)
@pytest.mark.django_db
def test_the_library_s_words_come_in_the_reader_s_language(
    asked: str, language: str, word: str
) -> None:
    page = Client(headers={"Accept-Language": asked}).get(LOGIN).content.decode()
    assert f'<html lang="{language}"' in page
    assert word.casefold() in page.casefold()


def test_whoever_guesses_is_stopped(person: str) -> None:
    client = Client()
    for _ in range(10):
        client.post(LOGIN, {"login": person, "password": "a guess"})
    stopped = client.post(LOGIN, {"login": person, "password": GOOD})
    assert stopped.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_and_unknown_people_look_alike(person: str) -> None:
    answers = [
        Client().post(LOGIN, {"login": email, "password": "not the password"})
        for email in (person, "nobody@example.org")
    ]
    pages = [re.sub(r'value="[^"]*"', "", each.content.decode()) for each in answers]
    assert answers[0].status_code == answers[1].status_code == 200
    assert pages[0] == pages[1]


def test_nobody_signs_up(world: World) -> None:
    before = Person.objects.count()
    form = {"email": "new@example.org", "password1": GOOD, "password2": GOOD}
    Client().post("/accounts/signup/", form)
    assert Person.objects.count() == before
    assert Client().get("/accounts/email/").status_code == 404


def test_a_second_factor_is_asked_for_once_it_is_set_up(person: str) -> None:
    client = signed_in(person)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    done = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert done.status_code == 302, done.content.decode()
    for path in ("/accounts/2fa/", "/accounts/2fa/recovery-codes/"):
        page = client.get(path)
        assert page.status_code == 200
        assert not INLINE.search(page.content.decode())
    codes = [each for each in page.context["unused_codes"] if each.isdigit()]
    assert len(codes) == 10
    again = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert not any(each in again for each in codes)
    assert client.get("/accounts/2fa/recovery-codes/download/").status_code in (403, 404)

    later = Client()
    first = later.post(LOGIN, {"login": person, "password": GOOD})
    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in later.session
    asked = later.get("/accounts/2fa/authenticate/").content.decode()
    assert not INLINE.search(asked)
    wrong = later.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in later.session


def test_a_forgotten_password_is_set_anew_by_mail(person: str, mailoutbox: list[object]) -> None:
    assert Client().post("/accounts/password/reset/", {"email": person}).status_code == 302
    mail = mailoutbox[0]
    link = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.body)  # type: ignore[attr-defined]  # Django's
    assert link is not None
    client = Client()
    opened = client.get(link[1], follow=True)
    form = {"password1": "another long walk", "password2": "another long walk"}
    assert client.post(opened.redirect_chain[-1][0], form).status_code == 302
    again = Client().post(LOGIN, {"login": person, "password": "another long walk"})
    assert again.status_code == 302


def test_somebody_who_was_sent_away_signs_in_no_more(world: World, person: str) -> None:
    services.add_role(
        world.people["north lead"],
        organisation=world.provider(),
        role=services.person_by_key(world.people["north administrator"]).roles[0],  # type: ignore[union-attr]  # known
    )
    services.send_away(world.people["north administrator"], organisation=world.provider())
    client = Client()
    client.post(LOGIN, {"login": person, "password": GOOD})
    assert "_auth_user_id" not in client.session


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(person: str) -> None:
    client = Client()
    client.get(LOGIN)
    before = client.session.session_key
    client.post(LOGIN, {"login": person, "password": GOOD})
    inside = client.session.session_key
    assert inside is not None
    assert inside != before
    stolen = Client()
    stolen.cookies["sessionid"] = inside
    assert stolen.get("/me/").status_code == 200
    assert client.get("/accounts/logout/").status_code == 200
    assert stolen.get("/me/").status_code == 200
    client.post("/accounts/logout/")
    assert stolen.get("/me/").status_code == 302


def test_another_password_ends_the_other_sessions(person: str) -> None:
    here, elsewhere = signed_in(person), signed_in(person)
    new = "another long walk"
    form = {"oldpassword": GOOD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_a_deactivated_person_is_out_at_once(world: World, person: str) -> None:
    client = signed_in(person)
    Person.objects.filter(email=person).update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_nobody_is_sent_to_another_site(person: str, elsewhere: str) -> None:
    answer = Client().post(f"{LOGIN}?next={elsewhere}", {"login": person, "password": GOOD})
    assert "evil" not in answer["Location"]
    for path in ("/language", "/theme"):
        form = {"language": "nl", "theme": "dark"}
        came_from = f"http://testserver{elsewhere.removeprefix('https:')}x?y=1"
        for referer in (elsewhere, came_from):
            answer = Client().post(path, form, headers={"referer": referer})
            assert re.match(r"/(?![/\\])", answer["Location"]), (referer, answer["Location"])


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_not_answered() -> None:
    for path in ("/", LOGIN, "/accounts/password/reset/"):
        assert Client().get(path, headers={"host": "evil.example"}).status_code == 400
        forwarded = Client().get(path, headers={"x-forwarded-host": "evil.example"})
        assert "evil" not in forwarded.get("Location", "") + forwarded.content.decode()


def test_every_form_wants_its_token(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.client("north administrator").cookies
    asked = 0
    for address in addresses():
        if address.route.startswith("api/"):
            continue
        values = dict.fromkeys(address.parameters, ("1",))
        for path in address.paths(values | {"things": ("requests",), "subject": ("request:1",)}):
            assert browser.post(path).status_code == 403, path
            asked += 1
    assert asked > 40


def test_pages_forbid_what_no_page_needs(person: str) -> None:
    client = signed_in(person)
    answer = client.get("/parties/")
    told = {name: answer[name] for name in HEADERS}
    assert told == HEADERS
    assert "'unsafe" not in answer["Content-Security-Policy"]
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


HEADERS = {
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.django_db
def test_behind_a_proxy_guesses_count_against_whoever_makes_them(
    person: str, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        headers = {"x-forwarded-for": f"10.0.0.{number}, 192.0.2.1"}
        form = {"login": f"{number}@example.org", "password": "a guess"}
        Client().post(LOGIN, form, headers=headers)
    form = {"login": person, "password": GOOD}
    stopped = Client().post(LOGIN, form, headers={"x-forwarded-for": "192.0.2.1"})
    assert stopped.status_code != 302
    let_in = Client().post(LOGIN, form, headers={"x-forwarded-for": "192.0.2.1, 192.0.2.2"})
    assert let_in.status_code == 302


def test_a_language_chosen_on_a_page_is_the_person_s_from_then_on(world: World) -> None:
    client = world.client("fjord user")
    client.post("/language", {"language": "pl"}, headers={"referer": "http://testserver/me/"})
    assert world.person("fjord user").language == "pl"
    assert client.post("/language", {"language": "tlh"}).status_code == 400
