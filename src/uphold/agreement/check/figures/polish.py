"""Polish figures, whose numbers and units bend by case."""

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
    2: "dwa dwie dwaj dwóch dwu dwóm dwoma dwiema",
    3: "trzy trzej trzech trzem trzema",
    4: "cztery czterej czterech czterem czterema",
    5: "pięć pięciu pięcioma",
    6: "sześć sześciu sześcioma",
    7: "siedem siedmiu siedmioma",
    8: "osiem ośmiu ośmioma",
    9: "dziewięć dziewięciu dziewięcioma",
    10: "dziesięć dziesięciu dziesięcioma",
    11: "jedenaście jedenastu jedenastoma",
    12: "dwanaście dwunastu dwunastoma",
    13: "trzynaście trzynastu",
    14: "czternaście czternastu",
    15: "piętnaście piętnastu",
    16: "szesnaście szesnastu",
    17: "siedemnaście siedemnastu",
    18: "osiemnaście osiemnastu",
    19: "dziewiętnaście dziewiętnastu",
}
_TENS = {
    20: "dwadzieścia dwudziestu",
    30: "trzydzieści trzydziestu",
    40: "czterdzieści czterdziestu",
    50: "pięćdziesiąt pięćdziesięciu",
    60: "sześćdziesiąt sześćdziesięciu",
    70: "siedemdziesiąt siedemdziesięciu",
    80: "osiemdziesiąt osiemdziesięciu",
    90: "dziewięćdziesiąt dziewięćdziesięciu",
}
_NUMBERS = valued({**_SMALL, **_TENS, 100: "sto stu", 1000: "tysiąc tysiąca"})
_NUMBERS |= {
    f"{ten} {one}": Fraction(tens + ones)
    for tens, tens_forms in _TENS.items()
    for ten in tens_forms.split()
    for ones, ones_forms in ({1: "jeden"} | _SMALL).items()
    for one in ones_forms.split()
    if ones < 10
}
_NUMBERS |= {"pół": Fraction(1, 2), "półtora": Fraction(3, 2), "półtorej": Fraction(3, 2)}

LEXICON = Lexicon(
    language="pl",
    decimal_comma=True,
    numbers=_NUMBERS,
    ones=words("jeden jedna jedno jednego jednej jedną jednym jednemu"),
    articles=words(""),
    each=words("co każdy każda każde każdego każdej każdym na w ciągu"),
    within=words("ciągu"),
    units=units([
        ("millisecond", None, "milisekunda ms", "milisekundy milisekund"),
        ("second", None, "sekunda sekundę sekundy sek", "sekund sekundach"),
        ("minute", None, "minuta minutę minuty min", "minut minutach minutowe minutowy"),
        ("hour", None, "godzina godzinę godziny godz h",
         "godzin godzinach godzinom godzinami godzinne"),
        ("day", None, "dzień dnia dniu", "dni dniach dniami dniom"),
        ("day", "calendar", "doba dobę doby", "dób dobach"),
        ("week", None, "tydzień tygodnia tygodniu", "tygodnie tygodni tygodniach"),
        ("month", None, "miesiąc miesiąca miesiącu",
         "miesiące miesięcy miesiącach miesiącami"),
        ("quarter", None, "kwartał kwartału kwartale", "kwartały kwartałów"),
        ("year", None, "rok roku", "lata lat latach"),
    ]),
    adverbs=units([
        ("hour", None, "cogodzinny cogodzinnie", ""),
        ("day", None, "codziennie codzienny codzienna codzienne dziennie", "codziennych"),
        ("week", None, "cotygodniowo cotygodniowy cotygodniowa tygodniowo", "cotygodniowe"),
        ("month", None, "miesięcznie miesięczny miesięczna miesięcznej", "miesięczne"),
        ("quarter", None, "kwartalnie kwartalny", "kwartalne"),
        ("year", None, "rocznie corocznie roczny roczna rocznej", "roczne"),
    ]),
    before=kinds("robocze roboczych roboczy roboczego roboczej", "pełne_doby"),
    after=kinds(
        "roboczy roboczego roboczemu roboczym robocza roboczej roboczą robocze roboczych"
        " roboczymi pracy biurowych biurowe",
        "kalendarzowy kalendarzowego kalendarzowym kalendarzowe kalendarzowych"
        " kalendarzowej kalendarzowymi",
    ),
    fillers=words("pełne pełny pełnego pełnych kolejne kolejnych całe całych następujących"),
    percent=words("procent procenta procentów procentu procentowy procentowego procentowych"
                  " procentowe"),
    months=month_names(
        "styczeń stycznia", "luty lutego", "marzec marca", "kwiecień kwietnia", "maj maja",
        "czerwiec czerwca", "lipiec lipca", "sierpień sierpnia", "wrzesień września",
        "październik października", "listopad listopada", "grudzień grudnia",
    ),
    currencies=SIGNS | {"złotych": "PLN", "złote": "PLN", "złoty": "PLN", "złotego": "PLN",
                        "euro": "EUR", "dolarów": "USD"},
    joins=words("do lub albo i"),
    hour_signs=words(""),
    time_leads=words("godz godzinie godziny"),
    sections=words("punkt punkcie punktu pkt ustęp ustępu rozdział rozdziale paragraf sekcja"
                   " sekcji artykuł art załącznik"),
    revisions=words("rewizja wersja wydanie wersji"),
    working_stems=("robocz", "godzinach pracy", "godzin pracy", "biur", "otwarcia",
                   "dniach pracy"),
    calendar_stems=("kalendarzow", "dob", "całodobow"),
    under=("poniżej", "mniej niż", "krócej niż", "przed upływem", "<"),
)  # fmt: skip
