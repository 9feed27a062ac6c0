"""Credits and claims: what a miss costs, and how it is asked for and paid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uphold.agreement.phrases.error import unreadable
from uphold.agreement.phrases.lengths import DURATION, Duration, parse_duration
from uphold.agreement.phrases.numbers import (
    NAME,
    NUMBER,
    Money,
    Percent,
    parse_date,
    parse_money,
    parse_percent,
)

_P = rf"{NUMBER} ?%"
AMOUNT_FORMS = (
    "5 % of account.fee",
    "2.5 % of account.fee per full 1 % below target",
    "50.00 EUR per missed clock",
    "1 days of service per full hour of downtime",
    "not stated",
)


@dataclass(frozen=True, slots=True)
class Missed:
    """The term whose miss earns the credit."""

    term: str

    def __str__(self) -> str:
        return f"{self.term} missed"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the fee, a sum of money, or days of service: one of the three."""

    percent: Percent | None = None
    money: Money | None = None
    days: Decimal | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Step:
    """What the share is counted per.

    kind: `below target` (each `percent`, whole ones only if `full`), `missed clock`, or `hour of
    downtime` (rounding `full`, `started`, or exact).
    """

    kind: str
    percent: Percent | None = None
    rounding: str = "exact"


@dataclass(frozen=True, slots=True)
class Amount:
    """What is credited; `share` None where the agreement does not state it."""

    share: Share | None
    per: Step | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class MissCount:
    """`from 3 misses a month`."""

    least: int
    period: str
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Cap:
    """At most this share in each period."""

    share: Share
    period: str
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether a claim is needed, and by when: `duration` or `cycles` after `since`."""

    required: bool
    duration: Duration | None = None
    cycles: int | None = None
    since: str | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Paid:
    """When a credit is paid: the next invoice, the next renewal, or a date."""

    when: str
    on: date | None = None

    def __str__(self) -> str:
        return self.when


@dataclass(frozen=True, slots=True)
class Repeated:
    """So many misses within a duration."""

    count: int
    within: Duration
    text: str = ""

    def __str__(self) -> str:
        return self.text


def parse_missed(text: str) -> Missed:
    """`account-uptime missed`."""
    match = re.fullmatch(rf"({NAME}) missed", text.strip())
    if not match:
        raise unreadable(text, "missed", ("account-uptime missed",))
    return Missed(match[1])


def parse_share(text: str) -> Share:
    """`5 % of account.fee`, `50.00 EUR`, `2 days of service`."""
    text = text.strip()
    percent = re.fullmatch(rf"({_P}) of account\.fee", text)
    if percent:
        return Share(percent=parse_percent(percent[1]), text=text)
    days = re.fullmatch(rf"({NUMBER}) days? of service", text)
    if days:
        return Share(days=Decimal(days[1]), text=text)
    if re.fullmatch(rf"{NUMBER} \S+", text):
        return Share(money=parse_money(text), text=text)
    raise unreadable(text, "amount", AMOUNT_FORMS)


def parse_amount(text: str) -> Amount:
    """A share, and what it is counted per, as `AMOUNT_FORMS` show."""
    text = text.strip()
    if text == "not stated":
        return Amount(None, text=text)
    share, _, step = text.partition(" per ")
    return Amount(parse_share(share), _step(step, text) if step else None, text)


def _step(step: str, whole: str) -> Step:
    below = re.fullmatch(rf"(full )?({_P}) below target", step)
    if below:
        return Step("below target", parse_percent(below[2]), "full" if below[1] else "exact")
    if step == "missed clock":
        return Step("missed clock")
    hour = re.fullmatch(r"(full |started )?hour of downtime", step)
    if hour:
        return Step("hour of downtime", rounding=(hour[1] or "exact").strip())
    raise unreadable(whole, "amount", AMOUNT_FORMS, whole.find(step))


def parse_below(text: str) -> Percent:
    """`below 99.9 %`: the name of a tier."""
    match = re.fullmatch(rf"below ({_P})", text.strip())
    if not match:
        raise unreadable(text, "tier", ("below 99.9 %",))
    return parse_percent(match[1])


def parse_miss_count(text: str) -> MissCount:
    """`from 3 misses a month`: the name of a row by number of misses."""
    match = re.fullmatch(r"from (\d+) misses a (month|quarter|year)", text.strip())
    if not match:
        raise unreadable(text, "misses", ("from 3 misses a month",))
    return MissCount(int(match[1]), match[2], text)


def parse_cap(text: str) -> Cap:
    """`50 % of account.fee a month`."""
    match = re.fullmatch(r"(.+) a (month|year)", text.strip())
    if not match:
        raise unreadable(text, "cap", ("50 % of account.fee a month", "1000 EUR a year"))
    return Cap(parse_share(match[1]), match[2], text)


def parse_claim(text: str) -> Claim:
    """`not required`, `required`, or `within 30 calendar days of the window's end`."""
    text = text.strip()
    if text in ("not required", "required"):
        return Claim(text == "required", text=text)
    match = re.fullmatch(
        rf"within (?:({DURATION})|(\d+) billing cycles?)"
        r" of (the window's end|the miss|the statement)",
        text,
    )
    if not match:
        raise unreadable(
            text, "claim", ("not required", "within 30 calendar days of the window's end")
        )
    duration = parse_duration(match[1]) if match[1] else None
    cycles = int(match[2]) if match[2] else None
    return Claim(True, duration, cycles, match[3], text)


def parse_paid(text: str) -> Paid:
    """`next invoice`, `next renewal`, or a date."""
    text = text.strip()
    if text in ("next invoice", "next renewal"):
        return Paid(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Paid(text, parse_date(text))
    raise unreadable(text, "paid", ("next invoice", "next renewal", "2027-12-31"))


def parse_repeated(text: str) -> Repeated:
    """`3 misses in 6 calendar months`."""
    match = re.fullmatch(rf"(\d+) misses in ({DURATION})", text.strip())
    if not match:
        raise unreadable(text, "repeated", ("3 misses in 6 calendar months",))
    return Repeated(int(match[1]), parse_duration(match[2]), text)
