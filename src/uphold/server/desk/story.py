"""What happened to a thing, line by line, as whoever looks may read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from uphold.facts import Fact
from uphold.messages import message
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.services import names_of, people_of
from uphold.server.desk.judging import Judged
from uphold.server.desk.prose import Texts, digests_in, is_internal, part_of, told, whole
from uphold.server.desk.shapes import Entry
from uphold.server.desk.standing import OPENINGS
from uphold.server.desk.story_words import said_of

_ACTORS = ("by", "author")
_PEOPLE = ("by", "author", "to", "owner", "decided_by")


def story(viewer: Viewer, judged: Judged, subject: str, texts: Texts) -> tuple[Entry, ...]:
    """Every fact about the thing in order, those that were corrected or taken back too.

    The customer's people see no notes and nothing of how the desk shares its work.
    """
    every = [
        fact
        for fact in judged.every(subject)
        if fact.subject == subject and (viewer.is_staff or not is_internal(fact))
    ]
    counting = {fact.id for fact in judged.facts(subject)}
    names = names_of({key for fact in every for key in _people(fact)})
    staff = {each.key for each in people_of(viewer.provider)}
    return tuple(
        _entry(fact, names, staff, texts, counts=fact.id in counting, place=place)
        for place, fact in enumerate(every)
    )


def texts_wanted(judged: Judged, subject: str) -> frozenset[str]:
    """The digests of all words in the thing's facts."""
    return frozenset(digest for fact in judged.every(subject) for digest in digests_in(fact))


def _people(fact: Fact) -> list[str]:
    return [str(fact.written[name]) for name in _PEOPLE if fact.written.get(name) is not None]


def _entry(
    fact: Fact,
    names: Mapping[str, str],
    staff: Collection[str],
    texts: Texts,
    *,
    counts: bool,
    place: int,
) -> Entry:
    by = next((str(fact.written[each]) for each in _ACTORS if fact.written.get(each)), "")
    digest = fact.written.get("written")
    text = texts.get(digest) if isinstance(digest, str) else None
    plain = said_of(fact, names)
    quoted, said = plain.data.values(), told(plain, texts)
    if not counts:
        said = message("desk.story-not-counting", what=said)
    return Entry(
        at_us=fact.at_us,
        type=fact.type,
        said=said,
        by=by,
        by_name=names.get(by, ""),
        is_staff=by in staff,
        is_internal=is_internal(fact),
        text=None if text is None else _read(fact, text),
        is_erased=isinstance(digest, str) and digest in texts and text is None,
        fact=fact.id,
        position=place,
        about=str(fact.written.get("into", "")) if fact.type == "request.merged" else "",
        is_quoted=isinstance(digest, str) and any(digest in str(each) for each in quoted),
    )


def _read(fact: Fact, text: str) -> str:
    """The words of a fact as they are read: of an opening without its title."""
    if fact.type in OPENINGS.values() and not fact.corrects:
        return part_of(text, 2)
    return whole(text)
