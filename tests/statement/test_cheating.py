"""A provider that cheats and seals it with the right key: what does not follow is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.statement.made import KEY, asked, facts, runs, sealed, the_agreement

from uphold.agreement import load_agreement
from uphold.messages import Reader
from uphold.statement import Kind, Statement, Status, Verification, build, seal, verify
from uphold.statement.calendars import calendar_unlike_page
from uphold.statement.form import PARTS
from uphold.statement.indexing import index_of
from uphold.statement.recomputing import recompute
from uphold.worktime import CompiledCalendar

SHIPPED = Path(__file__).resolve().parents[2] / "agreements"
PINNED = KEY.public_key()
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def file() -> bytes:
    return sealed()


def english(found: Verification) -> str:
    return Reader("en").text(found.message)


def resealed(data: bytes, change: Change, key: Ed25519PrivateKey = KEY) -> bytes:
    """What a provider would send that changes a part, makes all digests anew and signs it."""
    whole = json.loads(data)
    change(whole)
    parts = {name: whole[name] for name in PARTS}
    try:
        kept = recompute(Statement.of(parts)).settlement.evaluation.facts.facts
        parts["index"] = index_of(parts, kept)
    except (ValueError, TypeError, KeyError):
        pass  # a part that cannot be read has the index it had
    return seal(Statement.of(parts), key).to_bytes()


CHEATS: dict[str, tuple[Change, str]] = {}


def cheat(name: str, words: str) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        CHEATS[name] = change, words
        return change

    return keep


@cheat("a better figure", "the statement says 99.999, the facts give 99.798")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["figures"][0]["availability"] = "99.999"


@cheat("a smaller credit", "in “amount”: the statement says 1.00, the facts give 10.00")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["credits"][0]["amount"] = "1.00"


@cheat("no credit", "the credit account:acme-1/monthly-credit/2026-08 follows from the facts, but")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["credits"] = []


@cheat("an outage less", "the outage calling 2026-08-12T11:00:00+02:00 follows from the facts, but")
def _(parts: dict[str, Any]) -> None:
    del parts["verdicts"]["outages"][1]


@cheat("a figure made up", "does not follow from the facts: they give nothing of the kind")
def _(parts: dict[str, Any]) -> None:
    first = parts["verdicts"]["figures"][0]
    parts["verdicts"]["figures"].append({**first, "key": "account:acme-1/monthly/2026-07"})


@cheat("a figure told twice", "does not follow from the facts")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["figures"].append(parts["verdicts"]["figures"][-1])


@cheat("a reason", "in “because 1.label”: the statement says 2026-07")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["figures"][0]["because"][0]["label"] = "2026-07"


@cheat("a met promise", "the verdict request:3/response does not follow from the facts, in")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["verdicts"][1]["state"] = "met"


@cheat("a fact less", "the facts give")
def _(parts: dict[str, Any]) -> None:
    parts["facts"] = [each for each in parts["facts"] if each["type"] != "outage.reported"]


@cheat("an account less", "in “accounts 2”: the statement says –, the facts give acme-2")
def _(parts: dict[str, Any]) -> None:
    parts["about"]["accounts"] = ["acme-1"]


@cheat("another page's digest", "in “agreements 1.page”")
def _(parts: dict[str, Any]) -> None:
    parts["about"]["agreements"][0]["page"] = "0" * 64


@cheat("an agreement whose clauses are not its page's", "cannot be run")
def _(parts: dict[str, Any]) -> None:
    parts["agreements"][0]["document"]["clauses"][0]["prose"] = "We promise nothing."


@cheat("a later instant", "the facts give")
def _(parts: dict[str, Any]) -> None:
    parts["about"]["at"] = "2027-03-01T00:00:00Z"


@cheat("a fact that is none", "Fact 1 of the statement cannot be read")
def _(parts: dict[str, Any]) -> None:
    parts["facts"].insert(0, {"type": "request.opened"})


@cheat("evidence that is none", "Run 1 of the evidence in the statement cannot be read")
def _(parts: dict[str, Any]) -> None:
    parts["runs"][0]["state"] = "splendid"


@cheat("no agreement", "The statement holds no agreement")
def _(parts: dict[str, Any]) -> None:
    parts["agreements"] = []


@cheat("verdicts of an unknown kind", "the verdicts does not follow from the facts")
def _(parts: dict[str, Any]) -> None:
    parts["verdicts"]["compliments"] = []


@pytest.mark.requirement("X4")
@pytest.mark.parametrize("name", sorted(CHEATS))
def test_a_cheating_provider_is_found_out_though_the_seal_is_right(file: bytes, name: str) -> None:
    change, words = CHEATS[name]
    found = verify(resealed(file, change), PINNED)
    assert (found.status, found.exit_code) == (Status.DIFFERS, 1)
    assert found.difference is not None
    assert found.difference.kind in (Kind.RECOMPUTED, Kind.NOT_COMPUTABLE)
    assert words in english(found)


HOLIDAYS = {"2026-05-14": "no such day"}


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("desk", "hours", {"mon-fri": "08:00-20:00"}),
        ("desk", "opened", ["2026-08-08 09:00-12:00"]),
        ("desk", "closed", ["2026-08-06"]),
        ("desk", "zone", "America/New_York"),
        ("always", "holidays", HOLIDAYS),
    ],
)
def test_a_calendar_that_is_not_the_pages_is_found_out(name: str, key: str, value: object) -> None:
    """Hours that the page does not say would move every due time, and all would still follow."""
    held = the_agreement()
    form = held.calendars[name].to_json()
    rule = {**form["rule"], key: value}
    calendars = {**held.calendars, name: CompiledCalendar.from_json({**form, "rule": rule})}
    made = build([replace(held, calendars=calendars)], facts(), runs(), asked())
    found = verify(seal(made, KEY).to_bytes(), PINNED)
    assert found.difference is not None and found.difference.kind is Kind.NOT_COMPUTABLE
    assert english(found) == (
        f"The calendar {name}, written out beside the agreement fjordline-calling 1, "
        "is not the one that its page asks for."
    )


def test_a_calendar_that_is_left_out_is_found_out(file: bytes) -> None:
    def change(parts: dict[str, Any]) -> None:
        del parts["agreements"][0]["calendars"]["desk"]

    assert "The calendar desk" in english(verify(resealed(file, change), PINNED))


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.md")), ids=lambda path: path.stem)
def test_the_calendars_of_every_shipped_agreement_are_its_pages(path: Path) -> None:
    if ".nb." not in path.name:
        assert calendar_unlike_page(load_agreement(path)) is None


def test_ones_own_copy_of_the_agreement_settles_which_text_holds(file: bytes) -> None:
    own = the_agreement()
    assert verify(file, PINNED, agreements=[own]).status is Status.INTACT
    page = own.document.source.replace("99.9 %", "99.99 %")
    other = load_agreement(("mine.md", page))
    found = verify(file, PINNED, agreements=[other])
    assert found.difference is not None and found.difference.kind is Kind.OWN_AGREEMENT
    assert "another text of fjordline-calling revision 1" in english(found)
