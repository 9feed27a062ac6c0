"""English figures."""

from __future__ import annotations

from fractions import Fraction

from uphold.agreement.check.figures.lexicon import (
    SIGNS,
    Lexicon,
    kinds,
    month_names,
    units,
    valued,
    words,
)

_SMALL = {
    2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen",
    16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
}  # fmt: skip
_TENS = {
    20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy",
    80: "eighty", 90: "ninety",
}  # fmt: skip
_NUMBERS = valued({**_SMALL, **_TENS, 100: "hundred", 1000: "thousand"})
_NUMBERS |= {
    f"{ten} {one}": Fraction(tens + ones)
    for tens, ten in _TENS.items()
    for ones, one in ({1: "one"} | _SMALL).items()
    if ones < 10
}
_NUMBERS["half"] = Fraction(1, 2)

LEXICON = Lexicon(
    language="en",
    decimal_comma=False,
    numbers=_NUMBERS,
    ones=words("one"),
    articles=words("a an"),
    each=words("every each per any the"),
    within=words("within"),
    units=units([
        ("millisecond", None, "millisecond ms", "milliseconds"),
        ("second", None, "second sec", "seconds secs"),
        ("minute", None, "minute min", "minutes mins"),
        ("hour", None, "hour hr h", "hours hrs"),
        ("day", None, "day", "days"),
        ("day", "working", "workday weekday", "workdays weekdays"),
        ("week", None, "week", "weeks"),
        ("fortnight", None, "fortnight", "fortnights"),
        ("month", None, "month", "months"),
        ("quarter", None, "quarter", "quarters"),
        ("year", None, "year", "years"),
    ]),
    adverbs=units([
        ("hour", None, "hourly", ""),
        ("day", None, "daily", ""),
        ("week", None, "weekly", ""),
        ("fortnight", None, "fortnightly", ""),
        ("month", None, "monthly", ""),
        ("quarter", None, "quarterly", ""),
        ("year", None, "yearly annual annually", ""),
    ]),
    before=kinds("business working office work opening", "calendar elapsed clock natural"),
    after=kinds("", ""),
    fillers=words("full whole complete consecutive continuous further more started clear"),
    percent=words("percent percentage"),
    months=month_names(
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
        "august aug", "september sep sept", "october oct", "november nov", "december dec",
    ),
    currencies=SIGNS | {
        "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pounds": "GBP",
        "kroner": "NOK DKK", "zloty": "PLN", "zlotys": "PLN",
    },
    joins=words("to or and through until"),
    hour_signs=words("oclock"),
    time_leads=words("at"),
    sections=words("section sections clause clauses article articles chapter annex appendix"),
    revisions=words("revision version edition"),
    working_stems=("business", "working", "office", "opening", "staffed", "workday"),
    calendar_stems=(
        "calendar", "round the clock", "consecutive", "elapsed", "day and night", "24 hours",
    ),
    under=("under", "less than", "below", "fewer than", "before", "<", "shorter than"),
)  # fmt: skip
