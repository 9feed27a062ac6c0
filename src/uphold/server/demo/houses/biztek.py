"""Biztek's people, and whom it serves: severities, suppliers, escalation by night."""

from __future__ import annotations

from typing import Final

from uphold.messages import message
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.demo.party import House, Party, Somebody, Subscribed

_OSLO = "Europe/Oslo"


def _person(handle: str, name: str, *roles: Role) -> Somebody:
    return Somebody(handle, name, roles, "nb", _OSLO)


_STAFF: Final = (
    Somebody(
        "silje.berge@biztek",
        "Silje Nygård Berge",
        (Role.ADMINISTRATOR,),
        "nb",
        _OSLO,
        tries=message("demo.try-biztek-administrator"),
    ),
    Somebody(
        "kristian.haugstad@biztek",
        "Kristian Haugstad",
        (Role.LEAD,),
        "nb",
        _OSLO,
        tries=message("demo.try-biztek-lead"),
    ),
    Somebody(
        "amund.rognli@biztek",
        "Amund Rognli",
        (Role.AGENT,),
        "nb",
        _OSLO,
        tries=message("demo.try-biztek-agent"),
    ),
    _person("farida.noorzai@biztek", "Farida Noorzai", Role.AGENT),
    _person("espen.vik@biztek", "Espen Vik", Role.AGENT),
)

_VESTFJORD: Final = Party(
    "vestfjord-fisk",
    "Vestfjord Fisk AS",
    OrganisationKind.CUSTOMER,
    "nb",
    _OSLO,
    (
        Somebody(
            "gunn.aasheim@vestfjord",
            "Gunn Aasheim",
            (Role.ADMINISTRATIVE, Role.SUPER_USER),
            "nb",
            _OSLO,
            tries=message("demo.try-biztek-customer"),
        ),
        _person("odd.larsgard@vestfjord", "Odd Larsgard", Role.TECHNICAL),
        _person("line.storvik@vestfjord", "Line Storvik", Role.USER),
    ),
    (Subscribed("vestfjord-fisk", "drift", office="ålesund", fee="18400.00 NOK"),),
)
_REGNSKAP: Final = Party(
    "regnskapsbua",
    "Regnskapsbua Innlandet AS",
    OrganisationKind.CUSTOMER,
    "nb",
    _OSLO,
    (
        _person("randi.myhre@regnskapsbua", "Randi Myhre", Role.ADMINISTRATIVE),
        _person("stian.brenden@regnskapsbua", "Stian Brenden", Role.USER),
        _person("hege.sletta@regnskapsbua", "Hege Sletta", Role.USER),
    ),
    (Subscribed("regnskapsbua", "støtte", office="hamar", fee="7300.00 NOK"),),
)
_KLINIKK: Final = Party(
    "klinikk-sor",
    "Klinikk Sør AS",
    OrganisationKind.CUSTOMER,
    "nb",
    _OSLO,
    (
        _person("nina.tangvald@klinikk", "Nina Tangvald", Role.ADMINISTRATIVE, Role.SUPER_USER),
        _person("yusuf.demir@klinikk", "Yusuf Demir", Role.TECHNICAL),
    ),
    (Subscribed("klinikk-sor", "drift", office="arendal", fee="12900.00 NOK"),),
)
_HYTTE: Final = Party(
    "hytteservice",
    "Hytteservice Øst AS",
    OrganisationKind.CUSTOMER,
    "nb",
    _OSLO,
    (
        _person("bjorn.kvam@hytteservice", "Bjørn Kvam", Role.ADMINISTRATIVE),
        _person("anita.rud@hytteservice", "Anita Rud", Role.USER),
    ),
    (Subscribed("hytteservice", "støtte", office="hamar", fee="3900.00 NOK"),),
    sold_by="kontorkraft",
)
_RESELLER: Final = Party(
    "kontorkraft",
    "Kontorkraft AS",
    OrganisationKind.RESELLER,
    "nb",
    _OSLO,
    (
        Somebody(
            "liv.skaret@kontorkraft",
            "Liv Skaret",
            (Role.SELLER,),
            "nb",
            _OSLO,
            tries=message("demo.try-reseller"),
        ),
    ),
)

BIZTEK: Final = House(
    key="biztek",
    name="Biztek",
    agreement="biztek",
    agreement_name="biztek-support",
    language="nb",
    zone=_OSLO,
    people=_STAFF,
    parties=(_RESELLER, _VESTFJORD, _REGNSKAP, _KLINIKK, _HYTTE),
)
