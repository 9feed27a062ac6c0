"""Spanish figures."""

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
    2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 8: "ocho", 9: "nueve",
    10: "diez", 11: "once", 12: "doce", 13: "trece", 14: "catorce", 15: "quince",
    16: "dieciséis", 17: "diecisiete", 18: "dieciocho", 19: "diecinueve", 20: "veinte",
    21: "veintiuno veintiún veintiuna", 22: "veintidós", 23: "veintitrés", 24: "veinticuatro",
    25: "veinticinco", 26: "veintiséis", 27: "veintisiete", 28: "veintiocho", 29: "veintinueve",
}  # fmt: skip
_TENS = {
    30: "treinta", 40: "cuarenta", 50: "cincuenta", 60: "sesenta", 70: "setenta", 80: "ochenta",
    90: "noventa",
}  # fmt: skip
_NUMBERS = valued({**_SMALL, **_TENS, 100: "cien ciento", 1000: "mil"})
_NUMBERS |= {
    f"{ten} y {one}": Fraction(tens + ones)
    for tens, ten in _TENS.items()
    for ones, one in ({1: "uno"} | _SMALL).items()
    if ones < 10
}
_NUMBERS |= {"media": Fraction(1, 2), "medio": Fraction(1, 2)}

LEXICON = Lexicon(
    language="es",
    decimal_comma=True,
    numbers=_NUMBERS,
    ones=words("uno"),
    articles=words("un una"),
    each=words("cada por al a el la todo toda"),
    within=words("dentro"),
    units=units([
        ("millisecond", None, "milisegundo ms", "milisegundos"),
        ("second", None, "segundo s", "segundos"),
        ("minute", None, "minuto min", "minutos"),
        ("hour", None, "hora h", "horas"),
        ("day", None, "día", "días"),
        ("week", None, "semana", "semanas"),
        ("month", None, "mes", "meses"),
        ("quarter", None, "trimestre", "trimestres"),
        ("year", None, "año", "años"),
    ]),
    adverbs=units([
        ("day", None, "diario diaria diariamente", "diarios diarias"),
        ("week", None, "semanal semanalmente", "semanales"),
        ("month", None, "mensual mensualmente", "mensuales"),
        ("quarter", None, "trimestral", "trimestrales"),
        ("year", None, "anual anualmente", "anuales"),
    ]),
    before=kinds("", ""),
    after=kinds(
        "hábil hábiles laborable laborables laboral laborales oficina trabajo",
        "natural naturales calendario corrido corridos seguidas",
    ),
    fillers=words("completo completos completa completas de enteros entero consecutivos"),
    percent=words("por_ciento"),
    months=month_names(
        "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo", "junio jun", "julio jul",
        "agosto ago", "septiembre sep setiembre", "octubre oct", "noviembre nov",
        "diciembre dic",
    ),
    currencies=SIGNS | {"euro": "EUR", "euros": "EUR", "dólares": "USD", "dólar": "USD"},
    joins=words("a o y hasta"),
    hour_signs=words("h horas hora"),
    time_leads=words("las la"),
    sections=words("apartado apartados sección secciones cláusula cláusulas artículo punto anexo"),
    revisions=words("revisión versión edición"),
    working_stems=("hábil", "laborab", "laboral", "oficina", "de trabajo", "apertura"),
    calendar_stems=("calendario", "natural", "corrid", "día y noche"),
    under=("menos de", "inferior a", "por debajo de", "antes de", "<"),
)  # fmt: skip
