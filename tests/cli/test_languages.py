"""Five languages: every command speaks them, in words and in numbers, dates and durations."""

from pathlib import Path

import pytest
from tests.cli.desk import AT, Run

from uphold.messages import LANGUAGES

SAID = {
    "en": ("in 2 h 10 min (Tue 12:50)", "missed", "33.3%", "Target: 8 business hours"),
    "nb": ("om 2 t 10 min (tir. 12:50)", "brutt", "33,3 %", "Mål: 8 arbeidstimer"),
    "pl": ("za 2 godz. 10 min (wt. 12:50)", "niedotrzymane", "33,3%", "Cel: 8 godzin roboczych"),
    "nl": ("over 2 uur 10 min (di 12:50)", "gemist", "33,3%", "Streeftijd: 8 werkuren"),
    "es": ("dentro de 2 h 10 min (mar 12:50)", "incumplido", "33,3 %", "Objetivo: 8 horas"),
}


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_speak_the_readers_language(
    uphold: Run, desk: Path, facts: Path, language: str
) -> None:
    due, missed, share, target = SAID[language]
    table = uphold("clocks", desk, facts, "--at", AT, "--lang", language).out
    plain = table.replace("\xa0", " ").replace("\u202f", " ")
    assert due in plain
    assert missed in plain
    assert share in plain
    assert "Europe/Oslo" in plain
    told = uphold("explain", desk, facts, "request:1", "--at", AT, "--lang", language).out
    assert target in told
    # their own words, but the agreement's as they are
    assert "We answer within 8 business hours." in told
    elsewhere = uphold(
        "explain", desk, facts, "request:1", "--at", AT, "--lang", language, "--zone", "Asia/Tokyo"
    ).out
    assert "Asia/Tokyo" in elsewhere
    assert "Europe/Oslo" in elsewhere


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_lacks_words(
    uphold: Run, desk: Path, facts: Path, repository: Path, language: str
) -> None:
    runs = [
        uphold(*arguments, "--lang", language)
        for arguments in (
            ("--help",),
            ("clocks", "--help"),
            ("convert", "--help"),
            ("check", desk),
            ("test", desk),
            ("clocks", desk, facts, "--at", AT),
            ("explain", desk, facts, "request:5", "--at", AT),
            ("explain", desk, facts, "request:6", "--at", AT),
            ("due", desk, "office", AT, "2 working days"),
            ("due", desk, "always", AT, "2 hours", "--zone", "Asia/Tokyo"),
            ("compare", desk, repository / "agreements" / "biztek.md"),
            ("fmt", "--check", desk),
            ("check", "nothing.md"),
            ("clocks", desk, facts, "--at", "now"),
        )
    ]
    for ran in runs:
        shown = ran.out + ran.err
        for room in ("cli", "help", "option", "reason", "state", "column", "explain", "clocks"):
            assert f"[{room}." not in shown
        assert "{" not in shown.replace("{#", "")


def test_the_locale_chooses_the_language(uphold: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nb_NO.UTF-8")
    assert "Det finnes ingen kommando tull." in uphold("tull").err
    assert "There is no command tull." in uphold("tull", "--lang=en").err
    monkeypatch.setenv("LC_ALL", "C")
    assert "There is no command tull." in uphold("tull").err


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "pl_PL.UTF-8", "LC_MESSAGES": "nl_NL"}, "nl"),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "es_ES.UTF-8", "LC_MESSAGES": "nl_NL"}, "es"),
        ({"LANG": "pl_PL.UTF-8", "LANGUAGE": "no:en"}, "nb"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "nb"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_languages_of_locales(environment: dict[str, str], expected: str) -> None:
    from uphold.cli.surroundings import language

    assert language(environment) == expected


def test_zones_of_machines(tmp_path: Path) -> None:
    from uphold.cli.surroundings import zone

    none = tmp_path / "none"
    named = tmp_path / "timezone"
    named.write_text("Europe/Warsaw\n")
    linked = tmp_path / "localtime"
    linked.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert zone({"TZ": "Asia/Tokyo"}, linked, named) == "Asia/Tokyo"
    assert zone({"TZ": ":Asia/Tokyo"}, linked, named) == "Asia/Tokyo"
    assert zone({"TZ": "UTC"}, linked, named) == "UTC"
    assert zone({"TZ": "Nowhere/Else"}, linked, named) is None
    assert zone({}, linked, named) == "America/New_York"
    assert zone({}, none, named) == "Europe/Warsaw"
    assert zone({}, none, none) is None
    named.write_text("Etc/UTC\n")
    assert zone({}, none, named) is None
