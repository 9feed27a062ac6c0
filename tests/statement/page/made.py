"""Statements with pages worth reading: the month of the README's picture, and others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from tests.statement.made import KEY, SALT, agreed, asked, at, run, the_agreement, us

from uphold.agreement import Agreement, load_agreement
from uphold.engine.measure.figure import Window
from uphold.facts import Fact, FactSet, read_facts
from uphold.facts.evidence import read_evidence
from uphold.facts.evidence.run import Run
from uphold.messages import Reader
from uphold.statement import Asked, Statement, build, seal
from uphold.statement.page import statement_page

ROOT = Path(__file__).resolve().parents[3]
PICTURE = ROOT / "docs" / "pictures" / "statement"
LANGUAGES = ("en", "nb", "pl", "nl", "es")
MINUTE = 60 * 1_000_000


@lru_cache
def harbour() -> Agreement:
    page = ROOT / "agreements" / "examples" / "harbour.md"
    return load_agreement(page, until=at("2029-01-01T00:00:00+01:00"))


@lru_cache
def march() -> Statement:
    """The month that the README shows: misses, a credit, a question, silence and maintenance."""
    span = us("2028-03-01T00:00:00+01:00"), us("2028-04-01T00:00:00+02:00")
    about = Asked(
        "acme",
        Window("2028-03", *span, span, "Europe/Oslo"),
        at("2028-04-03T09:00:00+02:00"),
        salt=SALT,
    )
    facts = read_facts(PICTURE / "facts.jsonl").facts
    runs = read_evidence(PICTURE / "evidence.jsonl").runs
    return seal(build([harbour()], facts, runs, about), KEY)


@lru_cache
def page(language: str = "en") -> str:
    return statement_page(march(), Reader(language), file="acme-2028-03.json")


def made_of(
    facts: Iterable[Fact],
    runs: Iterable[Run],
    agreement: Agreement | None = None,
    customer: str = "acme",
) -> Statement:
    """A statement of August 2026."""
    return build([agreement or the_agreement()], FactSet.of(facts), runs, asked(customer))


def quiet() -> Statement:
    """A month in which nothing happened, and of which nothing is known."""
    return made_of([agreed("acme", "acme-1")], ())


def restless(count: int, minutes: int = 3) -> list[Run]:
    """A month with so many outages, none of them long, an hour and a half apart."""
    begin, end = us("2026-08-01T00:00:00+02:00"), us("2026-09-01T00:00:00+02:00")
    found = [run("sign-in", "2026-08-01T00:00:00+02:00", "2026-08-31T23:59:00+02:00", "up")]
    cursor = begin
    for place in range(count):
        start = begin + (place + 1) * 90 * MINUTE
        stop = start + minutes * MINUTE
        found += [_run(cursor, start, "up"), _run(start, stop, "down")]
        cursor = stop
    return [*found, _run(cursor, end, "up")]


def _run(start: int, end: int, state: str) -> Run:
    """Looks every minute from one instant to before another."""
    count = (end - start) // MINUTE
    return Run("checks", "oslo", "place-call", start, end - MINUTE, state, MINUTE, count, None)
