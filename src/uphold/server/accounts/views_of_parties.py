"""Pages of parties: who they are, their people, accounts, training, contacts."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uphold.server.accounts import administering, filled_in
from uphold.server.accounts.access import NotAllowed, NotFound, Viewer, require
from uphold.server.accounts.deeds import DEEDS, Asked
from uphold.server.accounts.kinds import May, OrganisationKind
from uphold.server.accounts.parties import change_party, new_party
from uphold.server.accounts.people import names_of
from uphold.server.accounts.reaching import ways_to
from uphold.server.accounts.shapes import NotDone, Party, PersonView, Reported
from uphold.server.accounts.subscribing import infrastructure_changes
from uphold.server.accounts.wording import CHANGES, CONTACT_KINDS, KINDS, ROLES
from uphold.server.agreements.services import own_revisions
from uphold.server.request import PageRequest

_MADE = (OrganisationKind.CUSTOMER, OrganisationKind.RESELLER, OrganisationKind.PARTNER)
_FIELDS = ("kind", "name", "key", "sold_by", "language", "zone")


@require_safe
def parties(request: PageRequest) -> HttpResponse:
    """The parties that the viewer sees; whoever sees only themselves goes there."""
    viewer = require(request.viewer, May.READ)
    found = administering.parties_seen(viewer)
    if viewer.kind == OrganisationKind.CUSTOMER:
        return redirect("accounts:party", key=found[0].key)
    names = {each.key: each.name for each in found}
    wanted = filled_in.searched(request)
    rows = [
        (each, KINDS[each.kind], names.get(each.sold_by, each.sold_by))
        for each in found
        if wanted in each.name.casefold() or wanted in each.key
    ]
    shown = {
        "rows": rows,
        "search": wanted,
        "may_add": viewer.may(May.ADMINISTER),
        "own": administering.own_party(viewer) if viewer.is_staff else None,
    }
    return render(request, "accounts/parties.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PageRequest) -> HttpResponse:
    """Makes a customer, reseller or partner."""
    viewer = require(request.viewer, May.ADMINISTER)
    filled = {name: filled_in.text(request, name) for name in _FIELDS}
    wrong: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            made = new_party(
                viewer.provider,
                filled_in.choice(request, "kind", _MADE),
                filled["name"],
                key=filled["key"],
                sold_by=filled["sold_by"],
                language=filled["language"],
                zone=filled["zone"],
                contact=_contact(request, viewer, OrganisationKind.CUSTOMER),
            )
        except NotDone as error:
            wrong = filled_in.wrong(request, error)
        else:
            return redirect("accounts:party", key=made.key)
    else:
        home = administering.own_party(viewer)
        filled |= {"kind": "customer", "language": home.language, "zone": home.zone}
    return _form(request, viewer, filled, wrong, party=None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, key: str) -> HttpResponse:
    """Changes the words about a party; its key and kind stay."""
    viewer = require(request.viewer, May.ADMINISTER)
    party = administering.party_seen(viewer, key)
    filled = {name: filled_in.text(request, name) for name in _FIELDS}
    wrong: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            change_party(
                viewer.provider,
                key,
                name=filled["name"],
                sold_by=filled["sold_by"],
                language=filled["language"],
                zone=filled["zone"],
                contact=_contact(request, viewer, party.kind),
            )
        except NotDone as error:
            wrong = filled_in.wrong(request, error)
        else:
            return redirect("accounts:party", key=key)
    else:
        filled |= {
            "name": party.name,
            "sold_by": party.sold_by,
            "language": party.language,
            "zone": party.zone,
        }
    return _form(request, viewer, filled, wrong, party=party)


@require_safe
def party(request: PageRequest, key: str) -> HttpResponse:
    """A party with everything that the viewer sees of it."""
    viewer = require(request.viewer, May.READ)
    return _party(request, viewer, administering.party_seen(viewer, key))


@require_POST
def do(request: PageRequest, key: str, what: str) -> HttpResponse:
    """One deed on the party's page: done, or said at its form what is wrong."""
    viewer = require(request.viewer, May.READ)
    found = administering.party_seen(viewer, key)
    deed = DEEDS.get(what)
    if deed is None:
        raise NotFound
    require(viewer, deed.needs)
    try:
        said = deed.do(Asked(request, viewer, found))
    except NotDone as error:
        wrong = filled_in.wrong(request, error)
        return _party(request, viewer, found, wrong=wrong, tried=what, status=422)
    messages.success(request, request.reader.text(said))
    return redirect("accounts:party", key=key)


def _party(
    request: PageRequest,
    viewer: Viewer,
    found: Party,
    *,
    wrong: Mapping[str, str] | None = None,
    tried: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; after a deed that failed with its form open, as it was filled in."""
    is_customer = found.kind == OrganisationKind.CUSTOMER
    standings = administering.standings_seen(viewer, found.key) if is_customer else {}
    people = administering.people_seen(viewer, found)
    changes = _changes(viewer, found) if is_customer else ()
    trained = administering.trained(standings)
    keys = {*standings, *(each.by for each in changes)}
    names = {
        **names_of(keys, provider=viewer.provider),
        **{each.key: each.name for each in people},
    }
    agreements = own_revisions(viewer.provider) if viewer.may(May.ADMINISTER) else ()
    shown = {
        "party": found,
        "kind": KINDS[found.kind],
        "is_customer": is_customer,
        "is_own": found.id == viewer.organisation,
        "people": [_row(each, standings) for each in people],
        "roles": [(role, ROLES[role]) for role in administering.roles_in(found)],
        "contacts": [(what, CONTACT_KINDS[what]) for what in CONTACT_KINDS],
        "subscriptions": administering.subscriptions_seen(viewer, found.key) if is_customer else (),
        "trained": [(key, names.get(key), since) for key, since in trained],
        "everybody": people,
        "untrained": [each for each in people if each.key not in dict(trained)],
        "changes": [(each, names.get(each.by), CHANGES.get(each.what)) for each in changes],
        "changeable": CHANGES.items(),
        "agreements": sorted({each.name for each in agreements}),
        "may_manage": administering.may_manage(viewer, found),
        "may_lead": viewer.may(May.LEAD),
        "may_administer": viewer.may(May.ADMINISTER),
        "may_tell": viewer.may(May.TELL),
        "sees_changes": viewer.colleagues,
        "tried": tried,
        "wrong": {tried.replace("-", "_"): wrong},
        "was": {tried.replace("-", "_"): request.POST},
    }
    return render(request, "accounts/party.html", shown, status=status)


def _row(person: PersonView, standings: Mapping[str, Mapping[str, int]]) -> Mapping[str, object]:
    standing = standings.get(person.key, {})
    return {
        "person": person,
        "roles": [(role, ROLES[role]) for role in person.roles],
        "is_trained": "trained" in standing,
        "contacts": [(what, said) for what, said in CONTACT_KINDS.items() if what in standing],
    }


def _changes(viewer: Viewer, found: Party) -> tuple[Reported, ...]:
    """What the customer reported about its infrastructure, for staff and its contacts."""
    if not viewer.colleagues:
        return ()
    return infrastructure_changes(found.provider, found.key)[:20]


def _contact(request: PageRequest, viewer: Viewer, kind: OrganisationKind) -> Mapping[str, str]:
    """What is filled in of the ways to reach a party."""
    ways = ways_to(kind, administering.own_party(viewer))
    filled = {way: filled_in.text(request, way) for way, _ in ways}
    return {way: value for way, value in filled.items() if value}


def _form(
    request: PageRequest,
    viewer: Viewer,
    filled: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    party: Party | None,
) -> HttpResponse:
    if not viewer.is_staff:
        raise NotAllowed(May.ADMINISTER)
    sellers = [
        each
        for each in administering.parties_seen(viewer)
        if each.kind in (OrganisationKind.RESELLER, OrganisationKind.PARTNER)
    ]
    kind = party.kind if party else OrganisationKind.CUSTOMER
    if wrong:
        contact = _contact(request, viewer, kind)
    else:
        contact = party.contact if party else {}
    shown = {
        "party": party,
        "filled": filled,
        "ways": [
            (way, said, contact.get(way, ""))
            for way, said in ways_to(kind, administering.own_party(viewer))
        ],
        "wrong": wrong,
        "kinds": [(each, KINDS[each]) for each in _MADE],
        "sellers": sellers,
        "zones": filled_in.zones(),
    }
    return render(request, "accounts/party_form.html", shown, status=422 if wrong else 200)
