"""Instants as wall times in a zone, with the zone named wherever the time could be misread."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Final

from uphold.messages.figures import number_text
from uphold.messages.languages import locale_name

_WEEK: Final = 7


def instant_text(
    instant: datetime, language: str, zone: tzinfo | None, now: datetime | None
) -> str:
    """The instant's date and time of day.

    With `now`, an instant of today or of the six days to come is a weekday and a time ("Mon
    15:00"), and one of this year has no year. Without a `zone` the instant keeps its own, and
    names it; with one, only the hour that autumn repeats names which of the two it is.
    """
    if instant.utcoffset() is None:
        raise ValueError(f"{instant.isoformat()} names no zone, so it is no instant")
    local = _in_zone(instant, zone)
    today = None if now is None else _in_zone(now, local.tzinfo).date()
    text = f"{_day(local.date(), today, language)} {_time_of_day(local, language)}"
    if local.tzinfo is not zone:
        return f"{text} {_zone_name(local)}"
    return f"{text} {_offset_name(local)}" if _is_repeated(local) else text


def date_text(day: date, language: str) -> str:
    """The date with its weekday and year."""
    return _formatted(day, "yMMMEd", language)


def _in_zone(instant: datetime, zone: tzinfo | None) -> datetime:
    """The instant there; at the ends of the calendar's years it stays where it is."""
    if zone is None:
        return instant
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant


def _day(day: date, today: date | None, language: str) -> str:
    if today is None:
        return date_text(day, language)
    if timedelta(0) <= day - today < timedelta(days=_WEEK):
        return _formatted(day, "E", language)
    return _formatted(day, "MMMEd" if day.year == today.year else "yMMMEd", language)


def _formatted(day: date, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=locale_name(language))


def _time_of_day(local: datetime, language: str) -> str:
    """Hours and minutes of 24, and the rest only where there is any: a limit is to the instant."""
    if not local.second and not local.microsecond:
        return f"{local:%H:%M}"
    if not local.microsecond:
        return f"{local:%H:%M:%S}"
    seconds = Decimal(local.second * 1_000_000 + local.microsecond).scaleb(-6).normalize()
    padding = "0" if local.second < 10 else ""
    return f"{local:%H:%M}:{padding}{number_text(seconds, language)}"


def _is_repeated(local: datetime) -> bool:
    """Whether clocks go back over this wall time, so that the day has it twice."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _zone_name(local: datetime) -> str:
    """The zone's own name, or its offset where it has none; both in the repeated hour."""
    key = getattr(local.tzinfo, "key", None)
    if local.tzinfo is UTC or key is None:
        return _offset_name(local)
    return f"{key} ({_offset_name(local)})" if _is_repeated(local) else str(key)


def _offset_name(local: datetime) -> str:
    """The letters in use there ("CEST"), or "UTC+05:45" where a place has none."""
    name = local.tzname() or ""
    if name.isalpha() or name.startswith("UTC"):
        return name
    return timezone(local.utcoffset() or timedelta(0)).tzname(local)
