"""Every address of the server, with something to put into each of its parameters.

Addresses come from the resolver, operations from the API's description: what is added is walked
from then on. A parameter that nothing here fills fails the walk, and says what to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver
from tests.server.canaries import SHARED, Planted

from uphold.server.accounts.deeds import DEEDS
from uphold.server.accounts.services import tokens_of
from uphold.server.api.interface import interface

_PARAMETER = re.compile(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)|<(?:\w+:)?(\w+)>")


def _value(values: Mapping[str, str], parameter: re.Match[str]) -> str:
    return values[parameter[1] or parameter[2]]


@dataclass(frozen=True, slots=True)
class Address:
    """One route, the name of its page, and the methods that the API declares for it."""

    route: str
    name: str
    methods: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, in order."""
        return tuple(one or other for one, other in _PARAMETER.findall(self.route))

    def paths(self, values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        """The route with the values for its parameters, in every combination that can be."""
        for chosen in product(*(values[name] for name in self.parameters)):
            named = dict(zip(self.parameters, chosen, strict=True))
            kind, number = named.get("things"), named.get("number")
            if kind and number and f"{kind.removesuffix('s')}:{number}" not in values["subject"]:
                continue
            filled = _PARAMETER.sub(partial(_value, named), self.route)
            yield "/" + filled.removeprefix("^").removesuffix("$").replace("/^", "/")


@dataclass(frozen=True, slots=True)
class Whose:
    """Values of one party's for every parameter.

    `private` are the parameters whose values the walker must not reach; empty for their own.
    """

    name: str
    private: frozenset[str]
    subjects: tuple[str, ...]
    parties: tuple[str, ...]
    people: tuple[str, ...]
    agreements: tuple[str, ...]
    tokens: tuple[str, ...]
    alarms: tuple[str, ...]


_THINGS = frozenset({"subject", "number", "alarm"})
_PARTIES = _THINGS | {"key", "person", "token"}
_EVERYTHING = _PARTIES | {"name", "revision"}


def addresses() -> tuple[Address, ...]:
    """Every address there is, each once."""
    found: dict[str, Address] = {}
    api = _operations()
    for route, name in _routes(get_resolver().url_patterns):
        path = _PARAMETER.sub(lambda match: f"{{{match[1] or match[2]}}}", f"/{route}")
        methods = api.pop(path, ("GET", "POST"))
        found.setdefault(route, Address(route, name, methods))
    assert not api, f"operations of the API without an address: {sorted(api)}"
    return tuple(found.values())


def _operations() -> dict[str, tuple[str, ...]]:
    described = interface.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {path: tuple(each.upper() for each in methods) for path, methods in described.items()}


def _routes(
    patterns: list[URLPattern | URLResolver], before: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _routes(each.url_patterns, route, inner)
        else:
            yield route, f"{space}{each.name}"


def whose(planted: Planted, who: str) -> tuple[Whose, ...]:
    """What the walker has, what their neighbours have, and what another provider's people have."""
    south = _of(planted, who, "south", _EVERYTHING, ("delta",))
    fjords = frozenset() if who.startswith(("north", "fjord")) else _PARTIES
    fjord = _of(planted, who, "fjord", fjords, ("mine", "colleague"))
    if who.startswith("north"):
        return (fjord, south)
    lakes = frozenset() if who.startswith(("lake", "quay")) else _PARTIES
    lake = _of(planted, who, "lake", lakes, ("lake",))
    if who == "fjord user":
        mine = _of(planted, who, "fjord", frozenset(), ("mine",))
        return (mine, _of(planted, who, "fjord", _THINGS, ("colleague",)), lake, south)
    return (fjord, lake, south)


def _of(
    planted: Planted, who: str, party: str, private: frozenset[str], customers: tuple[str, ...]
) -> Whose:
    named = planted.world.people.items()
    people = tuple(key for name, key in named if name.startswith(party) and name != who)
    names = [*customers, f"{customers[0]} complaint"]
    names += [f"{party} maintenance"] * (customers != ("colleague",))
    provider = "south" if party == "south" else "north"
    parties = (party, "delta") if party == "south" else (party,)
    return Whose(
        name=f"{party} {customers[0]}",
        private=private,
        subjects=tuple(planted.subjects[each] for each in names),
        parties=parties,
        people=people[:2],
        agreements=(planted.agreements[provider],),
        tokens=tuple(str(token.id) for key in people[:2] for token in tokens_of(key)),
        alarms=tuple(str(planted.alarms[each]) for each in names if each in planted.alarms),
    )


def is_private(address: Address, of: Whose) -> bool:
    """Whether the address with the party's values leads to what is not the walker's to see."""
    named = {"name"} if address.name.startswith("agreements:") else {*address.parameters}
    if address.route.startswith("api/v1/agreements"):
        named = {"name"}
    return bool(address.parameters) and bool(named & of.private)


def values_for(address: Address, of: Whose) -> Mapping[str, tuple[str, ...]]:
    """Values for each parameter of an address. A new one is added here, by its name."""
    numbers = tuple(each.partition(":")[2] for each in of.subjects)
    known = {
        "subject": of.subjects,
        "number": ("1",) if address.name.startswith("agreements:") else numbers,
        "things": ("requests", "complaints", "orders"),
        "key": of.parties,
        "person": of.people,
        "name": of.agreements,
        "revision": ("1",),
        "token": of.tokens,
        "alarm": of.alarms,
        "filter": ("1",),
        "pk": ("1",),
        "secret": ("x" * 43,),
        "uidb36": ("1",),
        "action": _ACTIONS.get(address.name.partition(":")[0], ("answer", "reply")),
        "what": tuple(DEEDS),
    }
    for name in address.parameters:
        assert name in known, (
            f"/{address.route} has a parameter {name} that the walk cannot fill:"
            " give it values of each party in `values_for` of tests/server/walking.py"
        )
    if address.name == "account_reset_password_from_key":
        known["key"] = ("x-y",)
    return known


_ACTIONS = {"uptime": ("announce",)}


def fields(of: Whose) -> dict[str, str]:
    """A form that names the party's things wherever a page or operation might look for them."""
    return {
        "alarm": of.alarms[0],
        "what": "technical",
        "addition": "24x7",
        "office": "an office",
        "until": "2199-12-31",
        "customer": of.parties[-1],
        "key": of.parties[0],
        "sold_by": of.parties[0],
        "subject": of.subjects[0],
        "into": of.subjects[0],
        "person": of.people[0],
        "author": of.people[0],
        "assigned": of.people[0],
        "owner": of.people[0],
        "agreement": of.agreements[0],
        "account": "",
        "role": "user",
        "kind": "customer",
        "name": "a name",
        "email": "somebody@example.net",
        "title": "a title",
        "words": "some words",
        "fee": "1.00 EUR",
        "channel": "portal",
    }


def body(address: Address, of: Whose) -> dict[str, object]:
    """What an operation takes, as its description has it, with the party's things in it."""
    told = fields(of)
    shape = _shapes().get((address.route, "POST"), ())
    if "values" in shape:
        return {"values": {name: value for name, value in told.items() if value}}
    return {name: value for name, value in told.items() if name in shape} or {**told}


@cache
def _shapes() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By route and method the names that a body has."""
    described = interface.get_openapi_schema(path_prefix="/api/v1/")
    shapes = described["components"]["schemas"]
    paths = {
        _PARAMETER.sub(lambda match: f"{{{match[1] or match[2]}}}", f"/{route}"): route
        for route, _ in _routes(get_resolver().url_patterns)
    }
    found = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            place = content.get("application/json", {}).get("schema", {}).get("$ref", "")
            shape = shapes.get(place.rpartition("/")[2], {})
            found[paths[path], method.upper()] = tuple(shape.get("properties", ()))
    return found


def searches(of: Whose) -> dict[str, str]:
    """Questions that a page or operation might be asked about the party's things."""
    return {
        "q": SHARED,
        "text": SHARED,
        "search": SHARED,
        "customer": of.parties[-1],
        "subject": of.subjects[0],
        "assigned": of.people[0],
        "thing": of.subjects[0].partition(":")[0],
    }
