"""Checking a statement: every byte of it, who sealed it, and whether its figures follow."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.statement.made import (
    KEY,
    OTHER_KEY,
    sealed,
    statement,
    the_agreement,
)

from uphold.agreement.lock import lock
from uphold.facts import canonical_json
from uphold.messages import LANGUAGES, Reader
from uphold.statement import Kind, Status, Verification, verify

SHIPPED = Path(__file__).resolve().parents[2] / "agreements"
PINNED = KEY.public_key()
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def file() -> bytes:
    return sealed()


def english(found: Verification) -> str:
    return Reader("en").text(found.message)


def altered(data: bytes, change: Change) -> bytes:
    """The file with a change in its JSON, spelt as statements are, and not sealed anew."""
    parts = json.loads(data)
    change(parts)
    return canonical_json(parts) + b"\n"


# -- who sealed it


@pytest.mark.requirement("X4")
def test_an_intact_statement_says_so_and_by_whom_it_is_sealed(file: bytes) -> None:
    found = verify(file, PINNED)
    assert (found.status, found.exit_code, found.difference) == (Status.INTACT, 0, None)
    assert found.fingerprint is not None and found.fingerprint in english(found)


def test_without_a_pinned_key_the_signer_is_unknown(file: bytes) -> None:
    found = verify(file)
    assert (found.status, found.exit_code) == (Status.SIGNER_UNKNOWN, 0)
    assert "compare the key's fingerprint" in english(found)


def test_another_key_than_the_pinned_one_is_told_with_both_fingerprints(file: bytes) -> None:
    found = verify(file, OTHER_KEY.public_key())
    assert (found.status, found.exit_code) == (Status.DIFFERS, 1)
    assert found.difference is not None and found.difference.kind is Kind.KEY
    assert "signed with another key: 5647 5aa7" in english(found)


def test_a_statement_that_is_not_signed_is_intact_but_nobody_vouches_for_it() -> None:
    data = statement().to_bytes()
    assert verify(data).status is Status.NOT_SIGNED
    found = verify(data, PINNED)
    assert found.difference is not None and found.difference.kind is Kind.UNSIGNED


def test_a_signature_of_another_statement_is_wrong(file: bytes) -> None:
    other = json.loads(sealed("globex"))["seal"]

    def swap(parts: dict[str, Any]) -> None:
        parts["seal"] = {**parts["seal"], "signature": other["signature"]}

    found = verify(altered(file, swap), PINNED)
    assert found.difference is not None and found.difference.kind is Kind.SIGNATURE


def test_a_key_that_is_no_point_of_the_curve_is_a_wrong_signature(file: bytes) -> None:
    def swap(parts: dict[str, Any]) -> None:
        parts["seal"]["key"] = "ff" * 32

    found = verify(altered(file, swap))
    assert found.difference is not None and found.difference.kind is Kind.SIGNATURE


# -- what was altered after sealing


def without(name: str, place: int) -> Change:
    def change(parts: dict[str, Any]) -> None:
        del parts[name][place]

    return change


def test_a_missing_fact_is_named(file: bytes) -> None:
    for place, entry in enumerate(json.loads(file)["index"]["fact"]):
        found = verify(altered(file, without("facts", place)), PINNED)
        assert found.difference is not None
        assert (found.difference.kind, found.difference.name) == (Kind.FACT_MISSING, entry["id"])
        assert f"{entry['type']} of {entry['subject']} at {entry['at']}" in english(found)


def test_a_changed_fact_and_one_put_in_are_named(file: bytes) -> None:
    def change(parts: dict[str, Any]) -> None:
        parts["facts"][0]["fee"] = "1.00 EUR"

    found = verify(altered(file, change), PINNED)
    assert found.difference is not None and found.difference.kind is Kind.FACT_CHANGED
    assert "customer.agreed of customer:acme" in english(found)

    def add(parts: dict[str, Any]) -> None:
        parts["facts"].append({**parts["facts"][0], "account": "acme-9"})

    found = verify(altered(file, add), PINNED)
    assert found.difference is not None and found.difference.kind is Kind.FACT_ADDED


def test_a_swapped_agreement_is_named(file: bytes) -> None:
    def swap(parts: dict[str, Any]) -> None:
        parts["agreements"] = [lock(the_agreement(target="90 %"))]

    found = verify(altered(file, swap), PINNED)
    assert found.difference is not None and found.difference.kind is Kind.AGREEMENT
    assert english(found) == "Altered after sealing: the agreement fjordline-calling 1."


def test_altered_evidence_is_named(file: bytes) -> None:
    def change(parts: dict[str, Any]) -> None:
        parts["runs"][1]["state"] = "up"

    found = verify(altered(file, change), PINNED)
    assert found.difference is not None and found.difference.kind is Kind.EVIDENCE
    assert english(found) == "Altered after sealing: the evidence checks oslo place-call."


def test_an_altered_figure_is_told_beside_what_the_facts_give(file: bytes) -> None:
    def change(parts: dict[str, Any]) -> None:
        parts["verdicts"]["figures"][0]["availability"] = "99.998"

    found = verify(altered(file, change), PINNED)
    assert found.difference is not None
    assert (found.difference.kind, found.difference.field) == (Kind.VERDICT, "availability")
    assert english(found) == (
        "the figure account:acme-1/monthly/2026-08 does not follow from the facts, in "
        "“availability”: the statement says 99.998, the facts give 99.798."
    )


# -- what is no statement


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file is empty"),
        (b"\xff\xfe\x00", "at byte 1"),
        (b"[]\n", "no object"),
        (b"{}\n", "its form is “”"),
        (b'{"form":"uphold.statement/2"}\n', "its form is “uphold.statement/2”"),
        (b'{"form":"uphold.statement/1"}\n', "parts missing: about"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"form":"uphold.statement/1","n":1e999}\n', "spelt otherwise"),
        (b'{"form":"uphold.statement/1","n":' + b"9" * 5000 + b"}\n", "spelt otherwise"),
        (b'{"form":NaN}\n', "spelt otherwise"),
        (b"PK\x03\x04\x00\x00", "stops being JSON"),
    ],
)
def test_what_is_no_statement_is_told_what_it_lacks(data: bytes, words: str) -> None:
    found = verify(data)
    assert found.exit_code in (1, 2)
    assert words in english(found)


def test_a_statement_cut_short_says_where(file: bytes) -> None:
    for length in range(0, len(file) - 1, 997):
        found = verify(file[:length])
        assert found.status is Status.UNREADABLE
    assert verify(file[:-1]).status is Status.DIFFERS
    assert "in the agreements" in english(verify(file[:4000]))


def test_json_that_is_spelt_otherwise_is_not_what_was_sealed(file: bytes) -> None:
    for other in (
        json.dumps(json.loads(file), indent=1).encode(),
        file.rstrip(b"\n"),
        file + b"\n",
        file.replace(b'"acme"', b'"\\u0061cme"', 1),
    ):
        found = verify(other)
        assert found.difference is not None and found.difference.kind is Kind.NOT_CANONICAL


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_judged_without_a_traceback(data: bytes) -> None:
    assert verify(data).exit_code == 2


# -- one changed byte


def changed_bytes(data: bytes, count: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """Copies with one byte changed: the places spread over the whole file, the bytes drawn."""
    drawn = random.Random(seed)
    step = len(data) / count
    for number in range(count):
        place = int(step * number + drawn.random() * step)
        byte = drawn.randrange(255)
        byte += byte >= data[place]
        yield place, data[:place] + bytes([byte]) + data[place + 1 :]


def part_of(data: bytes, place: int) -> str:
    """The part that a byte lies in, worked out from what the file says, not from its marks."""
    parts: dict[str, Any] = json.loads(data)
    begin = 1
    for name in sorted(parts):
        end = begin + len(canonical_json({name: parts[name]})) - 2
        if place < end + 1:
            return name
        begin = end + 1
    return "end"


def assert_detected(data: bytes, count: int, seed: int) -> None:
    for place, other in changed_bytes(data, count, seed):
        found = verify(other, PINNED)
        where = f"byte {place} of {part_of(data, place)} as {other[place]:#x}"
        assert found.status in (Status.DIFFERS, Status.UNREADABLE), where
        assert found.difference is not None, where
        told = found.difference.part
        if told is not None and told != "seal":
            assert told == part_of(data, place), where


def test_any_one_changed_byte_is_found(file: bytes) -> None:
    assert_detected(file, 500, seed=1)


@pytest.mark.long
def test_ten_thousand_changed_bytes_are_found(file: bytes) -> None:
    assert_detected(file, 10_000, seed=2)


def test_every_outcome_has_words_in_every_language(file: bytes) -> None:
    def change(parts: dict[str, Any]) -> None:
        parts["verdicts"]["figures"][0]["availability"] = "99.998"

    for language in LANGUAGES:
        for data in (file, altered(file, change), altered(file, without("facts", 0)), b""):
            text = Reader(language).text(verify(data).message)
            assert not text.startswith("[") and "{" not in text
