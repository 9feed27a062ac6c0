"""Connexys' people, and whom it serves: super users, trained users, and one who is not."""

from __future__ import annotations

from typing import Final

from uphold.messages import message
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.demo.party import House, Party, Somebody, Subscribed

_AMSTERDAM, _BRUSSELS = "Europe/Amsterdam", "Europe/Brussels"


def _person(handle: str, name: str, *roles: Role) -> Somebody:
    return Somebody(handle, name, roles, "nl", _AMSTERDAM)


_STAFF: Final = (
    Somebody(
        "marieke.drongelen@connexys",
        "Marieke van Drongelen",
        (Role.ADMINISTRATOR,),
        "nl",
        _AMSTERDAM,
        tries=message("demo.try-connexys-administrator"),
    ),
    Somebody(
        "joost.terwindt@connexys",
        "Joost Terwindt",
        (Role.LEAD,),
        "nl",
        _AMSTERDAM,
        tries=message("demo.try-connexys-lead"),
    ),
    Somebody(
        "sanne.blokzijl@connexys",
        "Sanne Blokzijl",
        (Role.AGENT,),
        "nl",
        _AMSTERDAM,
        tries=message("demo.try-connexys-agent"),
    ),
    _person("ruben.achterveld@connexys", "Ruben Achterveld", Role.AGENT),
    _person("emma.zonderland@connexys", "Emma Zonderland", Role.AGENT),
)

_WATERKANT: Final = Party(
    "zorggroep-waterkant",
    "Zorggroep Waterkant",
    OrganisationKind.CUSTOMER,
    "nl",
    _AMSTERDAM,
    (
        Somebody(
            "fleur.oosting@waterkant",
            "Fleur Oosting",
            (Role.SUPER_USER,),
            "nl",
            _AMSTERDAM,
            tries=message("demo.try-connexys-super-user"),
        ),
        Somebody(
            "daan.wiegers@waterkant",
            "Daan Wiegers",
            (Role.USER,),
            "nl",
            _AMSTERDAM,
            tries=message("demo.try-connexys-user"),
        ),
        Somebody(
            "noor.elferink@waterkant",
            "Noor Elferink",
            (Role.USER,),
            "nl",
            _AMSTERDAM,
            is_trained=False,
            tries=message("demo.try-connexys-untrained"),
        ),
    ),
    (Subscribed("zorggroep-waterkant", "compleet", fee="2150.00 EUR"),),
)
_VOLTA: Final = Party(
    "volta-uitzend",
    "Volta Uitzendkrachten B.V.",
    OrganisationKind.CUSTOMER,
    "nl",
    _AMSTERDAM,
    (
        _person("bas.kruimel@volta", "Bas Kruimel", Role.SUPER_USER),
        _person("iris.haverkort@volta", "Iris Haverkort", Role.USER),
        _person("mo.benali@volta", "Mo Benali", Role.USER),
    ),
    (Subscribed("volta-uitzend", "compleet", fee="1480.00 EUR"),),
)
_OOSTERVEEN: Final = Party(
    "gemeente-oosterveen",
    "Gemeente Oosterveen",
    OrganisationKind.CUSTOMER,
    "nl",
    _AMSTERDAM,
    (
        _person("wim.sprenkels@oosterveen", "Wim Sprenkels", Role.SUPER_USER, Role.ADMINISTRATIVE),
        _person("lotte.brinkhof@oosterveen", "Lotte Brinkhof", Role.USER),
    ),
    (Subscribed("gemeente-oosterveen", "compleet", fee="2890.00 EUR"),),
)
_MERTENS: Final = Party(
    "mertens-techniek",
    "Mertens Techniek NV",
    OrganisationKind.CUSTOMER,
    "nl",
    _BRUSSELS,
    (
        Somebody("an.verstuyft@mertens", "An Verstuyft", (Role.SUPER_USER,), "nl", _BRUSSELS),
        Somebody("koen.laermans@mertens", "Koen Laermans", (Role.USER,), "nl", _BRUSSELS),
    ),
    (Subscribed("mertens-techniek", "basis", fee="690.00 EUR"),),
    sold_by="wervingshuis",
)
_PARTNER: Final = Party(
    "wervingshuis",
    "Het Wervingshuis BV",
    OrganisationKind.PARTNER,
    "nl",
    _BRUSSELS,
    (
        Somebody(
            "griet.somers@wervingshuis",
            "Griet Somers",
            (Role.SELLER,),
            "nl",
            _BRUSSELS,
            tries=message("demo.try-reseller"),
        ),
    ),
)

CONNEXYS: Final = House(
    key="connexys",
    name="Connexys",
    agreement="connexys",
    agreement_name="connexys-service",
    language="nl",
    zone=_AMSTERDAM,
    people=_STAFF,
    parties=(_PARTNER, _WATERKANT, _VOLTA, _OOSTERVEEN, _MERTENS),
)
