"""Pages of parties and of oneself: who sees what there, and what they do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.server.people import World

from uphold.server import clock
from uphold.server.accounts import services
from uphold.server.accounts.kinds import May, Role
from uphold.server.accounts.models import Standing, Subscription, Token
from uphold.server.agreements.services import post

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def seen(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_staff_see_all_parties_and_a_reseller_its_customers(world: World) -> None:
    staff = seen(world.client("north agent"), "/parties/")
    assert all(f">{name}</a>" in staff for name in ("Fjord", "Lake", "Quay", "Pilot"))
    assert "Delta" not in staff
    reseller = seen(world.client("quay seller"), "/parties/")
    assert ">Lake</a>" in reseller
    assert "Fjord" not in reseller
    partner = seen(world.client("pilot seller"), "/parties/")
    assert "Lake" not in partner
    assert world.client("fjord user").get("/parties/")["Location"] == "/parties/fjord/"
    assert "Fjord" not in seen(world.client("north agent"), "/parties/?q=lak")
    assert "/parties/new/" not in staff
    assert "/parties/new/" in seen(world.client("north administrator"), "/parties/")


@pytest.mark.parametrize(
    ("who", "key", "status"),
    [
        ("north agent", "fjord", 200),
        ("north agent", "north", 200),
        ("north agent", "delta", 404),
        ("north agent", "south", 404),
        ("quay seller", "lake", 200),
        ("quay seller", "quay", 200),
        ("quay seller", "fjord", 404),
        ("quay seller", "north", 404),
        ("pilot seller", "lake", 404),
        ("fjord user", "fjord", 200),
        ("fjord super user", "lake", 404),
        ("fjord super user", "north", 404),
    ],
)
def test_a_party_is_there_for_those_who_see_it(
    world: World, who: str, key: str, status: int
) -> None:
    assert world.client(who).get(f"/parties/{key}/").status_code == status


def test_a_plain_user_sees_of_the_people_only_themselves(world: World) -> None:
    mine = seen(world.client("fjord user"), "/parties/fjord/")
    assert world.person("fjord user").email in mine
    assert "colleague" not in mine
    assert "colleague" in seen(world.client("fjord super user"), "/parties/fjord/")


def test_a_party_is_made_and_changed_by_an_administrator(world: World) -> None:
    client = world.client("north administrator")
    form = {"kind": "customer", "name": "Ås Hotell", "sold_by": "quay", "zone": "Europe/Oslo"}
    wrong = client.post("/parties/new/", form | {"language": "nb", "sold_by": "lake"})
    assert wrong.status_code == 422
    made = client.post("/parties/new/", form | {"language": "nb", "telephone": "+47 22 00 00 00"})
    assert made["Location"] == "/parties/as-hotell/"
    page = seen(client, "/parties/as-hotell/")
    assert "+47 22 00 00 00" in page
    assert world["quay seller"].acts_for("as-hotell")
    changed = form | {"language": "nb", "name": "Ås Hotell AS", "sold_by": ""}
    assert client.post("/parties/as-hotell/change/", changed).status_code == 302
    party = services.party(world.provider(), "as-hotell")
    assert party is not None
    assert (party.name, party.sold_by) == ("Ås Hotell AS", "")
    lead = world.client("north lead")
    assert lead.post("/parties/new/", form).status_code == 403
    assert lead.post("/parties/fjord/change/", form).status_code == 403


def test_an_invitation_shows_its_link_once(world: World) -> None:
    client = world.client("north administrator")
    form = {"role": "user", "email": "new@example.org", "name": "New"}
    assert client.post("/parties/fjord/invite/", form).status_code == 302
    page = seen(client, "/parties/fjord/")
    links = re.findall(r"http://testserver(/join/[\w-]+/)", page)
    assert len(links) == 1
    assert Client().get(links[0]).status_code == 200
    assert "/join/" not in seen(client, "/parties/fjord/")
    wrong = client.post("/parties/fjord/invite/", form | {"email": "no", "role": "agent"})
    assert wrong.status_code == 422


@pytest.mark.requirement("E1")
def test_a_reseller_manages_the_people_of_its_customers_and_of_nobody_else(world: World) -> None:
    reseller = world.client("quay seller")
    form = {"role": "user", "email": "new@example.org", "name": "New"}
    assert reseller.post("/parties/lake/invite/", form).status_code == 302
    assert "new@example.org" in {
        each.email for each in services.people_of(world.parties["lake"].id)
    }
    assert reseller.post("/parties/quay/invite/", form | {"role": "seller"}).status_code == 403
    for key in ("fjord", "north", "pilot", "delta", "oasis"):
        assert reseller.post(f"/parties/{key}/invite/", form).status_code == 404
    stranger = {"person": world.people["fjord user"]}
    for deed in ("send-away", "give-role", "take-role", "invite-again"):
        answer = reseller.post(f"/parties/lake/{deed}/", stranger | {"role": "user"})
        assert answer.status_code == 404, deed
    assert reseller.post("/parties/lake/train/", stranger).status_code == 403
    assert reseller.post("/parties/lake/charge/", {"fee": "1.00 EUR"}).status_code == 403


def test_whoever_works_for_another_provider_too_gets_no_new_password_link(world: World) -> None:
    email = world.person("delta user").email
    seller = world.client("quay seller")
    form = {"role": "user", "email": email, "name": "x"}
    seller.post("/parties/lake/invite/", form)
    page = seen(seller, "/parties/lake/")
    assert "/offer/" in page
    assert "/join/" not in page
    assert "Delta" not in page
    services.add_role(
        world.people["delta user"], organisation=world.parties["lake"].id, role=Role.USER
    )
    again = {"person": world.people["delta user"]}
    assert seller.post("/parties/lake/invite-again/", again).status_code == 403


def test_roles_are_given_and_taken_and_people_sent_away(world: World) -> None:
    client = world.client("north administrator")
    person = {"person": world.people["fjord user"]}
    client.post("/parties/fjord/give-role/", person | {"role": "technical contact"})
    assert world.person("fjord user").roles == (Role.USER, Role.TECHNICAL)
    assert Standing.objects.filter(customer="fjord", what="technical").exists()
    client.post("/parties/fjord/take-role/", person | {"role": "technical contact"})
    assert world.person("fjord user").roles == (Role.USER,)
    signed_in = world.client("fjord user")
    assert signed_in.get("/me/").status_code == 200
    client.post("/parties/fjord/send-away/", person)
    assert signed_in.get("/me/").status_code == 302
    last = {"person": world.people["north administrator"]}
    assert client.post("/parties/north/send-away/", last).status_code == 422


def test_an_account_is_agreed_charged_moved_added_to_and_ended(world: World) -> None:
    source = (ROOT / "agreements" / "easymeeting.md").read_text(encoding="utf-8")
    with clock.clock_at(NOON):
        post(world.provider(), source, by=world.people["north administrator"])
        client = world.client("north administrator")
        agreement = {"agreement": "easymeeting", "account": "rooms", "region": "america"}
        days = {"from": "2026-11-01", "until": "2027-10-31", "fee": "1000.00 NOK"}
        assert client.post("/parties/fjord/agree/", agreement | days).status_code == 302
        for deed, form in {
            "charge": {"fee": "1100.00 NOK"},
            "move": {"office": "Bergen"},
            "connect": {"addition": "24x7", "service": "telephone"},
            "end": {"until": "2026-12-31"},
        }.items():
            answer = client.post(f"/parties/fjord/{deed}/", {"account": "rooms", **form})
            assert answer.status_code == 302, deed
    row = Subscription.objects.get(customer="fjord")
    assert (row.agreement, row.region, row.office, row.fee) == (
        "easymeeting",
        "america",
        "Bergen",
        "1100.00 NOK",
    )
    assert row.from_us == int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()) * 1_000_000
    assert row.until_us == int(datetime(2027, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    assert "1100.00 NOK" in seen(world.client("north agent"), "/parties/fjord/")
    assert "1100.00 NOK" in seen(world.client("fjord administrative contact"), "/parties/fjord/")
    assert "1100.00 NOK" not in seen(world.client("fjord super user"), "/parties/fjord/")
    for wrong in (
        {"agreement": "none such"},
        {"agreement": "easymeeting", "from": "31/12/2026"},
        {"agreement": "easymeeting", "fee": "a lot"},
    ):
        assert client.post("/parties/fjord/agree/", wrong).status_code == 422


@pytest.mark.requirement("C7", "E4")
def test_training_contacts_and_changes_on_the_page_of_a_customer(world: World) -> None:
    lead = world.client("north lead")
    person = {"person": world.people["fjord user"]}
    lead.post("/parties/fjord/train/", person)
    assert Standing.objects.filter(what="trained", author=person["person"]).count() == 1
    assert lead.post("/parties/fjord/train/", person).status_code == 422
    administrator = world.client("north administrator")
    administrator.post("/parties/fjord/name-contact/", person | {"what": "administrative"})
    assert world.person("fjord user").roles == (Role.USER, Role.ADMINISTRATIVE)
    contact = world.client("fjord technical contact")
    change = {"what": "network", "words": "New <firewall>"}
    assert contact.post("/parties/fjord/report/", change).status_code == 302
    assert contact.post("/parties/fjord/report/", change | {"what": "x"}).status_code == 422
    assert "New &lt;firewall&gt;" in seen(lead, "/parties/fjord/")
    assert "firewall" not in seen(world.client("fjord colleague"), "/parties/fjord/")
    colleague = world.client("fjord colleague")
    assert colleague.post("/parties/fjord/report/", {"words": "x"}).status_code == 403


def test_one_s_own_name_language_and_zone(world: World) -> None:
    client = world.client("fjord user")
    assert (
        client.post("/me/", {"name": "Bo", "language": "nl", "zone": "Mars/Olympus"}).status_code
        == 422
    )
    client.post("/me/", {"name": "Bo", "language": "nl", "zone": "Europe/Amsterdam"})
    page = seen(client, "/me/")
    assert 'lang="nl"' in page
    assert "Uw instellingen" in page
    assert (world.person("fjord user").name, world.person("fjord user").zone) == (
        "Bo",
        "Europe/Amsterdam",
    )


def test_a_person_of_several_organisations_switches_between_them(world: World) -> None:
    client, key = world.client("fjord user"), world.people["fjord user"]
    services.add_role(key, organisation=world.parties["delta"].id, role=Role.SUPER_USER)
    assert client.get("/parties/delta/").status_code == 404
    switched = client.post("/me/organisation/", {"organisation": world.parties["delta"].id})
    assert switched.status_code == 302
    assert client.get("/parties/delta/").status_code == 200
    assert client.get("/parties/fjord/").status_code == 404
    for elsewhere in (world.parties["lake"].id, world.provider("south"), "x", ""):
        assert client.post("/me/organisation/", {"organisation": elsewhere}).status_code == 404


def test_a_token_is_shown_once_and_narrowed_to_its_rights(world: World) -> None:
    client = world.client("north agent")
    form = {"name": "monitoring", "scopes": ["read", "work"], "expires": "2199-12-31"}
    page = client.post("/me/tokens/", form).content.decode()
    text = re.search(r"<code>(uphold_[\w-]+)</code>", page)
    assert text is not None
    assert text[1] not in seen(client, "/me/tokens/")
    assert text[1] not in str(Token.objects.values_list())
    viewer = services.viewer_of_token(text[1])
    assert viewer is not None
    assert (viewer.person, viewer.provider) == (world.people["north agent"], world.provider())
    assert [right for right in May if viewer.may(right)] == [May.READ, May.WORK]
    assert client.post("/me/tokens/", form | {"scopes": ["administer"]}).status_code == 422
    assert client.post("/me/tokens/", form | {"expires": "2020-01-01"}).status_code == 422
    token = services.tokens_of(world.people["north agent"])[0].id
    assert world.client("north lead").post(f"/me/tokens/{token}/revoke/").status_code == 404
    assert client.post(f"/me/tokens/{token}/revoke/").status_code == 302
    assert services.viewer_of_token(text[1]) is None


def test_addresses_of_colleagues_are_for_staff_and_whoever_manages_them(world: World) -> None:
    email = world.person("fjord colleague").email
    for name in ("north agent", "north administrator"):
        assert email in seen(world.client(name), "/parties/fjord/")
    for name in ("fjord super user", "fjord technical contact"):
        page = seen(world.client(name), "/parties/fjord/")
        assert email not in page
        assert world.person(name).email in page


@pytest.mark.requirement("E17", "B1")
def test_the_provider_s_lines_stand_on_the_portal_by_region(world: World) -> None:
    north = world.provider()
    for customer, region in (("fjord", "europe"), ("lake", "america")):
        services.agree(north, customer, "", agreement="easymeeting", region=region)
    form = {
        "name": "North",
        "language": "nb",
        "zone": "Europe/Oslo",
        "telephone europe": "+47 21 00 00 00",
        "telephone america": "+1 212 555 0100",
        "email": "help@north.example",
        "chat": "https://north.example/chat",
    }
    administrator = world.client("north administrator")
    assert 'name="telephone america"' in seen(administrator, "/parties/north/change/")
    assert administrator.post("/parties/north/change/", form).status_code == 302
    assert world.client("north lead").post("/parties/north/change/", form).status_code == 403
    european = seen(world.client("fjord user"), "/portal/")
    american = seen(world.client("quay seller"), "/portal/")
    for page in (european, american):
        assert "help@north.example" in page
        assert "https://north.example/chat" in page
    assert ("+47 21" in european, "+1 212" in european) == (True, False)
    assert ("+47 21" in american, "+1 212" in american) == (False, True)
    assert all(line in seen(world.client("pilot seller"), "/portal/") for line in ("+47", "+1 "))
