"""When people work, and when maintenance may be: `calendar` and `window`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from uphold.agreement.phrases.calendars import parse_day_range, parse_hours
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.measures import Quota, parse_quota
from uphold.agreement.terms.base import Phrase, Term, Words


def _hours(value: Any) -> dict[str, str]:
    if value == "always":
        return {"mon-sun": "00:00-24:00"}
    if not isinstance(value, dict):
        raise PhraseError("hours-table-expected")
    read = {}
    for days, spans in value.items():
        try:
            key = parse_day_range(days)
            read[key] = parse_hours(spans if isinstance(spans, str) else "")
        except PhraseError as error:
            error.add_note(days)
            raise
    return read


Hours = Annotated[dict[str, str], BeforeValidator(_hours)]


class CalendarTerm(Term):
    """When people work: a zone, weekly hours, holidays and exceptions."""

    kind: ClassVar[str] = "calendar"
    example: ClassVar[str] = """\
calendar: oslo-office
zone: Europe/Oslo
hours: {mon-fri: 08:00-16:00}
holidays: NO
closed: [2027-12-24]
quotes: [Monday to Friday from 08:00 to 16:00, public holidays excepted]
"""

    zone: str = Field("", description="IANA zone; the agreement's zone when absent.")
    hours: Hours = Field(description="Weekly hours by day or range of days; `always` for 24x7.")
    holidays: Words = Field(
        (), description="Country or region codes (NO, US-RI), dates, or one .ics file's path."
    )
    closed: Words = Field((), description="Dates, or local intervals `FROM/TO`, that are closed.")
    opened: Words = Field((), description="Dates, or local intervals `FROM/TO`, that are open.")


class WindowTerm(Term):
    """A standing maintenance window, and how much may be used."""

    kind: ClassVar[str] = "window"
    example: ClassVar[str] = """\
window: standing
zone: Europe/Oslo
hours: {sun: 04:00-06:00}
at most: 8 hours a month
quotes: ['Sunday from 04:00 to 06:00, at most 8 hours a month']
"""

    zone: str = Field("", description="IANA zone; the agreement's zone when absent.")
    hours: Hours | None = Field(
        None, description="Weekly hours; absent where windows are arranged one by one."
    )
    at_most: Annotated[Quota | None, Phrase(parse_quota, "A quota.", ("8 hours a month",))] = Field(
        None, alias="at most", description="The most that is excluded in each period."
    )
    for_: Words = Field(
        (), alias="for", description="The services, sites or customers it is arranged for."
    )
