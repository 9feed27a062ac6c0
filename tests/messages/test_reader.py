"""A reader's words: values, fallbacks, and data that must never break a sentence."""

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.messages import (
    LANGUAGES,
    Message,
    Money,
    Percent,
    Reader,
    Value,
    message,
    nearest_language,
)
from uphold.messages.catalogue import words
from uphold.messages.template import fill, placeholders
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Elapsed,
    Working,
    WorkingDays,
)
from uphold.worktime.errors import UnknownZone

ENGLISH = Reader("en", "Europe/Oslo")

texts = st.text(max_size=30) | st.sampled_from(
    ["{first}", "{", "}}", "%s", "%(first)s", "{0}", "{first.__class__}", "\x1b[2J", "\u202e", "\0"]
)
durations = st.one_of(
    *(
        st.builds(kind, st.integers(-(10**15), 10**15))
        for kind in (Elapsed, Working, WorkingDays, CalendarDays, CalendarMonths)
    )
)
plain_values: st.SearchStrategy[Value] = st.one_of(
    texts,
    st.integers(),
    st.booleans(),
    st.decimals(),
    st.datetimes(timezones=st.timezones()),
    st.datetimes(timezones=st.just(UTC)),
    st.dates(),
    durations,
    st.builds(Percent, st.decimals()),
    st.builds(Money, st.decimals(), st.sampled_from(["EUR", "NOK", "PLN", "XXQ", "?"])),
)
values = st.recursive(
    plain_values,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Message, st.sampled_from(["list.and", "no.such"]), st.just({}))
        | inner.map(lambda value: message("relative.in", span=value))
    ),
    max_leaves=4,
)
readers = st.builds(
    Reader,
    st.sampled_from([*LANGUAGES, "xx"]),
    st.sampled_from([None, "Europe/Oslo", "America/New_York", "Asia/Kathmandu"]),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(readers, st.sampled_from(["list.and", "relative.in", "no.such"]), values, values)
def test_no_data_breaks_a_sentence(reader: Reader, name: str, one: Value, other: Value) -> None:
    said = reader.text(Message(name, {"first": one, "last": other, "span": one, "count": other}))
    assert said
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in said)
    assert "\u202e" not in said


@given(texts, texts)
def test_values_stand_in_the_sentence_as_they_are(first: str, last: str) -> None:
    shown = [ENGLISH.value(first), ENGLISH.value(last)]
    assert ENGLISH.text(message("list.and", first=first, last=last)) == " and ".join(shown)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_text_is_shown_unchanged(text: str) -> None:
    assert ENGLISH.value(text) == text


def test_a_value_is_never_read_as_a_template() -> None:
    said = message("list.and", first="{last} {0} %s", last="{first}")
    assert ENGLISH.text(said) == "{last} {0} %s and {first}"


def test_a_template_takes_simple_names_only() -> None:
    assert placeholders("{a} {b_2} {C} {0} {a.b} {a!r} {a:>9} {{a}}") == {"a", "b_2"}
    assert fill("{a} {a.b} {c}", {"a": "1"}) == "1 {a.b} {c}"


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("Left: {a}.", "3 godz.", "Left: 3 godz."),
        ("{a}. {a}.", "3 godz.", "3 godz. 3 godz."),
        ("({a}).", "3 godz.", "(3 godz.)."),
        ("Left: {a}.", "3 min", "Left: 3 min."),
        ("See {a}.", "..", "See ..."),
        ("{a}.pub", "a.", "a..pub"),
        ("{a}...", "etc.", "etc...."),
    ],
)
def test_one_full_stop_ends_an_abbreviation_and_its_sentence(
    template: str, value: str, said: str
) -> None:
    assert fill(template, {"a": value}) == said


def test_a_placeholder_without_a_value_stays_visible() -> None:
    assert ENGLISH.text(message("list.and", first="a")) == "a and {last}"


def test_control_marks_are_written_out_so_that_no_terminal_obeys_them() -> None:
    assert ENGLISH.value("a\x1b[31m\nb\u202ec") == "a\\x1b[31m\\x0ab\\x202ec"


def test_an_unknown_id_is_shown_with_its_values() -> None:
    said = message("no.such-thing", due=datetime(2027, 2, 8, 14, tzinfo=UTC), count=3)
    assert ENGLISH.text(said) == "[no.such-thing] due: Mon, 8 Feb 2027 15:00, count: 3"
    assert Reader("pl").text(message("no.such-thing")) == "[no.such-thing]"


def test_an_id_that_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "uphold.messages.reader.words",
        lambda language, *rest: None if language == "pl" else words(language, *rest),
    )
    assert Reader("pl").text(message("value.yes")) == "[value.yes] yes"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("nb", "nb"),
        ("nb-NO", "nb"),
        ("no_NO.UTF-8", "nb"),
        ("nn", "nb"),
        ("PL", "pl"),
        ("es-419", "es"),
        ("C.UTF-8", "en"),
        ("de-DE", "en"),
        ("", "en"),
    ],
)
def test_a_reader_is_served_in_the_nearest_language(tag: str, language: str) -> None:
    assert nearest_language(tag) == language
    assert Reader(tag).language == language


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownZone, match=r"Europe/Olso.*Europe/Oslo"):
        Reader("en", "Europe/Olso")


def test_readers_of_the_same_kind_are_equal() -> None:
    assert Reader("no", "Europe/Oslo") == Reader("nb", "Europe/Oslo")
    assert len({Reader("no"), Reader("nb"), Reader("pl")}) == 2


@pytest.mark.parametrize(
    ("language", "listed"),
    [
        ("en", "a, b and c"),
        ("nb", "a, b og c"),
        ("pl", "a, b i c"),
        ("nl", "a, b en c"),
        ("es", "a, b y c"),
    ],
)
def test_a_list_is_joined_as_the_language_does(language: str, listed: str) -> None:
    reader = Reader(language)
    assert reader.list(["a", "b", "c"]) == listed
    assert reader.list(["{first}"]) == "{first}"
    assert reader.text(message("no.such", names=("a", "b", "c"))) == f"[no.such] names: {listed}"


def test_an_empty_list_says_so() -> None:
    assert [Reader(one).list([]) for one in LANGUAGES] == [
        "none",
        "ingen",
        "brak",
        "geen",
        "ninguno",
    ]


@pytest.mark.parametrize(
    ("last", "joint"),
    [
        ("incidencias", "e"),
        ("Italia", "e"),
        ("hilos", "e"),
        ("hielo", "y"),
        ("iones", "y"),
        ("b", "y"),
    ],
)
def test_spanish_says_e_before_an_i(last: str, joint: str) -> None:
    assert Reader("es").list(["a", last]) == f"a {joint} {last}"
    assert Reader("nb").list(["a", last]) == f"a og {last}"


@pytest.mark.parametrize(
    ("language", "number", "share", "money"),
    [
        ("en", "-1,234,567.890", "99.8999%", "€1,234.505"),
        ("nb", "−1\xa0234\xa0567,890", "99,8999\xa0%", "1\xa0234,505\xa0€"),
        ("pl", "-1\xa0234\xa0567,890", "99,8999%", "1234,505\xa0€"),
        ("nl", "-1.234.567,890", "99,8999%", "€\xa01.234,505"),
        ("es", "-1.234.567,890", "99,8999\xa0%", "1234,505\xa0€"),
    ],
)
def test_figures_keep_their_digits(language: str, number: str, share: str, money: str) -> None:
    reader = Reader(language)
    assert reader.number(Decimal("-1234567.890")) == number
    assert reader.percent(Decimal("99.8999")) == share
    assert reader.value(Percent(Decimal("99.8999"))) == share
    assert reader.money(Decimal("1234.505"), "EUR") == money
    assert reader.value(Money(Decimal("1234.505"), "EUR")) == money


@pytest.mark.parametrize(
    ("language", "four", "five"),
    [
        ("en", "8,784", "12,345"),
        ("nb", "8\xa0784", "12\xa0345"),
        ("pl", "8784", "12\xa0345"),
        ("nl", "8.784", "12.345"),
        ("es", "8784", "12.345"),
    ],
)
def test_four_digits_are_grouped_where_the_language_does(
    language: str, four: str, five: str
) -> None:
    reader = Reader(language)
    assert [reader.number(8784), reader.number(12345)] == [four, five]
    assert four in reader.money(Decimal("-8784.00"), "EUR")
    assert five in reader.money(Decimal("12345.00"), "EUR")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.sampled_from(LANGUAGES))
def test_a_number_is_never_rounded(number: Decimal, language: str) -> None:
    signs = str.maketrans({",": ".", "−": "-", "\xa0": None, "\u202f": None})
    written = Reader(language).number(number)
    if language in ("en", "nl", "es"):
        written = written.replace("," if language == "en" else ".", "")
    assert Decimal(written.translate(signs)) == number


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_what_is_no_number_is_shown_as_what_it_is(number: Decimal) -> None:
    assert Reader("nb").number(number) == str(number)
    assert Reader("nb").money(number, "EUR") == f"{number} EUR"


def test_english_numbers_are_those_of_babel() -> None:
    from babel.numbers import format_decimal

    for number in (0, 999, 1000, -1234, 12345678):
        assert Reader("en").number(number) == format_decimal(number, locale="en_GB")


def test_values_of_every_type_have_words() -> None:
    assert ENGLISH.value(True) == "yes"
    assert Reader("es").value(False) == "no"
    assert ENGLISH.value(date(2027, 2, 8)) == "Mon, 8 Feb 2027"
    assert ENGLISH.value(message("value.yes")) == "yes"
    assert ENGLISH.value(0.5) == "0.5"  # type: ignore[arg-type]


def test_a_naive_time_in_a_message_is_shown_raw_and_refused_outright() -> None:
    naive = datetime(2027, 2, 8, 15)  # noqa: DTZ001
    assert ENGLISH.value(naive) == "2027-02-08 15:00:00"
    with pytest.raises(ValueError, match="names no zone"):
        ENGLISH.instant(naive)


def test_english_problems_are_said_without_babel() -> None:
    """`uphold check` must start and end quickly, and Babel alone takes a tenth of its time."""
    program = (
        "import sys\n"
        "from decimal import Decimal\n"
        "from uphold.messages import Reader, Percent, message\n"
        "from uphold.worktime.durations import Working\n"
        "said = message('list.and', first=('a', 3, Decimal('1.5')), last=Working(7_200_000_000))\n"
        "print(Reader('en').text(said), Reader('en').value(Percent(Decimal('9'))))\n"
        "print(sorted(name for name in sys.modules if name.startswith('babel')))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "a, 3 and 1.5 and 2 business hours 9%\n[]\n"
