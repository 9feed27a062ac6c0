"""The values of facts: read from JSON, from the texts of examples, and made in Python."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.facts.made import facts_of

from uphold.facts import FactError, Kind, make_fact, read_fact
from uphold.facts.values import read_value
from uphold.messages import Money
from uphold.worktime.durations import Elapsed


def test_values_are_read_as_what_they_are() -> None:
    (agreed, escalated, planned, opened) = facts_of(
        {
            "type": "customer.agreed",
            "at": "2027-02-01T10:00:00Z",
            "subject": "customer:acme",
            "account": "acme-1",
            "fee": "12.50 EUR",
            "until": "2028-01-01T00:00:00+01:00",
        },
        {
            "type": "request.escalated",
            "at": "2027-02-01T10:00:00Z",
            "subject": "request:1",
            "spent": "1 hour 30 minutes",
            "billable": True,
        },
        {
            "type": "maintenance.announced",
            "at": "2027-02-01T10:00:00Z",
            "subject": "maintenance:1",
            "to": ["customers", "resellers"],
        },
        {
            "type": "request.opened",
            "at": "2027-02-01T10:00:00Z",
            "subject": "request:1",
            "priority": "high",
        },
    )
    assert agreed.value("fee") == Money(Decimal("12.50"), "EUR")
    assert agreed.time("until") == datetime(2027, 12, 31, 23, tzinfo=UTC)
    assert agreed.account == "acme-1"
    assert agreed.value("plan") is None
    assert escalated.value("spent") == Elapsed(90 * 60_000_000)
    assert escalated.value("billable") is True
    assert planned.value("to") == ("customers", "resellers")
    assert opened.value("priority") == "high"
    assert opened.data == {"priority": "high"}
    assert opened.thing == "request"
    assert opened.at == datetime(2027, 2, 1, 10, tzinfo=UTC)
    with pytest.raises(KeyError):
        opened.value("priorty")


def test_facts_of_examples_are_texts_throughout() -> None:
    fact, problems = read_fact(
        {
            "type": "request.answered",
            "at": "2027-02-01T10:00:00+01:00",
            "subject": "request:1",
            "seq": "2",
            "automatic": "yes",
            "internal": "no",
        },
        texts=True,
    )
    assert not problems
    assert fact is not None
    assert fact.seq == 2
    assert (fact.value("automatic"), fact.value("internal")) == (True, False)
    _, problems = read_fact(
        {
            "type": "request.answered",
            "at": "2027-02-01T10:00:00+01:00",
            "subject": "request:1",
            "automatic": "perhaps",
        },
        texts=True,
    )
    assert [problem.code for problem in problems] == ["fact-value-unreadable"]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0 EUR", "0"),
        ("12.50 EUR", "12.50"),
        ("999999999999999.123456789012 JOD", "999999999999999.123456789012"),
        ("-5 EUR", None),  # money is owed or it is not
        ("1000000000000000 EUR", None),  # more than any fee; sums of it would not be exact
        ("0.1234567890123 EUR", None),
        ("1e3 EUR", None),
        ("12,50 EUR", None),
        ("12.50 eur", None),
        ("12.50", None),
    ],
)
def test_money_is_never_below_nothing_nor_beyond_what_sums_hold(
    written: str, amount: str | None
) -> None:
    fee = {"type": "customer.fee", "at": "2027-02-01T10:00:00Z", "subject": "customer:acme"}
    fact, problems = read_fact({**fee, "amount": written})
    if amount is None:
        assert [problem.code for problem in problems] == ["fact-value-unreadable"]
    else:
        assert fact is not None
        assert fact.value("amount") == Money(Decimal(amount), written[-3:])


def test_facts_are_made_in_python_with_datetimes_and_tuples() -> None:
    fact = make_fact(
        "maintenance.announced",
        datetime(2027, 2, 1, 10, tzinfo=UTC),
        "maintenance:1",
        to=("customers",),
        channel="e-mail",
    )
    assert fact.written == {
        "type": "maintenance.announced",
        "at": "2027-02-01T10:00:00Z",
        "subject": "maintenance:1",
        "to": ["customers"],
        "channel": "e-mail",
    }
    with pytest.raises(FactError, match=r"there is no fact type “request\.opend”"):
        make_fact("request.opend", datetime(2027, 2, 1, tzinfo=UTC), "request:1")
    with pytest.raises(ValueError, match="has no zone"):
        make_fact("request.opened", datetime(2027, 2, 1), "request:1")  # noqa: DTZ001


def test_reading_a_value_of_a_kind() -> None:
    assert read_value(Kind.DURATION, "PT1H30M") == Elapsed(90 * 60_000_000)
    assert read_value(Kind.DURATION, "2 h 5 s") == Elapsed(7_205_000_000)
