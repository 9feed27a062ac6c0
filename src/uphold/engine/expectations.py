"""What an example expects, held against the verdict, figure, credit or right that came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeVar

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.lengths import parse_duration
from uphold.agreement.phrases.numbers import parse_money, parse_percent
from uphold.engine.measure.figure import Figure, Window, cut_off
from uphold.engine.measure.json_values import calendar_in
from uphold.engine.money.credit import Credit
from uphold.engine.money.leaving import Right
from uphold.engine.settle import Settlement
from uphold.engine.shown import shown
from uphold.engine.verdict import Verdict
from uphold.messages import Message, message
from uphold.worktime.durations import Elapsed, Working

T = TypeVar("T")
Windowed = Figure | Credit | Right
Found = Verdict | Windowed
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that did not come true: of which verdict, which part, and both values."""

    expected_of: str
    part: str
    expected: str
    found: str

    def message(self) -> Message:
        """The difference in words."""
        return message(
            "example.difference",
            verdict=self.expected_of,
            part=self.part,
            expected=self.expected,
            found=self.found,
        )


def differences(
    agreement: Agreement, settlement: Settlement, expect: Mapping[str, Mapping[str, str]]
) -> Iterator[Difference]:
    """Every expectation of an example that did not come true."""
    for key, expected in expect.items():
        found = _meant(settlement, key, expected)
        if found is None:
            if expected.get("state") != _NONE:
                known = ", ".join(each.key for each in _all(settlement)) or "-"
                yield Difference(key, "verdict", ", ".join(expected.values()), known)
            continue
        for part, wanted in expected.items():
            value, equal = _part(agreement, found, part, wanted)
            if not equal:
                yield Difference(key, part, wanted, value)


def _all(settlement: Settlement) -> tuple[Found, ...]:
    return (*settlement.verdicts, *_windowed(settlement))


def _windowed(settlement: Settlement) -> tuple[Windowed, ...]:
    return (*settlement.history, *settlement.all_credits, *settlement.rights)


def _meant(settlement: Settlement, key: str, expected: Mapping[str, str]) -> Found | None:
    """The verdict of `TERM`, `SUBJECT/TERM` or either with `/CYCLE` or `/WINDOW`.

    Without a cycle the first is meant; without a window the last that is over, else the last.
    """
    head, slash, last = key.rpartition("/")
    label = last if slash and last[:1].isdigit() else None
    subject, _, name = (head if label else key).rpartition("/")
    cycle = label or expected.get("cycle", "1")
    for verdict in settlement.verdicts:
        if (
            verdict.clock == name
            and subject in ("", verdict.subject)
            and str(verdict.cycle) == cycle
        ):
            return verdict
    named = [
        each
        for each in _windowed(settlement)
        if each.term == name
        and label in (None, each.window.label)
        and set(filter(None, subject.split("/"))) <= set(each.key.split("/"))
    ]
    over = [each for each in named if each.window.whole[1] <= settlement.evaluation.now]
    last_end = max((each.window.whole[1] for each in over or named), default=0)
    return next((each for each in named if each.window.whole[1] == last_end), None)


def _part(agreement: Agreement, found: Found, part: str, wanted: str) -> tuple[str, bool]:
    """What came out there, and whether it is what was wanted."""
    if part == "because":
        terms = [str(reason.data.get("term", reason.id)) for reason in found.because]
        ids = [reason.id.removeprefix("reason.") for reason in found.because]
        return ", ".join(dict.fromkeys(terms)), wanted in terms or wanted in ids
    if part in ("state", "standing", "cycle", "clause", "revision"):
        value = str(getattr(found, part, "-"))
        return value, value == wanted
    if isinstance(found, Verdict):
        return _of_verdict(found, part, wanted)
    if isinstance(found, Figure):
        return _of_figure(found, part, wanted)
    if isinstance(found, Right):
        return _of_right(agreement, found, part, wanted)
    return _of_credit(agreement, found, part, wanted)


def _of_verdict(verdict: Verdict, part: str, wanted: str) -> tuple[str, bool]:
    if part in ("due", "promised_due", "starts", "stopped"):
        return _instant(getattr(verdict, part), wanted)
    if part in ("used", "left"):
        return _length(verdict.used_us if part == "used" else verdict.left_us, wanted)
    if part == "provisional":
        found = "yes" if verdict.provisional else "no"
        return found, wanted == found
    return "-", False


def _of_figure(figure: Figure, part: str, wanted: str) -> tuple[str, bool]:
    if part in ("availability", "lowest", "highest", "coverage", "target"):
        return _share(getattr(figure, part), figure.decimals, wanted)
    if part in ("owed", "unknown"):
        return _length(getattr(figure, part), wanted)
    if part == "downtime":
        return _length(figure.down, wanted)
    if part == "excluded":
        return _length(sum(length for _, length in figure.excluded), wanted)
    if part == "left":
        return _length(figure.budget_left, wanted)
    if part == "outages":
        found = str(len(figure.counting))
        return found, found == wanted
    return "-", False


def _of_credit(agreement: Agreement, credit: Credit, part: str, wanted: str) -> tuple[str, bool]:
    if part == "amount":
        return _money(credit.amount, credit.currency, wanted)
    if part == "granted":
        return _money(credit.granted, credit.currency, wanted)
    if part == "days":
        return _number(credit.days, wanted)
    if part in ("claim_by", "paid_on"):
        us: int | None = getattr(credit, part)
        return _instant(_shown_at(agreement, credit.window, us), wanted)
    return "-", False


def _of_right(agreement: Agreement, right: Right, part: str, wanted: str) -> tuple[str, bool]:
    """A right is there from `starts` on and is used by `claim_by`."""
    if part in ("starts", "claim_by"):
        us = right.since if part == "starts" else right.until
        return _instant(_shown_at(agreement, right.window, us), wanted)
    return "-", False


def _shown_at(agreement: Agreement, window: Window, us: int | None) -> datetime | None:
    return None if us is None else shown(calendar_in(agreement, window.zone), us)


def _instant(found: datetime | None, wanted: str) -> tuple[str, bool]:
    if found is None:
        return _NONE, wanted == _NONE
    return found.isoformat(), found == _read(datetime.fromisoformat, wanted)


def _length(found: int | None, wanted: str) -> tuple[str, bool]:
    if found is None:
        return _NONE, wanted == _NONE
    duration = _read(parse_duration, wanted)
    nothing = found == 0 and wanted == _NONE
    equal = isinstance(duration, Elapsed | Working) and duration.us == found
    return str(Elapsed(found)), equal or nothing


def _share(found: Fraction | None, decimals: int, wanted: str) -> tuple[str, bool]:
    """Equal when the figure prints as wanted, or is it exactly."""
    if found is None:
        return _NONE, wanted == _NONE
    printed = f"{cut_off(found, decimals)} %"
    share = _read(parse_percent, wanted)
    if share is None:
        return printed, False
    exact = Fraction(share.value) / 100
    return printed, exact == found or exact == Fraction(Decimal(cut_off(found, decimals))) / 100


def _money(found: Decimal | None, currency: str | None, wanted: str) -> tuple[str, bool]:
    if found is None:
        return "not stated", wanted in ("not stated", _NONE)
    money = _read(parse_money, wanted)
    equal = money is not None and (money.amount, money.currency) == (found, currency)
    return f"{found} {currency}", equal


def _number(found: Decimal | None, wanted: str) -> tuple[str, bool]:
    if found is None:
        return _NONE, wanted == _NONE
    return str(found), _read(Decimal, wanted) == found


def _read(read: Callable[[str], T], text: str) -> T | None:
    """What the text says; None where it is none of its kind."""
    try:
        return read(text)
    except (PhraseError, ValueError, InvalidOperation):
        return None
