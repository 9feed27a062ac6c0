"""Where holidays come from: a country or region, listed dates, or an .ics file.

Each source gives whole dates with their names, sometimes stretches of time too, and says
from when to when it knows them. A country is known for the years that the `holidays`
library covers it, a file for the years its events lie in. A list of dates is its author's
own and is taken as complete.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from uphold.worktime.errors import UnknownHolidays, UnreadableDay, nearest_names
from uphold.worktime.holiday_package import country_class, country_codes
from uphold.worktime.special_days import SpecialDay, parse_date
from uphold.worktime.zone import day_date, day_number

Holiday = tuple[int, str]


@dataclass(frozen=True, slots=True)
class HolidaysFound:
    """Holidays as (day number, name) in order, and stretches of time closed beside them."""

    days: tuple[Holiday, ...] = ()
    closed: tuple[SpecialDay, ...] = ()


class HolidaySource(Protocol):
    """Something that knows holidays from one date to another; None is without end."""

    @property
    def known(self) -> tuple[int | None, int | None]:
        """The first and last day number that holidays are known for."""

    def between(self, first_day: int, last_day: int) -> HolidaysFound:
        """Return what falls on day numbers from first to last, both included."""

    def __str__(self) -> str:
        """Name the source for people."""


@dataclass(frozen=True, slots=True)
class ListedHolidays:
    """Dates that the calendar's author listed."""

    days: tuple[Holiday, ...]

    @property
    def known(self) -> tuple[int | None, int | None]:
        """Without end: the list is complete."""
        return None, None

    def between(self, first_day: int, last_day: int) -> HolidaysFound:
        """Return the listed dates within."""
        return HolidaysFound(tuple(d for d in self.days if first_day <= d[0] <= last_day))

    def __str__(self) -> str:
        """Name the source."""
        return "listed dates"


class CountryHolidays:
    """The public holidays of a country or region, named in its own language."""

    __slots__ = ("_class", "_subdivision", "code", "known")

    def __init__(self, code: str) -> None:
        """Find the country of a code like "NO" or "US-RI", or raise UnknownHolidays."""
        country, _, subdivision = code.partition("-")
        if country not in country_codes():
            raise UnknownHolidays(code, nearest_names(code, country_codes()))
        self.code = code
        self._class: Any = country_class(country)
        self._subdivision = subdivision or None
        if "-" in code and subdivision not in self._class.subdivisions:
            regions = [f"{country}-{region}" for region in self._class.subdivisions]
            raise UnknownHolidays(code, nearest_names(code, regions))
        self.known = (
            day_number(date(max(self._class.start_year, 1), 1, 1)),
            day_number(date(self._class.end_year, 12, 31)),
        )

    def between(self, first_day: int, last_day: int) -> HolidaysFound:
        """Return the holidays within."""
        years = range(_year(first_day), _year(last_day) + 1)
        found = self._class(years=years, subdiv=self._subdivision, language=self._language())
        days = sorted((day_number(day), name) for day, name in found.items())
        return HolidaysFound(tuple(d for d in days if first_day <= d[0] <= last_day))

    def _language(self) -> str | None:
        """Return the country's own language; the library would ask the environment."""
        own: str | None = self._class.default_language
        languages: tuple[str, ...] = self._class.supported_languages
        return own or ("en_US" if "en_US" in languages else next(iter(languages), None))

    def __str__(self) -> str:
        """Name the source."""
        return self.code


def holiday_sources(holidays: object) -> tuple[HolidaySource, ...]:
    """Return the sources that a calendar's `holidays` name.

    A code, a .ics path, a date, a mapping from dates to names, or a list of any of these.
    """
    if holidays is None:
        return ()
    if isinstance(holidays, Mapping):
        named = {parse_date("holidays", day): str(name) for day, name in holidays.items()}
        return (ListedHolidays(tuple(sorted(named.items()))),)
    if isinstance(holidays, (str, os.PathLike, date)):
        holidays = (holidays,)
    if not isinstance(holidays, Iterable):
        raise UnreadableDay("holidays", holidays, "it is no code, path or list of dates")
    sources: list[HolidaySource] = []
    dates: set[int] = set()
    for entry in holidays:
        source = _named_source(entry)
        if source is None:
            dates.add(parse_date("holidays", entry))
        else:
            sources.append(source)
    if dates:
        sources.append(ListedHolidays(tuple((day, "") for day in sorted(dates))))
    return tuple(sources)


def known_days(sources: Iterable[HolidaySource]) -> tuple[int | None, int | None]:
    """Return the first and last day number that every source knows."""
    known = [source.known for source in sources]
    return (
        max((first for first, _ in known if first is not None), default=None),
        min((last for _, last in known if last is not None), default=None),
    )


def holidays_between(
    sources: Iterable[HolidaySource], first_day: int, last_day: int
) -> HolidaysFound:
    """Return what all sources hold; a date that two of them name keeps both names."""
    names: dict[int, list[str]] = {}
    closed: list[SpecialDay] = []
    for source in sources:
        found = source.between(first_day, last_day)
        closed += found.closed
        for day, name in found.days:
            kept = names.setdefault(day, [])
            if name and name not in kept:
                kept.append(name)
    days = tuple((day, "; ".join(names[day])) for day in sorted(names))
    return HolidaysFound(days, tuple(closed))


def _named_source(entry: object) -> HolidaySource | None:
    """Return the source of a path or code; None for what must be a date."""
    if isinstance(entry, os.PathLike) or (
        isinstance(entry, str) and entry.casefold().endswith(".ics")
    ):
        from uphold.worktime.holiday_file import HolidayFile

        return HolidayFile(Path(os.fspath(entry)))
    if isinstance(entry, str) and not entry.strip()[:1].isdigit():
        return CountryHolidays(entry.strip())
    if isinstance(entry, datetime):
        raise UnreadableDay("holidays", entry, "it is a time, not a date")
    return None


def _year(number: int) -> int:
    return day_date(number).year
