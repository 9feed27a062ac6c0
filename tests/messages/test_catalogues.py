"""The catalogues that ship: every language says every message, the check finds faults."""

import gettext
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from uphold.messages import LANGUAGES, Message, Reader, Value
from uphold.messages.catalogue import compiled_path, words
from uphold.messages.catalogue_check import (
    all_faults,
    compiled_faults,
    language_faults,
    read_words,
    source_faults,
    written_faults,
)
from uphold.messages.catalogue_files import ROOMS, CatalogueError, compiled_bytes, read_entries
from uphold.messages.source_ids import SourceIds, Use
from uphold.messages.template import placeholders
from uphold.worktime.durations import Working

SAMPLES: tuple[Value, ...] = (
    "Fjordline",
    1,
    22,
    Decimal("99.90"),
    datetime(2027, 2, 8, 14, tzinfo=UTC),
    Working(8 * 3_600_000_000),
    ("one", "two"),
)

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PLURAL = 'msgid "a.days"\nmsgid_plural "a.days"\nmsgstr[0] "one day"\nmsgstr[1] "{count} days"\n'
POLISH_PLURAL = PLURAL + 'msgstr[2] "{count} dni"\n'
HELD = 'msgid "a.held"\nmsgstr "held by {cause}"\n'

Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes small catalogues: the same text for all languages, or another for one of them."""

    def write(every: str, room: str = "engine", **others: str) -> Path:
        for language in LANGUAGES:
            folder = tmp_path / language
            folder.mkdir(exist_ok=True)
            text = others.get(language, every)
            (folder / f"{room}.po").write_text(HEADER + text, encoding="utf-8")
        return tmp_path

    return write


def test_the_catalogues_and_the_source_agree() -> None:
    assert all_faults() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_message(language: str) -> None:
    reader = Reader(language, "Europe/Oslo")
    english = read_words()["en"]
    assert len(english) > 30
    for entry in english.values():
        names = frozenset().union(*map(placeholders, entry.forms)) | {"count"}
        for sample in SAMPLES:
            said = reader.text(Message(entry.id, dict.fromkeys(names, sample)))
            assert said
            assert not placeholders(said), f"{entry.id} leaves a gap: {said}"
            assert f"[{entry.id}]" not in said, f"{entry.id} has no words in {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_has_its_own_file(language: str) -> None:
    folder = compiled_path(language).parent.parent
    assert {path.stem for path in folder.glob("*.po")} == set(ROOMS)


def test_compiling_gives_what_gettext_reads(written: Write, tmp_path: Path) -> None:
    catalogues = written(PLURAL + HELD, pl=POLISH_PLURAL + HELD)
    path = tmp_path / "pl.mo"
    path.write_bytes(compiled_bytes("pl", catalogues))
    with path.open("rb") as file:
        polish = gettext.GNUTranslations(file)
    assert polish.gettext("a.held") == "held by {cause}"
    shown = [polish.ngettext("a.days", "a.days", count) for count in (1, 2, 5, 22)]
    assert shown == ["one day", "{count} days", "{count} dni", "{count} days"]


def test_rooms_are_merged_and_the_same_words_give_the_same_bytes(written: Write) -> None:
    written(PLURAL, pl=POLISH_PLURAL)
    catalogues = written(HELD, room="facts")
    assert {entry.id for entry in read_entries("nb", catalogues)} == {"a.days", "a.held"}
    assert compiled_bytes("nb", catalogues) == compiled_bytes("nb", catalogues)
    assert b"2000-01-01" in compiled_bytes("nb", catalogues)


def test_a_catalogue_that_cannot_be_read_is_named(written: Write) -> None:
    catalogues = written(HELD, nl='msgid "a.held"\nheld by\n')
    with pytest.raises(CatalogueError, match=r"engine\.po of nl cannot be read"):
        compiled_bytes("nl", catalogues)


def test_a_language_has_no_more_forms_than_it_has(written: Write) -> None:
    with pytest.raises(CatalogueError, match=r"engine\.po of nl cannot be read.*more translations"):
        read_words(written(HELD, nl=POLISH_PLURAL))


@pytest.mark.parametrize(
    ("english", "dutch", "fault"),
    [
        (HELD, "", "nl/engine.po: a.held is missing; English has it"),
        ("", HELD, "nl/engine.po: a.held is not in English"),
        (
            HELD,
            'msgid "a.held"\nmsgstr "{reason}"\n',
            "nl/engine.po: a.held has room for {reason}; in English for {cause}",
        ),
        (
            PLURAL,
            'msgid "a.days"\nmsgstr "{count} dagen"\n',
            "nl/engine.po: a.days has plural forms in only one of nl and English",
        ),
    ],
)
def test_languages_must_agree(written: Write, english: str, dutch: str, fault: str) -> None:
    polish = POLISH_PLURAL if english == PLURAL else english
    catalogues = written(english, nl=dutch, pl=polish)
    assert list(language_faults(read_words(catalogues))) == [fault]


@pytest.mark.parametrize(
    ("dutch", "fault"),
    [
        (HELD + HELD, "nl: a.held is written 2 times, in engine.po"),
        ("#, fuzzy\n" + HELD, "nl/engine.po: a.held is marked fuzzy"),
        ('msgid "a.held"\nmsgstr ""\n', "nl/engine.po: a.held has no words"),
        ('msgid "Held!"\nmsgstr "x"\n', "nl/engine.po: Held! is no id"),
        (PLURAL.replace("{count} days", ""), "nl/engine.po: a.days has no words"),
    ],
)
def test_entries_must_be_whole(written: Write, dutch: str, fault: str) -> None:
    catalogues = written(HELD, nl=dutch)
    found = list(written_faults(read_words(catalogues), catalogues))
    assert [one for one in found if one.startswith(fault)]
    assert all(one.startswith("nl") for one in found)


def test_an_id_in_two_rooms_and_a_room_that_is_none_are_found(written: Write) -> None:
    written(HELD)
    catalogues = written(HELD, room="kitchen")
    found = list(written_faults(read_words(catalogues), catalogues))
    assert "en: a.held is written 2 times, in engine.po, kitchen.po" in found
    assert any(one.startswith("en/kitchen.po: there is no room kitchen") for one in found)


@pytest.mark.parametrize(
    ("uses", "faults"),
    [
        ([Use("a.held", "x:1", frozenset({"cause"})), Use("a.days", "x:2")], []),
        ([Use("a.held", "x:1"), Use("a.days", "x:2", frozenset({"count", "extra"}))], []),
        (
            [Use("a.held", "x:1", frozenset()), Use("a.days", "x:2"), Use("a.lost", "x:3")],
            ["x:1: a.held is given no {cause}", "x:3: a.lost has no words in any catalogue"],
        ),
        ([Use("a.held", "x:1")], ["en/engine.po: a.days is used nowhere"]),
    ],
)
def test_source_and_words_must_agree(written: Write, uses: list[Use], faults: list[str]) -> None:
    words_found = read_words(written(PLURAL + HELD, pl=POLISH_PLURAL + HELD))
    assert list(source_faults(words_found, SourceIds(tuple(uses), ()))) == faults


def test_a_stale_or_absent_compiled_catalogue_is_found(written: Write) -> None:
    catalogues = written(HELD)
    assert len(list(compiled_faults(catalogues))) == len(LANGUAGES)
    for language in LANGUAGES:
        path = compiled_path(language, catalogues)
        path.parent.mkdir()
        path.write_bytes(compiled_bytes(language, catalogues))
    assert list(compiled_faults(catalogues)) == []
    written(HELD, nl='msgid "a.held"\nmsgstr "door {cause}"\n')
    assert list(compiled_faults(catalogues)) == [
        "nl: the compiled catalogue is stale; run `make catalogues`"
    ]


def test_words_are_none_where_there_are_none() -> None:
    assert words("en", "no.such") is None
    assert words("en", "no.such", 2) is None
    assert words("xx", "value.yes") is None
