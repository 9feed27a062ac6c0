"""Quotes are found as whole words, whatever signs a printer put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.agreement.check.quoting import folded, nearest_words, occurrences


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("within 8\u00a0business hours", "8 business hours"),
        ("our “best” effort – always", 'our "best" effort - always'),
        ("the customer’s part", "the customer's part"),
        ("one two  three".replace("  ", " "), "one\n  two three"),
        ("busi\u00adness hours", "business hours"),
    ],
)
def test_typographic_signs_and_white_space_are_alike(text: str, quote: str) -> None:
    assert list(occurrences(text, quote))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("within 48 hours", "8 hours"),
        ("a credit of 2.5%", "5%"),
        ("at least 99.95 %", "at least 99.9"),
        ("thousands of hours", "of hour"),
        ("Within 8 hours", "within 8 hours"),
    ],
)
def test_parts_of_words_and_numbers_do_not_count(text: str, quote: str) -> None:
    assert not list(occurrences(text, quote))


def test_every_place_is_found() -> None:
    assert list(occurrences("an hour, and an hour", "an hour")) == [(0, 7), (13, 20)]


def test_the_nearest_words_are_named() -> None:
    text = "We reply quickly. We answer a request within 48 business hours, whoever asks."
    found = nearest_words(text, "answer a request within 24 business hours")
    assert found is not None
    assert text[found[0] : found[1]] == "answer a request within 48 business hours"
    assert nearest_words(text, "bananas are yellow fruit") is None


@given(st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_what_is_found_is_the_quote(text: str, quote: str) -> None:
    for start, end in occurrences(text, quote):
        assert folded(text[start:end]) == folded(quote)
    nearest_words(text, quote)
