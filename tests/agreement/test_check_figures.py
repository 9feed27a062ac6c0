"""Figures are read with their units in five languages, and only then."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.agreement.check.figures import Reading, holds, lexicon, read_figures
from uphold.agreement.check.figures.lexicon import LANGUAGES

HOUR = 3600


def told(text: str, language: str) -> set[tuple[str, Fraction, str | None]]:
    return {
        (reading.kind, reading.amount, reading.day)
        for figure in read_figures(text, language)
        for reading in figure.readings
    }


@pytest.mark.parametrize(
    ("language", "text", "kind", "amount", "day"),
    [
        ("en", "within 48 business hours", "seconds", 48 * HOUR, "working"),
        ("en", "within one full business day", "days", 1, "working"),
        ("en", "half an hour", "seconds", HOUR // 2, None),
        ("en", "five-minute slices", "seconds", 300, None),
        ("en", "twenty-four hours", "seconds", 24 * HOUR, None),
        ("en", "two weeks' notice", "days", 14, "calendar"),
        ("en", "backed up weekly", "days", 7, "calendar"),
        ("en", "30 calendar days", "days", 30, "calendar"),
        ("en", "at 4:30 PM", "time", 16 * 60 + 30, None),
        ("en", "$1,000.50", "money", Fraction("1000.5"), None),
        ("en", "0.5 percent", "percent", Fraction(1, 2), None),
        ("en", "24x7", "always", 1, None),
        ("nb", "innen 5 virkedager", "days", 5, "working"),
        ("nb", "førtiåtte timer", "seconds", 48 * HOUR, None),
        ("nb", "åpent 0700-1600", "time", 7 * 60, None),
        ("nb", "kl. 08.00", "time", 8 * 60, None),
        ("nb", "99,0 prosent", "percent", 99, None),
        ("nb", "10 000 kroner", "money", 10_000, None),
        ("nb", "innen en virkedag", "days", 1, "working"),
        ("nb", "et døgn", "days", 1, "calendar"),
        ("pl", "w ciągu 5 dni roboczych", "days", 5, "working"),
        ("pl", "dwadzieścia cztery godziny", "seconds", 24 * HOUR, None),
        ("pl", "pięciu minut", "seconds", 300, None),
        ("pl", "99,9% każdego miesiąca", "percent", Fraction("99.9"), None),
        ("pl", "w ciągu godziny", "seconds", HOUR, None),
        ("pl", "30 dni kalendarzowych", "days", 30, "calendar"),
        ("nl", "uiterlijk 12 uur", "seconds", 12 * HOUR, None),
        ("nl", "van 8.00 uur", "time", 8 * 60, None),
        ("nl", "achtenveertig uur", "seconds", 48 * HOUR, None),
        ("nl", "twee werkdagen", "days", 2, "working"),
        ("nl", "99,5 %", "percent", Fraction("99.5"), None),
        ("es", "dos días hábiles", "days", 2, "working"),
        ("es", "30 días naturales", "days", 30, "calendar"),
        ("es", "el 5 por ciento", "percent", 5, None),
        ("es", "ocho horas laborables", "seconds", 8 * HOUR, "working"),
        ("es", "media hora", "seconds", HOUR // 2, None),
    ],
)
def test_a_figure_is_read_with_its_unit(
    language: str, text: str, kind: str, amount: Fraction | int, day: str | None
) -> None:
    assert (kind, Fraction(amount), day) in told(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "see clause 2.1 and section 3"),
        ("en", "the models P1, H.264 and UTF-8"),
        ("en", "at https://example.org/v2/24 or to help24@example.org"),
        ("nb", "etter punkt 4.5"),
        ("pl", "zgodnie z pkt 2.3"),
        ("nl", "zie artikel 7"),
        ("es", "según la cláusula 2.1"),
        ("en", "one of us will see the first of these"),
    ],
)
def test_references_names_and_links_are_no_figures(language: str, text: str) -> None:
    assert not [figure.text for figure in read_figures(text, language) if figure.firm]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "September 23, 2020"),
        ("en", "23rd September 2020"),
        ("en", "2020-09-23"),
        ("nb", "23. september 2020"),
        ("pl", "23 września 2020"),
        ("nl", "23 september 2020"),
        ("es", "23 de septiembre de 2020"),
        ("nb", "23.09.2020"),
    ],
)
def test_a_date_is_one_figure(language: str, text: str) -> None:
    (figure,) = [each for each in read_figures(text, language) if each.firm]
    assert figure.readings[0].kind == "date"
    assert figure.readings[0].amount == Fraction(923)
    assert figure.readings[0].year == 2020


def test_numbers_that_share_a_unit_both_have_it() -> None:
    assert {("days", Fraction(2), "working"), ("days", Fraction(3), "working")} <= told(
        "within 2 or 3 working days", "en"
    )


def days(count: int, day: str | None) -> Reading:
    return Reading("days", Fraction(count), day)  # type: ignore[arg-type]


def test_working_and_calendar_days_never_stand_for_each_other() -> None:
    assert holds(days(5, "working"), days(5, "working")) == "said"
    assert holds(days(5, "working"), days(5, "calendar")) == "no"
    assert holds(days(5, None), days(5, "working")) == "open"
    assert holds(days(5, None), days(6, "working")) == "no"


@given(st.integers(2, 99), st.sampled_from(sorted(LANGUAGES)))
def test_every_number_in_words_has_the_value_of_its_digits(value: int, language: str) -> None:
    words = lexicon(language)
    spelled = [word for word, number in words.numbers.items() if number == value]
    assert spelled
    hour = next(word for word, unit in words.units.items() if unit.size == 3600 and not unit.single)
    for word in spelled:
        expected = ("seconds", Fraction(value * 3600), words.units[hour].day)
        assert expected in told(f"{word} {hour}", language)
        assert expected in told(f"{value} {hour}", language)


@given(st.text(max_size=200), st.sampled_from([*LANGUAGES, "fi", ""]))
def test_any_text_is_read_and_figures_stand_where_they_say(text: str, language: str) -> None:
    for figure in read_figures(text, language):
        assert 0 <= figure.start < figure.number_end <= figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end]
