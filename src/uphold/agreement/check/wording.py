"""Words of five languages that settle a reading, or leave one open."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from uphold.agreement.check.figures import lexicon

_WORDS: Final[dict[str, str]] = {
    # a day on which the desk is closed although it is a weekday
    "holiday": r"holiday|helligdag|høytidsdag|fridag|rød dag|røde dag|święt|świąt|wolne od pracy"
    r"|wolny od pracy|feestdag|festivo|feriado",
    # which days of the week
    "weekday": r"monday|weekday|working day|business day|every day|seven days|7 days|daily"
    r"|mandag|hverdag|virkedag|arbeidsdag|ukedag|alle dager|hver dag|poniedział|dni robocz"
    r"|dzień robocz|dniach robocz|codziennie|maandag|werkdag|weekdag|dagelijks|elke dag|lunes"
    r"|días hábiles|días laborables|todos los días|sunday|søndag|niedziel|zondag|domingo"
    r"|saturday|lørdag|sobot|zaterdag|sábado",
    # any stretch of the length, and not the one that a calendar has
    "rolling": r"\bany\b|rolling|consecutive|running|\bpast\b|preceding|hvilke som helst|løpende"
    r"|sammenhengende|siste|foregående|dowoln|kolejn|ostatni|poprzedz|kroczą|willekeurig"
    r"|aaneengesloten|afgelopen|voorgaand|laatste|cualquier|consecutiv|últim|anterior",
    # a mean of something
    "average": r"\baverage|\bmean\b|gjennomsnitt|średni|przeciętn|gemiddeld|promedio"
    r"|\bmedia de\b",
    # at once, without a limit
    "at once": r"immediate|at once|without delay|straight ?away|promptly|as soon as|umiddelbart"
    r"|straks|uten opphold|omgående|snarest|natychmiast|niezwłocznie|bezzwłocznie|od razu"
    r"|onmiddellijk|direct|meteen|terstond|zo snel mogelijk|zo spoedig mogelijk|inmediat"
    r"|sin demora|de inmediato|cuanto antes",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_WORDS[name], re.IGNORECASE)


def says(text: str, name: str) -> bool:
    """Whether a text has one of the words of that name."""
    return _pattern(name).search(text) is not None


def says_under(text: str, language: str) -> bool:
    """Whether a text ends with words for "less than"."""
    words = {*lexicon(language).under, *lexicon("en").under}
    ending = text.casefold().rstrip()
    return any(ending.endswith(word) and not ending[: -len(word)][-1:].isalpha() for word in words)
