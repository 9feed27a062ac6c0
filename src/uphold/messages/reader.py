"""A reader: the language, zone and present in which messages become words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from uphold.messages import figures, instants, spans
from uphold.messages.catalogue import words
from uphold.messages.languages import FALLBACK, nearest_language
from uphold.messages.template import fill, printable
from uphold.messages.vocabulary import Duration, Message, Money, Percent, Value, message
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Elapsed,
    Working,
    WorkingDays,
)
from uphold.worktime.zone import find_zone

_DURATIONS: Final = (Elapsed, Working, WorkingDays, CalendarDays, CalendarMonths)

# The joints of a list are filled with finished texts, so they are looked up without a message.
MESSAGE_IDS: Final = ("list.comma", "list.and", "list.and-before-i")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads: `language` as a tag (`nb`, `pl-PL`), `zone` as an IANA name.

    A language that Uphold does not speak falls to English. Without a zone every instant keeps
    its own and names it. With `now`, instants near it are short ("Mon 15:00"). A zone that the
    zone tables do not hold raises `uphold.worktime.errors.UnknownZone`.
    """

    language: str = FALLBACK
    zone: str | None = None
    now: datetime | None = None
    _zone: ZoneInfo | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Settles on a language it can speak and opens the zone."""
        object.__setattr__(self, "language", nearest_language(self.language))
        object.__setattr__(self, "_zone", None if self.zone is None else find_zone(self.zone))

    def text(self, said: Message) -> str:
        """The message in words.

        An id that the language lacks is said in English, after the id; one that English lacks
        too is shown with its values. Nothing that a message holds makes this fail.
        """
        count = said.data.get("count")
        number = _plural_number(count) if isinstance(count, int | Decimal) else None
        template = words(self.language, said.id, number)
        if template is None:
            return self._without_words(said, number)
        return fill(template, self._values(said))

    def value(self, value: Value) -> str:
        """Any value of a message as `text` shows it."""
        match value:
            case Message():
                return self.text(value)
            case str():
                return printable(value)
            case bool():
                return self.text(message("value.yes") if value else message("value.no"))
            case int() | Decimal():
                return self.number(value)
            case datetime() if value.utcoffset() is not None:
                return self.instant(value)
            case date() if not isinstance(value, datetime):
                return self.date(value)
            case Percent():
                return self.percent(value.amount)
            case Money():
                return self.money(value.amount, value.currency)
            case tuple():
                return self.list(value)
            case _ if isinstance(value, _DURATIONS):
                return self.duration(value)
            case _:
                return printable(str(value))

    def instant(self, instant: datetime, zone: str | None = None) -> str:
        """An aware datetime: "Mon 8 Feb 2027 15:00", or "Mon 15:00" when it is near `now`.

        With another `zone` it is shown there instead, and the zone is named.
        """
        if zone not in (None, self.zone):
            local = instant.astimezone(find_zone(zone))
            return instants.instant_text(local, self.language, None, self.now)
        return instants.instant_text(instant, self.language, self._zone, self.now)

    def date(self, day: date) -> str:
        """A date: "Mon, 8 Feb 2027"."""
        return instants.date_text(day, self.language)

    def relative(self, us: int) -> str:
        """How far off, in microseconds from the present: "in 2 h 10 min", "3 min ago"."""
        return self.text(spans.relative_message(us))

    def duration(self, duration: Duration) -> str:
        """A duration in its own unit: "8 business hours", "2 working days", "90 minutes"."""
        return self.text(spans.duration_message(duration))

    def span(self, us: int) -> str:
        """A measured stretch of microseconds, exactly: "11 h 23 min 5 s"."""
        return self.text(spans.span_message(us))

    def number(self, number: int | Decimal) -> str:
        """A number with exactly the digits it was given."""
        return figures.number_text(number, self.language)

    def percent(self, share: Decimal) -> str:
        """A share in hundredths with exactly the digits it was given: 99.9 is "99.9%"."""
        return figures.percent_text(share, self.language)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency (ISO 4217), never rounded."""
        return figures.money_text(amount, currency, self.language)

    def list(self, values: Iterable[Value]) -> str:
        """The values as a list in a sentence: "a, b and c"; nothing at all is "none"."""
        texts = [self.value(value) for value in values]
        if not texts:
            return self.text(message("list.none"))
        *before, last = texts
        if not before:
            return last
        joined = before[0]
        for text in before[1:]:
            joined = self._pair("list.comma", joined, text)
        return self._pair(_and_before(last), joined, last)

    def _pair(self, joint: str, first: str, last: str) -> str:
        """Two finished texts in one; they are filled in as they are, not escaped once more."""
        template = words(self.language, joint) or words(FALLBACK, joint) or "{first}, {last}"
        return fill(template, {"first": first, "last": last})

    def _values(self, said: Message) -> dict[str, str]:
        return {name: self.value(value) for name, value in said.data.items()}

    def _without_words(self, said: Message, number: int | None) -> str:
        english = words(FALLBACK, said.id, number)
        if english is not None:
            return f"[{said.id}] {fill(english, self._values(said))}"
        values = ", ".join(f"{name}: {text}" for name, text in self._values(said).items())
        return f"[{said.id}] {values}".rstrip()


def _plural_number(count: int | Decimal) -> int:
    """The whole number whose plural form serves `count`; a fraction takes the form of two."""
    if not Decimal(count).is_finite() or count != int(count):
        return 2
    return abs(int(count))


def _and_before(last: str) -> str:
    """Spanish says "e" for "y" before an i-sound; the catalogues of the others repeat "and"."""
    start = last.casefold()
    if start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hie", "hia", "io")):
        return "list.and-before-i"
    return "list.and"
