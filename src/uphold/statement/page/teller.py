"""How a statement's page says times, lengths, shares and messages to its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from uphold.engine.measure.figure import cut_off
from uphold.engine.measure.json_values import percentage
from uphold.facts.times import to_datetime
from uphold.messages import Message, Reader
from uphold.messages.languages import locale_name
from uphold.worktime.errors import UnknownZone
from uphold.worktime.zone import find_zone

if TYPE_CHECKING:
    from uphold.statement.about import About

NONE = "–"
_UNBROKEN = "\u00a0"
_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Teller:
    """One reader of one statement.

    Times are in `zone`: the reader's own, else the statement's; None where the machine knows
    neither, and every time then keeps its own and names it. `year` is the one that most dates of
    the page lie in, and which they need not name.
    """

    reader: Reader
    zone: ZoneInfo | None
    year: int

    @classmethod
    def of(cls, reader: Reader, about: About) -> Teller:
        """The teller of a statement to a reader."""
        name = reader.zone or about.zone
        try:
            told = Reader(reader.language, name)
            zone = find_zone(name)
        except UnknownZone:
            told, zone = Reader(reader.language), None
        start = to_datetime(about.start).astimezone(zone or UTC)
        return cls(told, zone, start.year)

    @property
    def language(self) -> str:
        """The language of the page, as a tag."""
        return self.reader.language

    def say(self, said: Message) -> str:
        """A message in words."""
        return self.reader.text(said)

    def instant(self, instant: int | datetime) -> str:
        """A time on its own: "Wed, 12 Aug 2026 11:00"."""
        return self.reader.instant(self.local(instant))

    def moment(self, instant: int | datetime) -> str:
        """A time in a table: "Wed 12 Aug 11:00"; microseconds or an aware datetime."""
        local = self.local(instant)
        return f"{self._day(local.date())} {self._time(local)}"

    def stretch(self, start: int | datetime, end: int | datetime) -> str:
        """From one time to another, the day named once where it is one: "12 Aug 11:00 – 11:30"."""
        return f"{self.moment(start)} – {self.until(start, end)}"

    def until(self, start: int | datetime, end: int | datetime) -> str:
        """The end of a stretch, the day named only where it is another one: "11:30"."""
        first, last = self.local(start), self.local(end)
        return self._time(last) if first.date() == last.date() else self.moment(end)

    def day(self, day: date) -> str:
        """A date in a table: "Wed 12 Aug"."""
        return self._day(day)

    def month(self, day: date, *, short: bool = False) -> str:
        """The month of a date: "August 2026", "Aug 2026"."""
        return _formatted(day, "yMMM" if short else "yMMMM", self.language)

    def local(self, instant: int | datetime) -> datetime:
        """The time on the clocks of the page's zone."""
        found = to_datetime(instant) if isinstance(instant, int) else instant
        return found if self.zone is None else found.astimezone(self.zone)

    def length(self, us: int) -> str:
        """A measured length, to the second, on one line; the statement's file is exact."""
        return self.reader.span(us // _SECOND * _SECOND).replace(" ", _UNBROKEN)

    def rough_length(self, us: int) -> str:
        """A mean length: from an hour on to the minute."""
        return self.length(us // _MINUTE * _MINUTE if us >= 60 * _MINUTE else us)

    def share(self, share: Fraction | None, decimals: int) -> str:
        """A share of one as a percentage, cut off after so many decimals, never rounded up."""
        if share is None:
            return NONE
        return self.reader.percent(Decimal(cut_off(share, decimals)))

    def stated_share(self, share: Fraction) -> str:
        """A share that an agreement states, with every digit that it has: "99.95%"."""
        return self.reader.percent(Decimal(percentage(share)))

    def _day(self, day: date) -> str:
        return _formatted(day, "MMMEd" if day.year == self.year else "yMMMEd", self.language)

    def _time(self, local: datetime) -> str:
        shown = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        if self.zone is None or _is_repeated(local):
            return f"{shown} {local.tzname()}"
        return shown


def period_words(teller: Teller, start: int, end: int, zone: str) -> str:
    """A window in words: "March 2028", "April 2027 – March 2028", "2027", or from day to day.

    Instants in microseconds; the window is one of whole dates in `zone`, which names it.
    """
    dates = _whole_dates(start, end, zone)
    if dates is not None and dates[0].day == 1 and (dates[1] + _ONE_DAY).day == 1:
        return _months(teller, *dates)
    return dates_words(teller, start, end, zone)


def dates_words(teller: Teller, start: int, end: int, zone: str) -> str:
    """A window from its first to its last date; to the minute where it is not one of dates."""
    dates = _whole_dates(start, end, zone)
    if dates is None:
        return f"{teller.instant(start)} – {teller.instant(end)}"
    return " – ".join(dict.fromkeys(map(teller.reader.date, dates)))


def _whole_dates(start: int, end: int, zone: str) -> tuple[date, date] | None:
    """The first and the last date of a window, if both ends lie between two dates."""
    try:
        place = find_zone(zone)
    except UnknownZone:
        return None
    if not (_begins_a_date(start, place) and _begins_a_date(end, place)):
        return None
    first, last = (to_datetime(each).astimezone(place).date() for each in (start, end - 1))
    return first, last


def _months(teller: Teller, first: date, last: date) -> str:
    if (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return teller.month(first)
    return f"{teller.month(first)} – {teller.month(last)}"


def _begins_a_date(instant: int, place: ZoneInfo) -> bool:
    """Whether a date begins then, at midnight or, where clocks skip that, behind it."""
    before, at = (to_datetime(each).astimezone(place) for each in (instant - 1, instant))
    return before.date() != at.date()


def _is_repeated(local: datetime) -> bool:
    """Whether clocks go back over this time, so that the day has it twice."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _formatted(day: date, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=locale_name(language))
