"""Who may do and see what: the whole table, and that no viewer ever gets a row of another's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.server.people import World

from uphold.server import clock
from uphold.server.accounts import services
from uphold.server.accounts.access import NotAllowed, Viewer, require, visible
from uphold.server.accounts.kinds import MAY, ROLES_IN, May, OrganisationKind, Role
from uphold.server.accounts.models import Membership, Standing
from uphold.server.accounts.tokens import MOST

R, A, P, T, W, M, L, X = May
TABLE = {
    Role.USER: {R, A},
    Role.SUPER_USER: {R, A, P, T},
    Role.ADMINISTRATIVE: {R, A, T},
    Role.TECHNICAL: {R, A, T},
    Role.SELLER: {R, A, T, M},
    Role.AGENT: {R, A, P, T, W},
    Role.LEAD: {R, A, P, T, W, L},
    Role.ADMINISTRATOR: {R, A, P, T, W, M, L, X},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", May)
def test_what_each_role_may(role: Role, what: May) -> None:
    viewer = Viewer("p", 1, OrganisationKind.CUSTOMER, frozenset({role}), 1, frozenset())
    assert viewer.may(what) == (what in TABLE[role])
    if what in TABLE[role]:
        assert require(viewer, what) is viewer
    else:
        with pytest.raises(NotAllowed):
            require(viewer, what)


def test_a_visitor_may_nothing() -> None:
    for what in May:
        with pytest.raises(NotAllowed):
            require(None, what)


def test_scopes_take_rights_away_and_give_none() -> None:
    user = Viewer("p", 1, OrganisationKind.CUSTOMER, frozenset({Role.USER}), 1, frozenset())
    token = replace(user, scopes=frozenset({May.READ, May.ADMINISTER}))
    assert [what for what in May if token.may(what)] == [May.READ]


def test_every_role_belongs_to_some_kind_of_party_and_has_rights() -> None:
    placed = [role for roles in ROLES_IN.values() for role in roles]
    assert set(placed) == set(Role) == set(MAY)


@pytest.mark.requirement("E1")
def test_whom_each_kind_of_party_acts_for(world: World) -> None:
    assert world["north agent"].customers is None
    assert world["fjord user"].customers == frozenset({"fjord"})
    assert world["quay seller"].customers == frozenset({"lake"})
    assert world["pilot seller"].customers == frozenset()
    assert world["mesa seller"].provider == world.provider("south")


def test_a_role_in_a_party_of_another_kind_counts_nothing(world: World) -> None:
    with pytest.raises(services.NotDone):
        services.add_role(
            world.people["fjord user"],
            organisation=world.parties["fjord"].id,
            role=Role.ADMINISTRATOR,
        )
    membership = Membership.objects.get(
        person__key=world.people["fjord user"], organisation__key="fjord"
    )
    membership.role = Role.ADMINISTRATOR
    membership.save()
    viewer = world["fjord user"]
    assert viewer.roles == frozenset()
    assert not any(viewer.may(what) for what in May)


def test_a_token_ends_with_its_time_its_role_and_its_person(world: World) -> None:
    agent = world["north agent"]
    soon = clock.now_us() + 60_000_000
    _, brief = services.new_token(agent, "brief", [May.READ], expires_us=soon)
    _, text = services.new_token(agent, "long", [May.READ, May.WORK])
    clock.set_clock(lambda: soon)
    try:
        assert services.viewer_of_token(brief) is None
    finally:
        clock.set_clock(None)
    found = services.viewer_of_token(text)
    assert found is not None
    assert found.scopes == frozenset({May.READ, May.WORK})
    for wrong in ("", text + "x", text[:-1], text.upper(), "\x00", "ø" * 50):
        assert services.viewer_of_token(wrong) is None
    services.send_away(agent.person, organisation=world.provider())
    assert services.viewer_of_token(text) is None


def test_a_token_is_of_the_organisation_it_was_made_in(world: World) -> None:
    user = world["fjord user"]
    _, text = services.new_token(user, "one", [May.READ])
    services.add_role(user.person, organisation=world.parties["delta"].id, role=Role.USER)
    services.take_role(user.person, organisation=world.parties["fjord"].id, role=Role.USER)
    assert services.viewer_of_token(text) is None


def test_one_person_has_so_many_open_tokens_and_no_more(world: World) -> None:
    agent = world["north agent"]
    made = [services.new_token(agent, str(number), [May.READ])[0] for number in range(MOST)]
    with pytest.raises(services.NotDone, match="tokens-most"):
        services.new_token(agent, "one more", [May.READ])
    services.revoke_token(agent.person, made[0].id)
    services.new_token(agent, "one more", [May.READ])


def test_a_token_that_lost_its_role_does_not_come_back_with_it(world: World) -> None:
    user, fjord = world["fjord user"], world.parties["fjord"].id
    _, text = services.new_token(user, "one", [May.READ])
    services.take_role(user.person, organisation=fjord, role=Role.USER)
    services.add_role(user.person, organisation=fjord, role=Role.USER)
    assert services.viewer_of_token(text) is None


def test_a_token_never_lets_more_than_its_person_may_now(world: World) -> None:
    lead, north = world["north lead"], world.provider()
    _, text = services.new_token(lead, "one", [May.READ, May.LEAD])
    services.add_role(lead.person, organisation=north, role=Role.AGENT)
    services.take_role(lead.person, organisation=north, role=Role.LEAD)
    found = services.viewer_of_token(text)
    assert found is not None
    assert [what for what in May if found.may(what)] == [May.READ]


def test_an_erased_person_is_gone_and_their_key_stays(world: World) -> None:
    user = world["fjord user"]
    _, text = services.new_token(user, "one", [May.READ])
    client = world.client("fjord user")
    assert services.erase(user.person)
    assert not services.erase(user.person)
    found = world.person("fjord user")
    assert (found.key, found.name, found.email, found.roles) == (user.person, "", "", ())
    assert services.viewer_of_token(text) is None
    assert services.names_of([user.person], provider=world.provider()) == {}
    assert client.get("/me/").status_code == 302


def test_a_name_is_told_where_somebody_is_or_was_known_and_nowhere_else(world: World) -> None:
    key, north, south = world.people["fjord user"], world.provider(), world.provider("south")
    services.send_away(key, organisation=world.parties["fjord"].id)
    assert services.names_of([key], provider=north) == {key: "Fjord user"}
    assert services.names_of([key], provider=south) == {}


CUSTOMERS = st.sampled_from(["fjord", "lake", "delta", "oasis", ""])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["north", "south"]), CUSTOMERS, st.integers(0, 3), st.sampled_from("ab")
    ),
    max_size=12,
    unique=True,
)


class TestWalls(TestCase):
    """Random rows of random owners, seen by random viewers."""

    @settings(max_examples=60)
    @given(
        rows=ROWS,
        provider=st.sampled_from(["north", "south"]),
        customers=st.none() | st.frozensets(CUSTOMERS.filter(bool), max_size=3),
        roles=st.frozensets(st.sampled_from(list(Role)), max_size=3),
        scopes=st.none() | st.frozensets(st.sampled_from(list(May)), max_size=2),
    )
    def test_visible_gives_no_row_of_another_provider_customer_or_colleague(
        self,
        rows: list[tuple[str, str, int, str]],
        provider: str,
        customers: frozenset[str] | None,
        roles: frozenset[Role],
        scopes: frozenset[May] | None,
    ) -> None:
        homes = {name: services.new_provider(name, key=name).id for name in ("north", "south")}
        Standing.objects.bulk_create(
            Standing(
                provider_id=homes[home],
                customer=customer,
                author=str(author),
                what=what,
                since_us=0,
            )
            for home, customer, author, what in rows
        )
        kind = OrganisationKind.PROVIDER if customers is None else OrganisationKind.CUSTOMER
        viewer = Viewer("1", homes[provider], kind, roles, homes[provider], customers, scopes)
        seen = set(
            visible(viewer, Standing.objects.all()).values_list(
                "provider_id", "customer", "author", "what"
            )
        )
        expected = {
            (homes[home], customer, str(author), what)
            for home, customer, author, what in rows
            if roles
            and (scopes is None or May.READ in scopes)
            and home == provider
            and (customers is None or customer in customers)
            and (customers is None or roles - {Role.USER} or str(author) == "1")
        }
        assert seen == expected
