"""Durations in the words of five languages, held against Babel's where it has them."""

from itertools import pairwise

import pytest
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from uphold.messages import LANGUAGES, Reader
from uphold.messages.languages import locale_name
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Duration,
    Elapsed,
    Working,
    WorkingDays,
)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# The locale data of Dutch has no hour: format_unit gives "1 duration-hour".
BABEL_LACKS = {("nl", "hour")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("unit", "size"), [("hour", HOUR), ("minute", MINUTE), ("second", SECOND)])
def test_unit_words_and_plurals_are_those_of_babel(language: str, unit: str, size: int) -> None:
    if (language, unit) in BABEL_LACKS:
        assert "duration-hour" in format_unit(1, "duration-hour", locale="nl")
        return
    reader = Reader(language)
    for count in (1, 2, 3, 4, 5, 11, 12, 14, 21, 22, 25, 59):
        expected = format_unit(count, f"duration-{unit}", "long", locale=locale_name(language))
        assert reader.duration(Elapsed(count * size)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_named_as_babel_names_them(language: str) -> None:
    for count in (1, 2, 5, 12, 22):
        month = format_unit(count, "duration-month", "long", locale=locale_name(language))
        stem = month.split()[1][:3]
        assert stem in Reader(language).duration(CalendarMonths(count))


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (
            Working(8 * HOUR),
            (
                "8 business hours",
                "8 arbeidstimer",
                "8 godzin roboczych",
                "8 werkuren",
                "8 horas laborables",
            ),
        ),
        (
            Working(HOUR),
            (
                "1 business hour",
                "1 arbeidstime",
                "1 godzina robocza",
                "1 werkuur",
                "1 hora laborable",
            ),
        ),
        (
            WorkingDays(2),
            ("2 working days", "2 virkedager", "2 dni robocze", "2 werkdagen", "2 días laborables"),
        ),
        (
            WorkingDays(5),
            (
                "5 working days",
                "5 virkedager",
                "5 dni roboczych",
                "5 werkdagen",
                "5 días laborables",
            ),
        ),
        (
            CalendarDays(1),
            (
                "1 calendar day",
                "1 kalenderdag",
                "1 dzień kalendarzowy",
                "1 kalenderdag",
                "1 día natural",
            ),
        ),
        (
            CalendarMonths(12),
            (
                "12 calendar months",
                "12 kalendermåneder",
                "12 miesięcy kalendarzowych",
                "12 kalendermaanden",
                "12 meses naturales",
            ),
        ),
        (
            Elapsed(90 * MINUTE),
            ("90 minutes", "90 minutter", "90 minut", "90 minuten", "90 minutos"),
        ),
    ],
)
def test_agreed_durations_have_their_own_words(duration: Duration, words: tuple[str, ...]) -> None:
    assert tuple(Reader(language).duration(duration) for language in LANGUAGES) == words


@given(
    st.one_of(
        st.integers(0, 1000).map(lambda n: Elapsed(n * HOUR)),
        st.integers(0, 999).map(lambda n: Working(n * HOUR)),
        st.integers(1, 90).map(lambda n: Elapsed(n * MINUTE)),
        st.integers(1, 90).map(lambda n: Working(n * SECOND)),
        st.integers(0, 999).map(WorkingDays),
        st.integers(0, 999).map(CalendarDays),
        st.integers(0, 999).map(CalendarMonths),
    ).filter(lambda duration: duration not in (Elapsed(0), Working(0)))
)
def test_english_words_are_those_of_the_durations_themselves(duration: Duration) -> None:
    assert Reader("en").duration(duration).replace(",", "") == str(duration)


@pytest.mark.parametrize(
    ("us", "shown"),
    [
        (0, "0 min"),
        (11 * HOUR + 23 * MINUTE + 5 * SECOND, "11 h 23 min 5 s"),
        (30 * HOUR, "30 h"),
        (HOUR + SECOND, "1 h 1 s"),
        (1, "0.000001 s"),
        (-90 * MINUTE, "-1 h 30 min"),
    ],
)
def test_a_measured_stretch_is_exact(us: int, shown: str) -> None:
    assert Reader("en").span(us) == shown


def test_a_duration_that_no_single_unit_holds_is_a_stretch() -> None:
    working = Working(11 * HOUR + 23 * MINUTE)
    shown = [Reader(language).duration(working) for language in LANGUAGES]
    assert shown == [
        "11 h 23 min of working time",
        "11 t 23 min arbeidstid",
        "11 godz. 23 min czasu pracy",
        "11 uur 23 min werktijd",
        "11 h 23 min de tiempo laborable",
    ]
    assert Reader("en").duration(Elapsed(150 * MINUTE)) == "2 h 30 min"


@pytest.mark.parametrize(
    ("us", "shown"),
    [
        (2 * HOUR + 10 * MINUTE, "in 2 h 10 min"),
        (2 * HOUR + 10 * MINUTE + 59 * SECOND, "in 2 h 10 min"),
        (2 * HOUR, "in 2 h"),
        (26 * HOUR, "in 1 d 2 h"),
        (48 * HOUR + 59 * MINUTE, "in 2 d"),
        (59 * SECOND, "in 59 s"),
        (3 * MINUTE + 59 * SECOND, "in 3 min"),
        (SECOND - 1, "now"),
        (0, "now"),
        (-1, "now"),
        (-3 * MINUTE, "3 min ago"),
    ],
)
def test_how_far_off_is_cut_off_and_never_too_hopeful(us: int, shown: str) -> None:
    assert Reader("en").relative(us) == shown


def test_how_far_off_in_every_language() -> None:
    ahead = [Reader(language).relative(2 * HOUR + 10 * MINUTE) for language in LANGUAGES]
    assert ahead == [
        "in 2 h 10 min",
        "om 2 t 10 min",
        "za 2 godz. 10 min",
        "over 2 uur 10 min",
        "dentro de 2 h 10 min",
    ]
    ago = [Reader(language).relative(-DAY) for language in LANGUAGES]
    assert ago == ["1 d ago", "for 1 d siden", "1 d temu", "1 d geleden", "hace 1 d"]


@given(st.integers(SECOND, 10**16), st.sampled_from(LANGUAGES))
def test_the_time_left_that_is_shown_is_never_more_than_there_is(us: int, language: str) -> None:
    sizes = {"d": DAY, "h": HOUR, "t": HOUR, "godz.": HOUR, "uur": HOUR, "min": MINUTE, "s": SECOND}
    words = Reader(language).relative(us).replace("\xa0", "").replace("\u202f", "").split()
    shown = 0
    for number, unit in pairwise(words):
        if unit in sizes and number[0].isdigit():
            shown += int(number.replace(",", "").replace(".", "")) * sizes[unit]
    assert us - max(us // 24, MINUTE) < shown <= us
