"""What the tests of money share: agreements, figures made by hand, facts, and reasons in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from uphold.agreement import Agreement, load_agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine import Evaluation, State
from uphold.engine.measure.figure import Figure, Window
from uphold.engine.money.credit import Credit
from uphold.engine.money.crediting import credits as credits_of
from uphold.facts import Fact, make_fact
from uphold.messages import Message, Reader

AGREEMENTS = Path(__file__).resolve().parents[3] / "agreements"
MICROSECONDS = 1_000_000
HOUR = 3600 * MICROSECONDS
MINUTE = 60 * MICROSECONDS


def shipped(name: str) -> Agreement:
    """A shipped agreement or one of its examples, by its file's name."""
    for folder in (AGREEMENTS, AGREEMENTS / "examples", AGREEMENTS / "examples" / "suppliers"):
        if (folder / f"{name}.md").exists():
            return load_agreement(folder / f"{name}.md")
    raise FileNotFoundError(name)


def changed(name: str, *pairs: tuple[str, str]) -> Agreement:
    """A shipped agreement in which some words are others; each must stand in it."""
    path = next(path for path in AGREEMENTS.rglob(f"{name}.md"))
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return load_agreement((path.name, text))


def at(text: str, zone: str = "UTC") -> datetime:
    """A wall time such as `2026-03-10 09:00` in a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def us(text: str, zone: str = "UTC") -> int:
    """The same in microseconds."""
    return round(at(text, zone).timestamp()) * MICROSECONDS


def fact(what: str, time: str, subject: str, /, zone: str = "UTC", **rest: Any) -> Fact:
    """A fact at a wall time; a name that Python reserves may end in an underscore."""
    said = {name.rstrip("_"): value for name, value in rest.items() if value is not None}
    return make_fact(what, at(time, zone), subject, **said)


def agreed(
    fee: str | None = None, account: str = "acme-1", customer: str = "acme", **rest: Any
) -> Fact:
    """That a customer's account agreed, on 5 January 2026 unless told otherwise."""
    time = rest.pop("time", "2026-01-01 00:00")
    return fact("customer.agreed", time, f"customer:{customer}", account=account, fee=fee, **rest)


def claim(step: str, time: str, number: int = 1, /, **rest: Any) -> Fact:
    """A step of a claim of account acme-1, unless `account` or `customer` says whose."""
    if "customer" not in rest:
        rest.setdefault("account", "acme-1")
    return fact(f"claim.{step}", time, f"claim:{number}", **rest)


def months(first: str, count: int = 1, zone: str = "UTC") -> Window:
    """So many whole months from one on, such as `2026-02`."""
    year, month = map(int, first.split("-"))
    start = _first(year, month, zone)
    last = year * 12 + month - 1 + count
    end = _first(last // 12, last % 12 + 1, zone)
    before = last - 1
    label = first if count == 1 else f"{first}..{before // 12}-{before % 12 + 1:02d}"
    return Window(label, start, end, (start, end), zone)


def _first(year: int, month: int, zone: str) -> int:
    return us(date(year, month, 1).isoformat(), zone)


def missed(
    agreement: Agreement,
    window: Window,
    *,
    down: int | None = None,
    share: str | Fraction | None = None,
    term: str | None = None,
    **more: Any,
) -> Figure:
    """A missed figure of an availability term: by its downtime or its exact share of one."""
    terms = [each for each in agreement.of(AvailabilityTerm) if term in (None, each.name)]
    promise = terms[0]
    owed = window.end - window.start
    exact = Fraction(share) if share is not None else Fraction(owed - (down or 0), owed)
    lost = round(owed * (1 - exact)) if down is None else down
    service = more.pop("service", promise.of[0])
    account = more.pop("account", None)
    owner = f"account:{account}" if account else f"service:{service}"
    said: dict[str, Any] = {
        "state": State.MISSED, "customer": None, "unknown": 0, "excluded": (),
        "lowest": None, "highest": None, "outages": (), "budget_left": None,
        "questions": 0, "because": (), "owed": owed, "down": lost, "availability": exact,
    } | more  # fmt: skip
    return Figure(
        key=f"{owner}/{promise.name}/{window.label}",
        term=promise.name,
        agreement=agreement.name,
        revision=agreement.revision,
        clause=promise.clause,
        service=service,
        account=account,
        window=window,
        target=Fraction(promise.target.share.value) / 100,
        standing=promise.standing,
        decimals=promise.figure.decimals,
        **said,
    )


def evaluated(
    agreements: Agreement | Iterable[Agreement], time: str, facts: Iterable[Fact] = (), **more: Any
) -> Evaluation:
    """The evaluation of some facts at a wall time (UTC)."""
    given = [agreements] if isinstance(agreements, Agreement) else list(agreements)
    return Evaluation.of(given, list(facts), at(time), **more)


def owed(
    agreements: Agreement | Iterable[Agreement],
    time: str,
    facts: Iterable[Fact] = (),
    figures: Iterable[Figure] = (),
) -> tuple[Credit, ...]:
    """The credits of some figures and facts at a wall time (UTC)."""
    return credits_of(evaluated(agreements, time, facts), list(figures))


def the(every: tuple[Credit, ...]) -> Credit:
    """The only credit there is."""
    (found,) = every
    return found


def said(because: Iterable[Message]) -> list[str]:
    """Reasons in English."""
    return [Reader("en").text(reason) for reason in because]


def ids(because: Iterable[Message]) -> list[str]:
    """What reasons are, in order."""
    return [reason.id.removeprefix("reason.") for reason in because]
