"""Checks the catalogues against the source and each other: `python -m ...catalogue_check`.

What it finds: an id used in the source that a language lacks; an id that nothing uses; an entry
written twice, left empty, fuzzy, or under an ill-formed id; plural forms or placeholders that
differ between languages; a placeholder for which the source gives no value; a compiled catalogue
that is not what the written ones say.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import uphold
from uphold.messages.catalogue import CATALOGUES, compiled_path
from uphold.messages.catalogue_files import (
    ROOMS,
    CatalogueError,
    Entry,
    compiled_bytes,
    read_entries,
    written_ids,
)
from uphold.messages.languages import FALLBACK, LANGUAGES
from uphold.messages.source_ids import SourceIds, scan
from uphold.messages.template import ID, placeholders

Words = Mapping[str, Mapping[str, Entry]]

_COMPILE: Final = "run `make catalogues`"


def read_words(catalogues: Path = CATALOGUES) -> dict[str, dict[str, Entry]]:
    """The entries of every language by id."""
    return {
        language: {entry.id: entry for entry in read_entries(language, catalogues)}
        for language in LANGUAGES
    }


def written_faults(words: Words, catalogues: Path = CATALOGUES) -> Iterator[str]:
    """Faults of single entries: doubles, ill-formed ids, empty or unsure words, odd rooms."""
    for language, entries in words.items():
        written = written_ids(language, catalogues)
        for room in sorted({room for _, room in written}.difference(ROOMS)):
            yield f"{language}/{room}.po: there is no room {room}; the rooms are {', '.join(ROOMS)}"
        for found, times in Counter(found for found, _ in written).items():
            if times > 1:
                rooms = ", ".join(sorted(f"{room}.po" for one, room in written if one == found))
                yield f"{language}: {found} is written {times} times, in {rooms}"
        for entry in entries.values():
            yield from _entry_faults(entry, language)


def _entry_faults(entry: Entry, language: str) -> Iterator[str]:
    place = f"{language}/{entry.room}.po: {entry.id}"
    if not ID.fullmatch(entry.id):
        yield f"{place} is no id; ids look like reason.hold or problem.quote-missing"
    if entry.is_fuzzy:
        yield f"{place} is marked fuzzy; settle its words and remove the mark"
    if not all(form.strip() for form in entry.forms):
        yield f"{place} has no words, or too few plural forms"


def language_faults(words: Words) -> Iterator[str]:
    """Faults between languages: an id that one lacks, plurals or placeholders that differ."""
    english = words[FALLBACK]
    for language, entries in words.items():
        for found in sorted(english.keys() - entries.keys()):
            yield f"{language}/{english[found].room}.po: {found} is missing; English has it"
        for found in sorted(entries.keys() - english.keys()):
            yield f"{language}/{entries[found].room}.po: {found} is not in English"
        for found in sorted(entries.keys() & english.keys()):
            yield from _pair_faults(entries[found], english[found], language)


def _pair_faults(entry: Entry, english: Entry, language: str) -> Iterator[str]:
    place = f"{language}/{entry.room}.po: {entry.id}"
    if entry.room != english.room:
        yield f"{place} stands in {english.room}.po in English"
    if (len(entry.forms) > 1) != (len(english.forms) > 1):
        yield f"{place} has plural forms in only one of {language} and English"
    ours, theirs = _entry_placeholders(entry), _entry_placeholders(english)
    if ours != theirs:
        yield f"{place} has room for {_listed(ours)}; in English for {_listed(theirs)}"


def source_faults(words: Words, source: SourceIds) -> Iterator[str]:
    """Faults between source and English: ids without words, words without use or values."""
    english = words[FALLBACK]
    for place in source.undeclared:
        yield f"{place}: the message's id is not a literal and the module has no MESSAGE_IDS"
    for use in source.uses:
        entry = english.get(use.id)
        if entry is None:
            yield f"{use.place}: {use.id} has no words in any catalogue"
        elif use.names is not None and _entry_placeholders(entry) - use.names:
            lacking = _listed(_entry_placeholders(entry) - use.names)
            yield f"{use.place}: {use.id} is given no {lacking}"
        elif use.names is not None and len(entry.forms) > 1 and "count" not in use.names:
            yield f"{use.place}: {use.id} has plural forms and is given no count"
    used = {use.id for use in source.uses}
    for found in sorted(english.keys() - used):
        yield f"en/{english[found].room}.po: {found} is used nowhere"


def compiled_faults(catalogues: Path = CATALOGUES) -> Iterator[str]:
    """Compiled catalogues that do not say what the written ones do."""
    for language in LANGUAGES:
        path = compiled_path(language, catalogues)
        if not path.exists():
            yield f"{language}: there is no compiled catalogue; {_COMPILE}"
        elif path.read_bytes() != compiled_bytes(language, catalogues):
            yield f"{language}: the compiled catalogue is stale; {_COMPILE}"


def all_faults() -> tuple[str, ...]:
    """Every fault of Uphold's own catalogues."""
    words = read_words()
    source = scan(Path(uphold.__file__).parent, uphold.__name__)
    return (
        *written_faults(words),
        *language_faults(words),
        *source_faults(words, source),
        *compiled_faults(),
    )


def _entry_placeholders(entry: Entry) -> frozenset[str]:
    """The names in any of the forms; a single "one hour" may do without its count."""
    return frozenset[str]().union(*map(placeholders, entry.forms))


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "nothing"


def main() -> int:
    """Prints the faults, one a line, and then how many; 1 where there are any."""
    try:
        faults = all_faults()
    except CatalogueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write(f"catalogues: {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
