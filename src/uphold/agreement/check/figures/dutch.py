"""Dutch figures."""

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
    2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen",
    10: "tien", 11: "elf", 12: "twaalf", 13: "dertien", 14: "veertien", 15: "vijftien",
    16: "zestien", 17: "zeventien", 18: "achttien", 19: "negentien",
}  # fmt: skip
_TENS = {
    20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig",
    80: "tachtig", 90: "negentig",
}  # fmt: skip
_NUMBERS = valued({**_SMALL, **_TENS, 100: "honderd", 1000: "duizend"})
_NUMBERS |= {
    one + joined + ten: Fraction(tens + ones)
    for tens, ten in _TENS.items()
    for ones, one in ({1: "een"} | _SMALL).items()
    for joined in ("en", "ën")
    if ones < 10
}
_NUMBERS |= {"half": Fraction(1, 2), "halve": Fraction(1, 2), "anderhalf": Fraction(3, 2)}

LEXICON = Lexicon(
    language="nl",
    decimal_comma=True,
    numbers=_NUMBERS,
    ones=words("één"),
    articles=words("een"),
    each=words("elke elk iedere ieder per de het"),
    within=words("binnen"),
    units=units([
        ("millisecond", None, "milliseconde ms", "milliseconden"),
        ("second", None, "seconde sec", "seconden"),
        ("minute", None, "minuut min", "minuten minuut"),
        ("hour", None, "uur u", "uren uurs"),
        ("hour", "working", "werkuur kantooruur", "werkuren kantooruren"),
        ("day", None, "dag", "dagen daags"),
        ("day", "working", "werkdag weekdag", "werkdagen weekdagen"),
        ("day", "calendar", "kalenderdag etmaal", "kalenderdagen etmalen"),
        ("week", None, "week", "weken"),
        ("month", None, "maand kalendermaand", "maanden kalendermaanden"),
        ("quarter", None, "kwartaal", "kwartalen"),
        ("year", None, "jaar kalenderjaar", "jaren kalenderjaren"),
    ]),
    adverbs=units([
        ("day", None, "dagelijks dagelijkse", ""),
        ("week", None, "wekelijks wekelijkse", ""),
        ("month", None, "maandelijks maandelijkse", ""),
        ("year", None, "jaarlijks jaarlijkse", ""),
    ]),
    before=kinds("", "aaneengesloten"),
    after=kinds("", ""),
    fillers=words("hele heel volle vol volledige aaneengesloten opeenvolgende begonnen"),
    percent=words("procent procentpunt procentpunten"),
    months=month_names(
        "januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul",
        "augustus aug", "september sep sept", "oktober okt", "november nov", "december dec",
    ),
    currencies=SIGNS | {"euro": "EUR", "euro's": "EUR", "dollar": "USD"},
    joins=words("tot of en à"),
    hour_signs=words("uur u"),
    time_leads=words("om vanaf"),
    sections=words("artikel artikelen paragraaf hoofdstuk bijlage punt lid"),
    revisions=words("revisie versie uitgave"),
    working_stems=("werkdag", "werkuur", "werkuren", "werktijd", "kantoor", "opening"),
    calendar_stems=("kalender", "etmaal", "etmalen", "doorlopend", "dag en nacht",
                    "aaneengesloten"),
    under=("onder", "minder dan", "korter dan", "voordat", "<"),
)  # fmt: skip
