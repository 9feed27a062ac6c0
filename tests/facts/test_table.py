"""The table of fact types, and the two things that are made from it."""

import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.made import lines_of, read, written_facts

from uphold.facts import BY_NAME, FACT_TYPES, ORDER
from uphold.facts.fact import ENVELOPE_NAMES
from uphold.facts.reference import reference_page
from uphold.facts.schema import schema
from uphold.facts.types import Kind

VALIDATOR = jsonschema.Draft202012Validator(
    schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)

# The types that the design names; the table may hold more.
DESIGN = {
    "request": "opened forwarded classified assigned answered started replied awaiting resumed "
    "updated escalated resolved reopened merged cancelled cause session_arranged",
    "complaint": "received confirmed contacted answered",
    "order": "placed held resumed delivered",
    "maintenance": "planned announced changed started ended cancelled",
    "backup": "taken deleted",
    "release": "planned shipped",
    "check": "observed",
    "outage": "reported judged",
    "claim": "filed accepted rejected applied",
    "supplier": "reported updated",
    "agreement": "posted",
    "customer": "agreed renewed trained added infrastructure_changed fee office",
}


def test_every_type_of_the_design_is_there() -> None:
    designed = {
        f"{thing}.{name.replace('_', ' ')}"
        for thing, names in DESIGN.items()
        for name in names.split()
    }
    assert designed <= set(BY_NAME)


def test_no_name_means_two_things() -> None:
    assert len(BY_NAME) == len(FACT_TYPES)
    for fact_type in FACT_TYPES:
        names = Counter(each.name for each in fact_type.fields)
        assert not ENVELOPE_NAMES & names.keys()
        assert max(names.values(), default=1) == 1
        for pair in fact_type.periods:
            kinds = {each.kind for name in pair if (each := fact_type.field(name))}
            assert kinds == {Kind.TIME}


def test_every_kind_of_value_is_used() -> None:
    used = {each.kind for fact_type in FACT_TYPES for each in fact_type.fields}
    assert used == set(Kind)


def test_the_reference_page_is_current(repository: Path) -> None:
    page = (repository / "docs/language/facts.md").read_text(encoding="utf-8")
    assert page == reference_page(), (
        "run `python -m uphold.facts.reference > docs/language/facts.md`"
    )


def test_the_reference_page_keeps_the_order_that_settles_ties() -> None:
    headings = re.findall(r"^### (.*)$", reference_page(), re.MULTILINE)
    assert headings == sorted(BY_NAME, key=ORDER.__getitem__)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


@given(written_facts())
def test_what_the_table_allows_both_reader_and_schema_accept(written: dict[str, object]) -> None:
    facts, problems = read(lines_of(written))
    assert not problems
    assert facts[0].written == written
    VALIDATOR.validate(written)


OTHER: list[object] = [None, True, -1, 1.5, "", "  ", [], {}, ["x", 1], "2027-02-01", "fax"]
SPOILT = st.sampled_from(OTHER)


@given(written_facts(), st.data())
def test_the_schema_refuses_nothing_that_the_reader_accepts(
    written: dict[str, object], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([*written, "priorty"]))
    spoilt = written | {key: data.draw(SPOILT)}
    facts, _ = read(lines_of(spoilt))
    assert not facts or VALIDATOR.is_valid(spoilt)


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "request.openned"},
        {"subject": "order:1"},
        {"at": "2027-02-01T10:00:00"},
        {"priorty": "high"},
        {"channel": "fax"},
        {"kind": 3},
        {"v": 2},
        {"corrects": "a", "retracts": "b"},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: dict[str, object]) -> None:
    sound: dict[str, object] = {
        "type": "request.opened",
        "at": "2027-02-01T10:00:00Z",
        "subject": "request:1",
    }
    assert VALIDATOR.is_valid(sound)
    assert not VALIDATOR.is_valid(sound | wrong)
    assert read(lines_of(sound | wrong)).problems


def test_a_field_that_is_needed_may_be_left_out_of_a_retraction_only() -> None:
    merged: dict[str, object] = {
        "type": "request.merged",
        "at": "2027-02-01T10:00:00Z",
        "subject": "request:1",
    }
    assert not VALIDATOR.is_valid(merged)
    assert read(lines_of(merged)).problems
    assert VALIDATOR.is_valid(merged | {"retracts": "x"})
    assert not read(lines_of(merged | {"retracts": "x"})).problems
