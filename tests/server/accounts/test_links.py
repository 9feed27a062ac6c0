"""Links that work once: the set-up of a provider, first passwords, offers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client
from tests.server.people import World

from uphold.server import clock
from uphold.server.accounts import services
from uphold.server.accounts.kinds import May, Role
from uphold.server.accounts.models import Person, Standing

GOOD = "a long walk by the fjord"
SET_UP = {
    "provider": "Østfold Møteservice",
    "name": "Ann",
    "email": "Ann@Example.org",
    "password": GOOD,
    "language": "nb",
    "zone": "Europe/Oslo",
}


@pytest.mark.django_db
def test_the_first_link_makes_a_provider_with_its_administrator_and_signs_them_in() -> None:
    path = services.setup_link()
    assert path is not None
    client = Client()
    assert client.get(path).status_code == 200
    assert client.post(path, SET_UP).status_code == 302
    provider = services.providers()[0]
    assert (provider.key, provider.name) == ("ostfold-moteservice", "Østfold Møteservice")
    assert (provider.language, provider.zone) == ("nb", "Europe/Oslo")
    person = services.people_of(provider.id)[0]
    assert (person.email, person.roles, person.has_joined) == (
        "ann@example.org",
        (Role.ADMINISTRATOR,),
        True,
    )
    assert client.session["_auth_user_id"]
    assert services.has_administrator()


@pytest.mark.django_db
def test_a_set_up_link_works_once_and_there_is_none_once_somebody_administers() -> None:
    path = services.setup_link()
    assert path is not None
    Client().post(path, SET_UP)
    assert Client().get(path).status_code == 404
    assert Client().post(path, SET_UP | {"email": "bo@example.org"}).status_code == 404
    assert services.setup_link() is None
    assert services.setup_link(another=True) is not None
    assert len(services.providers()) == 1


@pytest.mark.django_db
def test_a_set_up_link_is_over_after_a_day_and_when_a_new_one_is_made() -> None:
    morning = datetime(2026, 3, 1, 8, tzinfo=UTC)
    with clock.clock_at(morning):
        first, second = services.setup_link(), services.setup_link()
    assert first is not None
    assert second is not None
    with clock.clock_at(morning + timedelta(hours=23)):
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200
    with clock.clock_at(morning + timedelta(hours=24)):
        assert Client().get(second).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("provider", " ", "Give a name"),
        ("provider", "☃", "small letters"),
        ("name", "", "Give a name"),
        ("email", "ann", "no e-mail address"),
        ("password", "12345678", "stronger password"),
        ("zone", "Europe/Olso", "no time zone"),
        ("language", "tlh", "There are no words"),
    ],
)
def test_a_set_up_that_cannot_be_says_at_the_field_what_would_be_right(
    field: str, value: str, right: str
) -> None:
    path = services.setup_link()
    assert path is not None
    answer = Client().post(path, SET_UP | {"language": "en", field: value})
    assert answer.status_code == 422
    assert right in answer.context["wrong"][field]
    assert services.providers() == ()
    assert Client().get(path).status_code == 200


def test_an_invited_person_sets_a_password_once(world: World) -> None:
    fjord = world.parties["fjord"]
    invited = services.invite(fjord.id, Role.USER, "new@example.org", "New", language="nl")
    assert not invited.is_offer
    client = Client()
    assert client.post(invited.path, {"password": "short"}).status_code == 422
    assert client.post(invited.path, {"password": GOOD}).status_code == 302
    assert client.session["_auth_user_id"]
    assert Client().post(invited.path, {"password": "some other long text"}).status_code == 404
    signed_in = Client().post("/accounts/login/", {"login": "new@example.org", "password": GOOD})
    assert signed_in.status_code == 302


def test_an_invitation_gives_a_colleague_one_more_role_and_no_way_to_their_password(
    world: World,
) -> None:
    fjord = world.parties["fjord"]
    key = world.people["fjord user"]
    email = world.person("fjord user").email
    Client().post(services.invite_again(key), {"password": GOOD})
    invited = services.invite(fjord.id, Role.SUPER_USER, email, "whatever")
    assert (invited.person, invited.path, invited.is_offer) == (key, "", False)
    assert world.person("fjord user").roles == (Role.USER, Role.SUPER_USER)
    assert world.person("fjord user").name == "Fjord user"
    with pytest.raises(services.NotDone):
        services.invite_again(key)


def test_who_works_elsewhere_is_let_in_only_by_their_own_yes(world: World) -> None:
    delta, key = world.parties["delta"], world.people["fjord user"]
    email = world.person("fjord user").email
    invited = services.invite(delta.id, Role.USER, email, "x", reach=frozenset({delta.id}))
    assert invited.is_offer
    assert key not in {each.key for each in services.people_of(delta.id)}
    assert world["fjord user"].provider == world.provider("north")

    somebody_else = world.client("delta super user")
    assert somebody_else.get(invited.path).status_code == 404
    assert somebody_else.post(invited.path).status_code == 404
    visitor = Client()
    assert "/accounts/login/" in visitor.post(invited.path)["Location"]

    invited_one = world.client("fjord user")
    assert "Delta" in invited_one.get(invited.path).content.decode()
    assert invited_one.post(invited.path).status_code == 302
    assert key in {each.key for each in services.people_of(delta.id)}
    assert invited_one.post(invited.path).status_code == 404


def test_a_link_of_one_kind_opens_nothing_of_another(world: World) -> None:
    first = services.invite(world.parties["fjord"].id, Role.USER, "new@example.org", "New").path
    elsewhere = world.person("south agent").email
    second = services.invite(world.parties["fjord"].id, Role.USER, elsewhere, "x").path
    set_up = services.setup_link(another=True)
    assert set_up is not None
    secrets = {"join": first, "offer": second, "setup": set_up}
    client = world.client("south agent")
    for kind in secrets:
        for other, path in secrets.items():
            if kind != other:
                crossed = f"/{kind}/{path.split('/')[2]}/"
                assert client.get(crossed).status_code == 404
                assert client.post(crossed, SET_UP).status_code == 404


def test_an_administrator_may_everything_and_the_last_one_stays(world: World) -> None:
    north = world.provider("north")
    assert all(world["north administrator"].may(what) for what in May)
    with pytest.raises(services.NotDone) as refused:
        services.send_away(world.people["north administrator"], organisation=north)
    assert refused.value.wrong[0].said.id == "accounts.last-administrator"
    services.add_role(world.people["north lead"], organisation=north, role=Role.ADMINISTRATOR)
    services.send_away(world.people["north administrator"], organisation=north)
    assert world.person("north administrator").is_active is False


def test_whoever_was_sent_away_everywhere_is_taken_in_again_by_their_own_yes(world: World) -> None:
    fjord, key = world.parties["fjord"], world.people["fjord user"]
    email = world.person("fjord user").email
    Client().post(services.invite_again(key), {"password": GOOD})
    services.send_away(key, organisation=fjord.id)
    lake = world.parties["lake"]
    invited = services.invite(lake.id, Role.TECHNICAL, email, "x", reach=frozenset({lake.id}))
    assert invited.is_offer
    browser = Client()
    asked = browser.get(invited.path)
    signed_in = browser.post(asked["Location"], {"login": email, "password": GOOD})
    assert signed_in["Location"] == invited.path
    assert browser.post(invited.path).status_code == 302
    assert world["fjord user"].customers == frozenset({"lake"})
    contact = Standing.objects.get(customer="lake", author=key)
    assert contact.what == "technical"


def test_whoever_was_sent_away_before_they_joined_is_invited_as_anybody(world: World) -> None:
    fjord = world.parties["fjord"]
    first = services.invite(fjord.id, Role.USER, "new@example.org", "New")
    services.send_away(first.person, organisation=fjord.id)
    assert Client().get(first.path).status_code == 404
    second = services.invite(world.parties["lake"].id, Role.USER, "new@example.org", "New")
    assert (second.person, second.is_offer) == (first.person, False)
    client = Client()
    assert client.post(second.path, {"password": GOOD}).status_code == 302
    assert client.get("/parties/lake/").status_code == 200


def test_of_two_who_invite_the_same_person_at_once_one_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looked before the first had written."""
    taken = world.person("fjord user").email
    monkeypatch.setattr("uphold.server.accounts.links.key_of_email", lambda _: None)
    looked = iter([False])
    exists = QuerySet.exists

    def looks(rows: QuerySet[Person]) -> bool:
        return next(looked, None) if rows.model is Person else exists(rows)  # type: ignore[return-value]  # bool once

    monkeypatch.setattr(QuerySet, "exists", looks)
    with pytest.raises(services.NotDone, match="email-taken"):
        services.invite(world.parties["lake"].id, Role.USER, taken, "x")
