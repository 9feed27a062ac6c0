"""Messages as data: what they keep, how they compare, and their JSON form."""

import json
import pickle
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from uphold.messages import Message, Money, Percent, Value, message
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Elapsed,
    Working,
    WorkingDays,
)

OSLO = ZoneInfo("Europe/Oslo")
HOUR = 3_600_000_000


def test_a_message_is_its_id_and_its_values() -> None:
    one = message("reason.hold", cause="customer", days=WorkingDays(2))
    assert one == Message("reason.hold", {"days": WorkingDays(2), "cause": "customer"})
    assert hash(one) == hash(Message("reason.hold", {"days": WorkingDays(2), "cause": "customer"}))
    assert one != message("reason.hold", cause="supplier", days=WorkingDays(2))
    assert repr(one) == "message('reason.hold', cause='customer', days=WorkingDays(n=2))"


def test_nobody_can_change_a_message() -> None:
    given: dict[str, Value] = {"cause": "customer"}
    said = Message("reason.hold", given)
    given["cause"] = "supplier"
    assert said.data["cause"] == "customer"
    with pytest.raises(TypeError):
        said.data["cause"] = "supplier"  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        said.id = "reason.other"  # type: ignore[misc]


def test_a_message_survives_a_journey_to_another_process() -> None:
    said = message("reason.hold", inner=message("state.met"), amount=Money(Decimal("1.50"), "EUR"))
    assert pickle.loads(pickle.dumps(said)) == said


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("plain", "plain"),
        (3, 3),
        (True, True),
        (Decimal("99.90"), "99.90"),
        (Decimal("1E+3"), "1000"),
        (datetime(2027, 2, 8, 15, tzinfo=OSLO), "2027-02-08T15:00:00+01:00"),
        (datetime(2027, 2, 8, 14, tzinfo=UTC), "2027-02-08T14:00:00Z"),
        (datetime(2027, 2, 8, 14, tzinfo=ZoneInfo("UTC")), "2027-02-08T14:00:00Z"),
        (datetime(1890, 1, 1, tzinfo=ZoneInfo("Europe/Paris")), "1889-12-31T23:50:39Z"),
        (date(2027, 2, 8), "2027-02-08"),
        (Money(Decimal("12.50"), "EUR"), {"amount": "12.50", "currency": "EUR"}),
        (Percent(Decimal("99.9")), {"percent": "99.9"}),
        (Elapsed(HOUR * 2), {"text": "2 hours", "seconds": 7200}),
        (Working(HOUR * 8), {"text": "8 business hours", "seconds": 28800}),
        (Elapsed(1_250_000), {"text": "1.25 seconds", "seconds": 1, "microseconds": 250_000}),
        (WorkingDays(2), {"text": "2 working days", "working_days": 2}),
        (CalendarDays(20), {"text": "20 calendar days", "calendar_days": 20}),
        (CalendarMonths(12), {"text": "12 calendar months", "calendar_months": 12}),
        (("a", "b"), ["a", "b"]),
        (message("state.met"), {"id": "state.met"}),
    ],
)
def test_values_have_a_json_form_that_loses_nothing(value: Value, form: Any) -> None:
    written = message("reason.any", value=value).to_json()
    assert written == {"id": "reason.any", "value": form}
    assert json.loads(json.dumps(written)) == written


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="2027-02-08T15:00:00 names no zone"):
        message("reason.any", value=datetime(2027, 2, 8, 15)).to_json()  # noqa: DTZ001


def test_a_float_is_no_value() -> None:
    with pytest.raises(TypeError, match=r"cannot hold 0\.5, a float"):
        Message("reason.any", {"value": 0.5}).to_json()  # type: ignore[dict-item]


def test_no_value_may_take_the_place_of_the_id() -> None:
    with pytest.raises(ValueError, match=r"reason\.any: no value may be named 'id'"):
        Message("reason.any", {"id": "x"}).to_json()
