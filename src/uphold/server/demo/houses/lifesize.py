"""Lifesize's people, and whom it serves: the plan that has the guarantee, and one that has not."""

from __future__ import annotations

from typing import Final

from uphold.messages import message
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.demo.party import House, Party, Somebody, Subscribed

_WARSAW, _CHICAGO = "Europe/Warsaw", "America/Chicago"

_STAFF: Final = (
    Somebody(
        "agnieszka.wrona@lifesize",
        "Agnieszka Wrona",
        (Role.ADMINISTRATOR,),
        "pl",
        _WARSAW,
        tries=message("demo.try-lifesize-administrator"),
    ),
    Somebody(
        "marcin.zabielski@lifesize",
        "Marcin Zabielski",
        (Role.LEAD,),
        "pl",
        _WARSAW,
        tries=message("demo.try-lifesize-lead"),
    ),
    Somebody("kasia.modrzew@lifesize", "Katarzyna Modrzew", (Role.AGENT,), "pl", _WARSAW),
    Somebody("owen.pritchard@lifesize", "Owen Pritchard", (Role.AGENT,), "en", "Europe/London"),
)

_BURSZTYN: Final = Party(
    "bursztyn",
    "Bursztyn Logistyka sp. z o.o.",
    OrganisationKind.CUSTOMER,
    "pl",
    _WARSAW,
    (
        Somebody(
            "joanna.sikora@bursztyn",
            "Joanna Sikora",
            (Role.ADMINISTRATIVE, Role.SUPER_USER),
            "pl",
            _WARSAW,
            tries=message("demo.try-lifesize-customer"),
        ),
        Somebody("pawel.gorny@bursztyn", "Paweł Górny", (Role.TECHNICAL,), "pl", _WARSAW),
        Somebody("ola.rybak@bursztyn", "Aleksandra Rybak", (Role.USER,), "pl", _WARSAW),
    ),
    (
        Subscribed("bursztyn-biuro", "extreme-support", "europe", fee="9800.00 PLN"),
        Subscribed("bursztyn-magazyn", "extreme-support", "europe", fee="4200.00 PLN"),
    ),
    sold_by="obraz-i-dzwiek",
)
_KOLEGIUM: Final = Party(
    "kolegium-modrzewie",
    "Kolegium Modrzewie",
    OrganisationKind.CUSTOMER,
    "pl",
    _WARSAW,
    (
        Somebody(
            "tomasz.lis@kolegium",
            "Tomasz Lis",
            (Role.TECHNICAL,),
            "pl",
            _WARSAW,
            tries=message("demo.try-lifesize-basic"),
        ),
        Somebody("hanna.bielak@kolegium", "Hanna Bielak", (Role.USER,), "pl", _WARSAW),
    ),
    (Subscribed("kolegium-modrzewie", "basic", "europe", fee="1900.00 PLN"),),
    sold_by="obraz-i-dzwiek",
)
_TALL_PINES: Final = Party(
    "tall-pines",
    "Tall Pines School District",
    OrganisationKind.CUSTOMER,
    "en",
    _CHICAGO,
    (
        Somebody(
            "renee.calloway@tallpines", "Renee Calloway", (Role.ADMINISTRATIVE,), "en", _CHICAGO
        ),
        Somebody("luis.ontiveros@tallpines", "Luis Ontiveros", (Role.TECHNICAL,), "en", _CHICAGO),
        Somebody("dana.frey@tallpines", "Dana Frey", (Role.USER,), "en", _CHICAGO),
    ),
    (Subscribed("tall-pines", "extreme-support", "america", fee="2650.00 USD"),),
)
_RESELLER: Final = Party(
    "obraz-i-dzwiek",
    "Obraz i Dźwięk Partner sp.j.",
    OrganisationKind.RESELLER,
    "pl",
    _WARSAW,
    (
        Somebody(
            "wiktor.krol@obraz",
            "Wiktor Król",
            (Role.SELLER,),
            "pl",
            _WARSAW,
            tries=message("demo.try-reseller"),
        ),
    ),
)

LIFESIZE: Final = House(
    key="lifesize",
    name="Lifesize",
    agreement="lifesize",
    agreement_name="lifesize-extreme",
    language="pl",
    zone="Etc/UTC",
    people=_STAFF,
    parties=(_RESELLER, _BURSZTYN, _KOLEGIUM, _TALL_PINES),
)
