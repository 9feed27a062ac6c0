"""Canonical JSON against the RFC's own examples, and against the laws it must obey."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.facts.canonical import NotCanonicalError, canonical_json, digest, ecmascript_number

# RFC 8785, appendix B: IEEE 754 bits in hexadecimal, and the text of the number.
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "text"), NUMBERS)
def test_numbers_of_appendix_b(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert ecmascript_number(number) == text


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_what_is_no_number_is_refused(bits: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    with pytest.raises(NotCanonicalError, match="not a finite number"):
        canonical_json({"n": number})


def test_the_sample_of_section_3_2_2() -> None:
    sample = json.loads(
        r"""{
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }"""
    )
    assert canonical_json(sample).decode() == (
        '{"literals":[null,true,false],'
        '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_utf_16_code_units_as_in_section_3_2_3() -> None:
    sample = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    expected = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]
    assert list(json.loads(canonical_json(sample)).values()) == expected


def test_the_digest_is_of_the_canonical_text() -> None:
    # printf '{"a":1,"b":"x"}' | sha256sum
    assert digest({"b": "x", "a": 1}) == (
        "ecf9e98ec0641e23113ff3ce8bdc78d0ddd249886517fd4a7f68cc83d4e65667"
    )


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"n": 2**53}, "write it as a text"),
        ({"s": "\ud800"}, "lone surrogate"),
        ({1: "x"}, "not a text"),
        ({"x": object()}, "is not JSON"),
    ],
)
def test_what_has_no_canonical_text_is_refused(value: object, why: str) -> None:
    with pytest.raises(NotCanonicalError, match=why):
        canonical_json(value)


WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
LEAF = st.none() | st.booleans() | WHOLE | NUMBER | st.text()
JSON = st.recursive(
    LEAF, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)


def _as_the_rfc_reads(text: str) -> int | float:
    return int(text) if abs(int(text)) < 2**53 else float(text)


@given(JSON)
def test_canonical_text_says_the_same_and_is_its_own_canonical_text(value: object) -> None:
    once = canonical_json(value)
    read_again = json.loads(once, parse_int=_as_the_rfc_reads)
    assert read_again == value
    assert canonical_json(read_again) == once


@given(NUMBER)
def test_numbers_read_back_as_the_same_double(number: float) -> None:
    assert float(ecmascript_number(number)) == number
