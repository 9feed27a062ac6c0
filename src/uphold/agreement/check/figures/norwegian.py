"""Norwegian (bokmål) figures."""

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
    2: "to", 3: "tre", 4: "fire", 5: "fem", 6: "seks", 7: "sju syv", 8: "åtte", 9: "ni",
    10: "ti", 11: "elleve", 12: "tolv", 13: "tretten", 14: "fjorten", 15: "femten",
    16: "seksten", 17: "sytten", 18: "atten", 19: "nitten",
}  # fmt: skip
_TENS = {
    20: "tjue tyve", 30: "tretti tredve", 40: "førti", 50: "femti", 60: "seksti", 70: "sytti",
    80: "åtti", 90: "nitti",
}  # fmt: skip
_NUMBERS = valued({**_SMALL, **_TENS, 100: "hundre", 1000: "tusen"})
_NUMBERS |= {
    ten + one: Fraction(tens + ones)
    for tens, tens_forms in _TENS.items()
    for ten in tens_forms.split()
    for ones, ones_forms in ({1: "en én ett"} | _SMALL).items()
    for one in ones_forms.split()
    if ones < 10
}
_NUMBERS |= {"halv": Fraction(1, 2), "halvt": Fraction(1, 2), "halvannen": Fraction(3, 2)}

LEXICON = Lexicon(
    language="nb",
    decimal_comma=True,
    numbers=_NUMBERS,
    ones=words("én éin ett"),
    articles=words("en et ei"),
    each=words("hver hvert per pr enhver ethvert i om"),
    within=words("innen"),
    units=units([
        ("millisecond", None, "millisekund ms", "millisekunder"),
        ("second", None, "sekund sekundet sek", "sekunder sekundene sekunders"),
        ("minute", None, "minutt minuttet min", "minutter minuttene minutters minutts"),
        ("hour", None, "time timen t", "timer timene timers times"),
        ("hour", "working",
         "arbeidstime arbeidstimen kontortime kontortimen virketime åpningstime",
         "arbeidstimer arbeidstimene kontortimer kontortimene virketimer åpningstimer"),
        ("day", None, "dag dagen", "dager dagene dagers"),
        ("day", "working",
         "virkedag virkedagen arbeidsdag arbeidsdagen hverdag hverdagen",
         "virkedager virkedagene virkedagers arbeidsdager arbeidsdagene hverdager"),
        ("day", "calendar", "kalenderdag kalenderdagen døgn døgnet",
         "kalenderdager kalenderdagene døgnene"),
        ("week", None, "uke uken uka", "uker ukene ukers"),
        ("month", None, "måned måneden kalendermåned kalendermåneden",
         "måneder månedene måneders kalendermåneder"),
        ("quarter", None, "kvartal kvartalet", "kvartaler"),
        ("year", None, "år året kalenderår kalenderåret", "årene års"),
    ]),
    adverbs=units([
        ("hour", None, "timevis", ""),
        ("day", None, "daglig daglige døgnlig", ""),
        ("week", None, "ukentlig ukentlige", ""),
        ("month", None, "månedlig månedlige månedsvis", ""),
        ("quarter", None, "kvartalsvis", ""),
        ("year", None, "årlig årlige", ""),
    ]),
    before=kinds("åpne", "sammenhengende"),
    after=kinds("", ""),
    fillers=words("hele hel helt fulle full påfølgende påbegynte løpende"),
    percent=words("prosent prosentpoeng prosentpoenget prosentenhet prosentenheter"),
    months=month_names(
        "januar jan", "februar feb", "mars", "april apr", "mai", "juni jun", "juli jul",
        "august aug", "september sep sept", "oktober okt", "november nov", "desember des",
    ),
    currencies=SIGNS | {"euro": "EUR", "kroner": "NOK", "krone": "NOK", "dollar": "USD"},
    joins=words("til eller og"),
    hour_signs=words(""),
    time_leads=words("kl klokken klokka"),
    sections=words("punkt punktene avsnitt kapittel klausul artikkel vedlegg pkt"),
    revisions=words("revisjon versjon utgave"),
    working_stems=("virkedag", "arbeidsdag", "arbeidstid", "arbeidstime", "kontor", "åpning",
                   "virketid", "virketime", "hverdag", "bemannet"),
    calendar_stems=("kalender", "døgn", "klokketime", "sammenhengende", "løpende dag"),
    under=("under", "mindre enn", "før", "kortere enn", "<", "innen det har gått"),
)  # fmt: skip
