"""Easymeeting's people, and whom it serves: desks in Oslo and in New York time."""

from __future__ import annotations

from typing import Final

from uphold.messages import message
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.demo.party import House, Party, Somebody, Subscribed

_OSLO, _NEW_YORK, _MADRID = "Europe/Oslo", "America/New_York", "Europe/Madrid"

_STAFF: Final = (
    Somebody(
        "ingrid.solbakken@easymeeting",
        "Ingrid Solbakken",
        (Role.ADMINISTRATOR,),
        "nb",
        _OSLO,
        tries=message("demo.try-easymeeting-administrator"),
    ),
    Somebody(
        "torbjorn.eikeland@easymeeting",
        "Torbjørn Eikeland",
        (Role.LEAD,),
        "nb",
        _OSLO,
        tries=message("demo.try-easymeeting-lead"),
    ),
    Somebody(
        "henrik.aasen@easymeeting",
        "Henrik Aasen",
        (Role.AGENT,),
        "nb",
        _OSLO,
        tries=message("demo.try-easymeeting-agent"),
    ),
    Somebody("lucia.ferrer@easymeeting", "Lucía Ferrer", (Role.AGENT,), "es", _OSLO),
    Somebody(
        "daniel.brooks@easymeeting",
        "Daniel Brooks",
        (Role.AGENT,),
        "en",
        _NEW_YORK,
        tries=message("demo.try-easymeeting-america"),
    ),
)

_FJORDHUS: Final = Party(
    "fjordhus",
    "Fjordhus Arkitekter AS",
    OrganisationKind.CUSTOMER,
    "nb",
    _OSLO,
    (
        Somebody(
            "kari.hovland@fjordhus",
            "Kari Hovland",
            (Role.ADMINISTRATIVE, Role.SUPER_USER),
            "nb",
            _OSLO,
            tries=message("demo.try-easymeeting-round-the-clock"),
        ),
        Somebody("jonas.tveit@fjordhus", "Jonas Tveit", (Role.TECHNICAL,), "nb", _OSLO),
        Somebody("mari.lunde@fjordhus", "Mari Lunde", (Role.USER,), "nb", _OSLO),
    ),
    (Subscribed("fjordhus", "business", "europe", "bergen", "6400.00 NOK", ("24x7",)),),
)
_NORDLYS: Final = Party(
    "nordlys-kommune",
    "Nordlys kommune",
    OrganisationKind.CUSTOMER,
    "nb",
    _OSLO,
    (
        Somebody("arne.mikkelsen@nordlys", "Arne Mikkelsen", (Role.TECHNICAL,), "nb", _OSLO),
        Somebody("solveig.isaksen@nordlys", "Solveig Isaksen", (Role.ADMINISTRATIVE,), "nb", _OSLO),
        Somebody(
            "petter.olaussen@nordlys",
            "Petter Olaussen",
            (Role.USER,),
            "nb",
            _OSLO,
            tries=message("demo.try-easymeeting-user"),
        ),
    ),
    (Subscribed("nordlys-kommune", "public", "europe", "bergen", "11800.00 NOK"),),
)
_HARTWELL: Final = Party(
    "hartwell-medical",
    "Hartwell Medical Group",
    OrganisationKind.CUSTOMER,
    "en",
    _NEW_YORK,
    (
        Somebody(
            "grace.whitcombe@hartwell",
            "Grace Whitcombe",
            (Role.ADMINISTRATIVE, Role.SUPER_USER),
            "en",
            _NEW_YORK,
            tries=message("demo.try-easymeeting-american"),
        ),
        Somebody("marcus.delaney@hartwell", "Marcus Delaney", (Role.TECHNICAL,), "en", _NEW_YORK),
        Somebody("priya.raman@hartwell", "Priya Raman", (Role.USER,), "en", _NEW_YORK),
    ),
    (Subscribed("hartwell-medical", "business", "america", "providence", "720.00 USD"),),
)
_BRAVIA: Final = Party(
    "casa-bravia",
    "Casa Bravía Logística S.L.",
    OrganisationKind.CUSTOMER,
    "es",
    _MADRID,
    (
        Somebody(
            "elena.quiroga@casabravia",
            "Elena Quiroga",
            (Role.ADMINISTRATIVE, Role.SUPER_USER),
            "es",
            _MADRID,
            tries=message("demo.try-easymeeting-order"),
        ),
        Somebody("ivan.soler@casabravia", "Iván Soler", (Role.TECHNICAL,), "es", _MADRID),
    ),
    (Subscribed("casa-bravia", "business", "europe", "bergen", "540.00 EUR"),),
    sold_by="reune",
)
_LUMEN: Final = Party(
    "lumen-academy",
    "Lumen Academy",
    OrganisationKind.CUSTOMER,
    "en",
    "Europe/London",
    (
        Somebody("tom.ashdown@lumen", "Tom Ashdown", (Role.TECHNICAL,), "en", "Europe/London"),
        Somebody("beth.okoro@lumen", "Beth Okoro", (Role.USER,), "en", "Europe/London"),
    ),
    (Subscribed("lumen-academy", "education", "europe", "bergen", "310.00 GBP"),),
    sold_by="sambandshuset",
)
_RESELLER: Final = Party(
    "reune",
    "Reúne Soluciones S.L.",
    OrganisationKind.RESELLER,
    "es",
    _MADRID,
    (
        Somebody(
            "nuria.campos@reune",
            "Nuria Campos",
            (Role.SELLER,),
            "es",
            _MADRID,
            tries=message("demo.try-reseller"),
        ),
    ),
)
_PARTNER: Final = Party(
    "sambandshuset",
    "Sambandshuset AS",
    OrganisationKind.PARTNER,
    "nb",
    _OSLO,
    (Somebody("vegard.moen@sambandshuset", "Vegard Moen", (Role.SELLER,), "nb", _OSLO),),
)

EASYMEETING: Final = House(
    key="easymeeting",
    name="Easymeeting",
    agreement="easymeeting",
    agreement_name="easymeeting",
    language="en",
    zone=_OSLO,
    people=_STAFF,
    parties=(_RESELLER, _PARTNER, _FJORDHUS, _NORDLYS, _HARTWELL, _BRAVIA, _LUMEN),
    translations=("easymeeting.nb",),
)
