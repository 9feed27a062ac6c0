"""From a text to its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from uphold.agreement.check.figures.cursor import HYPHENS, Cursor, Length
from uphold.agreement.check.figures.figure import DayKind, Figure, Reading
from uphold.agreement.check.figures.lexicon import Unit, lexicon
from uphold.agreement.check.figures.numbers import time_of, values_of
from uphold.agreement.check.figures.tokens import Token, is_part_of_name

_PERCENT: Final = re.compile(r"%|per\s?cent\b|por ciento\b|punkt\w* procentow\w+|p\.\s?p\.", re.I)
_HALF_OF_DAY: Final = re.compile(r"\s?([ap])\.?\s?m\b\.?", re.I)
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|\.)?(?=\s|$|,)", re.I)
_YEAR: Final = re.compile(r"(?:,|\.|\s|\bde\b|\bdel\b)*\s(\d{4})(?!\d)")


@lru_cache(maxsize=4096)
def read_figures(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of a text, in order. Typographic signs may be those of any printer."""
    return tuple(scan_figures(text, language))


def scan_figures(text: str, language: str) -> Iterator[Figure]:
    """The figures of a text one at a time, for texts of which the first few may be enough."""
    return _Scanner(text, lexicon(language)).figures()


class _Scanner(Cursor):
    """Goes through the tokens of a text from left to right."""

    def figures(self) -> Iterator[Figure]:
        position = 0
        while position < len(self.tokens):
            figure, behind = self._at(position)
            if figure is not None:
                yield figure
            position = max(behind, position + 1)

    def _at(self, position: int) -> tuple[Figure | None, int]:
        token = self.tokens[position]
        if token.form == "word":
            return self._word(position)
        if token.form == "always":
            return self._made(token, token.end, token.end, (Reading("always", Fraction(1)),)), 0
        if token.form == "date":
            return self._made(token, token.end, token.end, _numeric_date(token.text)), 0
        if token.form in ("time", "number"):
            return self._number(position)
        return None, position + 1

    # -- words ---------------------------------------------------------------------------------

    def _word(self, position: int) -> tuple[Figure | None, int]:
        words, token = self.words, self.tokens[position]
        value, behind = self._spelled(position)
        if value is not None:
            return self._counted(position, behind, (value,), spelled=True)
        month = self._month_first(position)
        if month is not None:
            return month
        if token.text in words.adverbs:
            unit = words.adverbs[token.text]
            return self._made(token, token.end, token.end, _one(unit, unit.day), False), 0
        length = self.length(position)
        if length is None or not length.unit.single:
            return None, length.behind if length else position + 1
        end = self.tokens[length.behind - 1].end
        firm = self._is_said_to_be_one(position, length)
        readings = _one(length.unit, length.day)
        return self._made(token, end, end, readings, firm), length.behind

    def _spelled(self, position: int) -> tuple[Fraction | None, int]:
        """The value of a number in words that begins here, and the token behind it."""
        numbers = self.words.numbers
        parts: list[str] = []
        best: tuple[Fraction | None, int] = (None, position)
        scan = position
        while len(parts) < 3 and self.has(scan, "word"):
            parts.append(self.tokens[scan].text)
            value = numbers.get(" ".join(parts))
            if value is None and len(parts) == 1 and parts[0] in self.words.ones:
                value = Fraction(1)
            if value is not None:
                best = (value, scan + 1)
            scan += 2 if self.has(scan + 1, "sign", HYPHENS) else 1
        return best

    def _is_said_to_be_one(self, position: int, length: Length) -> bool:
        """`within an hour`, `en virkedag`: one of the unit, although no number is written."""
        words = self.words
        before = position - 1
        while self.has(before, "word", words.fillers):
            before -= 1
        has_article = self.has(before, "word", words.articles)
        if has_article:
            before -= 1
        within = any(self.has(at, "word", words.within) for at in (before, before - 1))
        is_strict = length.day == "working" or length.unit.kind == "seconds"
        return (has_article and (within or length.day == "working")) or (
            self.has(before, "word", words.within) and is_strict
        )

    def _month_first(self, position: int) -> tuple[Figure | None, int] | None:
        """`September 23, 2020`."""
        token = self.tokens[position]
        month = self.words.months.get(token.text)
        if month is None or not self.has(position + 1, "number"):
            return None
        day = self.tokens[position + 1]
        if not (
            day.text.isdigit() and 1 <= int(day.text) <= 31 and self.text[token.start].isupper()
        ):
            return None
        year, end = self._year(day.end)
        readings = (Reading("date", Fraction(month * 100 + int(day.text)), year=year),)
        return self._made(token, end, end, readings), self.first_behind(position + 2, end)

    # -- numbers -------------------------------------------------------------------------------

    def _number(self, position: int) -> tuple[Figure | None, int]:
        token = self.tokens[position]
        if is_part_of_name(self.text, token.start, token.end):
            return None, position + 1
        if token.form == "time":
            return self._time(position)
        values = values_of(token.text, self.words.decimal_comma)
        behind = position + 1
        if self.words.decimal_comma and re.fullmatch(r"\d{1,3}", token.text):
            values, behind = self._with_spaces(position, values)
        return self._counted(position, behind, values, spelled=False)

    def _with_spaces(
        self, position: int, values: tuple[Fraction, ...]
    ) -> tuple[tuple[Fraction, ...], int]:
        """`10 000`: groups of three digits behind single spaces are one number."""
        digits, behind = self.tokens[position].text, position + 1
        end = self.tokens[position].end
        while (
            (token := self.token(behind)) is not None
            and token.form == "number"
            and re.fullmatch(r"\d{3}", token.text)
            and token.start == end + 1
        ):
            digits, behind, end = digits + token.text, behind + 1, token.end
        return ((Fraction(digits),), behind) if behind > position + 1 else (values, behind)

    def _time(self, position: int) -> tuple[Figure | None, int]:
        token = self.tokens[position]
        minutes = time_of(token.text[:5].rstrip(":"))
        half = _HALF_OF_DAY.match(self.text, token.end)
        if half and minutes is not None:
            minutes = minutes % 720 + (720 if half[1].lower() == "p" else 0)
        end = half.end() if half else token.end
        readings = () if minutes is None else (Reading("time", Fraction(minutes)),)
        return self._made(token, token.end, end, readings), self.first_behind(position + 1, end)

    def _counted(
        self, position: int, behind: int, values: tuple[Fraction, ...], *, spelled: bool
    ) -> tuple[Figure | None, int]:
        """The figure of a number: with its unit, its sign, or alone."""
        first, number_end = self.tokens[position], self.tokens[behind - 1].end
        after = self._past_bracketed(behind)
        readings, end = self._measured(position, after, values)
        if not readings:
            if not spelled and self._is_reference(position):
                return None, behind
            readings, end = self._timed(position, behind, values), number_end
            readings += self._shared(behind, values)
            readings += tuple(Reading("count", value) for value in values)
            if spelled and values == (Fraction(1),):
                return self._made(first, number_end, end, readings, False), behind
        figure = self._made(first, number_end, end, readings)
        return figure, max(behind, self.first_behind(behind, end) if end > number_end else behind)

    def _past_bracketed(self, position: int) -> int:
        """Past `(5)` or `(five)` behind a number."""
        if self.has(position, "sign", "(") and self.has(position + 2, "sign", ")"):
            inner = self.tokens[position + 1]
            if inner.form == "number" or inner.text in self.words.numbers:
                return position + 3
        return position

    def _measured(
        self, position: int, after: int, values: tuple[Fraction, ...]
    ) -> tuple[tuple[Reading, ...], int]:
        """The readings of a number with what stands behind (or before) it, and where that ends."""
        for find in (self._percent, self._half_of_day, self._date, self._money):
            found = find(position, after, values)
            if found is not None:
                return found
        if values == (Fraction(1, 2),) and self.has(after, "word", self.words.articles):
            after += 1
        length = self.length(after)
        if length is None:
            return (), 0
        day = length.day
        readings = tuple(_times(value, length.unit, day) for value in values)
        readings += self._hour_of_day(position, after)
        return readings, self.tokens[length.behind - 1].end

    def _percent(
        self, position: int, after: int, values: tuple[Fraction, ...]
    ) -> tuple[tuple[Reading, ...], int] | None:
        token = self.token(after)
        if token is None:
            return None
        sign = _PERCENT.match(self.text, token.start)
        if sign or (token.form == "word" and token.text in self.words.percent):
            end = sign.end() if sign else token.end
            # A share with three decimals (99.999 %) is no number of thousands.
            return tuple(Reading("percent", value) for value in values if value <= 100), end
        return None

    def _half_of_day(
        self, position: int, after: int, values: tuple[Fraction, ...]
    ) -> tuple[tuple[Reading, ...], int] | None:
        half = _HALF_OF_DAY.match(self.text, self.tokens[after - 1].end)
        minutes = time_of(self.tokens[position].text, bare=True)
        if half is None or minutes is None or minutes > 12 * 60 + 59:
            return None
        minutes = minutes % 720 + (720 if half[1].lower() == "p" else 0)
        return (Reading("time", Fraction(minutes)),), half.end()

    def _date(
        self, position: int, after: int, values: tuple[Fraction, ...]
    ) -> tuple[tuple[Reading, ...], int] | None:
        """`23. september 2020`, `23 de septiembre de 2020`, `23rd September`."""
        if len(values) != 1 or values[0].denominator != 1 or not 1 <= values[0] <= 31:
            return None
        ordinal = _ORDINAL.match(self.text, self.tokens[after - 1].end)
        start = ordinal.end() if ordinal else self.tokens[after - 1].end
        at = self.first_behind(after, start)
        at += 1 if self.has(at, "word", ("de", "of")) else 0
        token = self.token(at)
        if token is None or token.text not in self.words.months:
            return None
        if token.start > start + 4 or any(sign in self.text[start : token.start] for sign in ",;"):
            return None
        year, end = self._year(token.end)
        month = self.words.months[token.text]
        return (Reading("date", month * 100 + values[0], year=year),), end

    def _money(
        self, position: int, after: int, values: tuple[Fraction, ...]
    ) -> tuple[tuple[Reading, ...], int] | None:
        signs = self.words.currencies
        behind, before = self.token(after), self.token(position - 1)
        end = self.tokens[after - 1].end
        if behind is not None and behind.text in signs:
            return _money(values, signs[behind.text]), behind.end
        if before is not None and before.text in signs and self.length(after) is None:
            return _money(values, signs[before.text]), end
        if behind is not None and behind.form == "word" and behind.end - behind.start == 3:
            code = self.text[behind.start : behind.end]
            if code.isascii() and code.isupper() and code not in ("CET", "EST", "UTC", "GMT"):
                return _money(values, code), behind.end
        return None

    def _year(self, position: int) -> tuple[int | None, int]:
        match = _YEAR.match(self.text, position)
        return (int(match[1]), match.end()) if match else (None, position)

    def _shared(self, behind: int, values: tuple[Fraction, ...]) -> tuple[Reading, ...]:
        """`2 or 3 working days`, `5-10 %`: the first number has the second one's unit."""
        at = self._past_join(behind)
        if at is None:
            return ()
        after = at + 1
        length = self.length(after)
        if length is not None:
            return tuple(_times(value, length.unit, length.day) for value in values)
        percent = self._percent(at, after, values)
        return percent[0] if percent else ()

    def _past_join(self, behind: int) -> int | None:
        if self.has(behind, "sign", HYPHENS) or self.has(behind, "word", self.words.joins):
            return behind + 1 if self.has(behind + 1, "number") else None
        return None

    # -- times of the day and references -------------------------------------------------------

    def _timed(
        self, position: int, behind: int, values: tuple[Fraction, ...]
    ) -> tuple[Reading, ...]:
        """A time of the day: `kl. 08.00`, `0700-1600`, `fra 8 til 16`."""
        text = self.tokens[position].text
        minutes = time_of(text, bare=True)
        if minutes is None:
            return ()
        if "." in text:
            return (Reading("time", Fraction(minutes)),)
        before = position - 1
        before -= 1 if self.has(before, "sign", ".") else 0
        is_led = self.has(before, "word", self.words.time_leads)
        joined = self._past_join(behind) is not None or (
            (
                self.has(position - 1, "sign", HYPHENS)
                or self.has(position - 1, "word", self.words.joins)
            )
            and self.has(position - 2, "number")
        )
        return (Reading("time", Fraction(minutes)),) if is_led or joined else ()

    def _hour_of_day(self, position: int, after: int) -> tuple[Reading, ...]:
        """`8.00 uur`, `a las 8 horas`: what looks like a length can be a time of the day."""
        if not self.has(after, "word", self.words.hour_signs):
            return ()
        minutes = time_of(self.tokens[position].text, bare=True)
        return () if minutes is None else (Reading("time", Fraction(minutes)),)

    def _is_reference(self, position: int) -> bool:
        """Whether a number names a section (`clause 2.1`, `§ 3`), alone or in a list of them."""
        before = position - 1
        before -= 1 if self.has(before, "sign", ".") else 0
        if self.has(before, "sign", "§") or self.has(before, "word", self.words.sections):
            return True
        joined = self.has(before, "word", self.words.joins) or self.has(before, "sign", ",–-")
        if joined and self.has(before - 1, "number"):
            return self._is_reference(before - 1)
        return False

    def _made(
        self,
        first: Token,
        number_end: int,
        end: int,
        readings: tuple[Reading, ...],
        firm: bool = True,
    ) -> Figure:
        text = self.text[first.start : end]
        return Figure(text, first.start, end, number_end, tuple(dict.fromkeys(readings)), firm)


def _times(value: Fraction, unit: Unit, day: DayKind | None) -> Reading:
    return Reading(unit.kind, value * unit.size, day)


def _one(unit: Unit, day: DayKind | None) -> tuple[Reading, ...]:
    return (_times(Fraction(1), unit, day),)


def _money(values: tuple[Fraction, ...], sign: str) -> tuple[Reading, ...]:
    return tuple(Reading("money", value, sign=sign) for value in values)


def _numeric_date(text: str) -> tuple[Reading, ...]:
    """`2027-12-24`, `24.12.2027`, `24/12/2027`; the month is never first, as in no source here."""
    parts = [int(part) for part in re.split(r"[-./]", text)]
    year, month, day = parts if "-" in text else reversed(parts)
    return (Reading("date", Fraction(month * 100 + day), year=year),)
