"""What happened to a thing, line by line, as whoever looks may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uphold.facts import Fact
from uphold.messages import Message, message
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.services import names_of, people_of
from uphold.server.desk.judging import Judged
from uphold.server.desk.prose import Texts, digests_in, is_internal, part_of, whole
from uphold.server.desk.prose import told as in_words
from uphold.server.desk.shapes import Entry
from uphold.server.desk.standing import OPENINGS
from uphold.server.desk.story_words import said_of
from uphold.server.ledger.services import writers_of

_ACTORS = ("by", "author")
_PEOPLE = ("by", "author", "to", "owner", "decided_by")


def story(viewer: Viewer, judged: Judged, subject: str, texts: Texts) -> tuple[Entry, ...]:
    """Every fact about the thing in order, those that were corrected or taken back too.

    The customer's people see no notes and nothing of how the desk shares its work.
    """
    known = {fact.id: fact for fact in judged.every(subject)}
    every = [
        fact
        for fact in known.values()
        if fact.subject == subject and (viewer.is_staff or not _is_hidden(fact, known))
    ]
    counting = {fact.id for fact in judged.facts(subject)}
    correctors = writers_of(viewer.provider, [_digest(fact) for fact in every if fact.corrects])
    people = {key for fact in every for key in _people(fact)} | set(correctors.values())
    told = _Told(
        known=known,
        names=names_of(people, provider=viewer.provider),
        staff=frozenset(each.key for each in people_of(viewer.provider)),
        texts=texts,
        correctors=correctors,
    )
    return tuple(
        _entry(told, fact, counts=fact.id in counting, place=place)
        for place, fact in enumerate(every)
    )


def texts_wanted(judged: Judged, subject: str) -> frozenset[str]:
    """The digests of all words in the thing's facts."""
    return frozenset(digest for fact in judged.every(subject) for digest in digests_in(fact))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lines of a story are told with: facts by id, names and writers by key."""

    known: Mapping[str, Fact]
    names: Mapping[str, str]
    staff: frozenset[str]
    texts: Texts
    correctors: Mapping[str, str]


def _people(fact: Fact) -> list[str]:
    return [str(fact.written[name]) for name in _PEOPLE if fact.written.get(name) is not None]


def _entry(told: _Told, fact: Fact, *, counts: bool, place: int) -> Entry:
    by, digest = _by(told, fact), _digest(fact)
    text = told.texts.get(digest)
    plain = _plain(told, fact)
    quoted, said = plain.data.values(), in_words(plain, told.texts)
    if not counts and fact.retracts is None:
        said = message("desk.story-not-counting", what=said)
    return Entry(
        at_us=fact.at_us,
        type=fact.type,
        said=said,
        by=by,
        by_name=told.names.get(by, ""),
        is_staff=by in told.staff,
        is_internal=_is_hidden(fact, told.known),
        text=None if text is None else _read(fact, text),
        is_erased=digest in told.texts and text is None,
        fact=fact.id,
        position=place,
        about=str(fact.written.get("into", "")) if fact.type == "request.merged" else "",
        is_quoted=bool(digest) and any(digest in str(each) for each in quoted),
    )


def _plain(told: _Told, fact: Fact) -> Message:
    """The fact in a sentence, digests still in place of words; of one taken back, which."""
    meant = told.known.get(fact.retracts) if fact.retracts else None
    if meant is not None:
        return message("desk.story-retracted", what=_plain(told, meant))
    return said_of(fact, told.names)


def _by(told: _Told, fact: Fact) -> str:
    """Who did it; of a correction, who corrected it, for it repeats who did it first."""
    if fact.corrects and _digest(fact) in told.correctors:
        return told.correctors[_digest(fact)]
    return next((str(fact.written[each]) for each in _ACTORS if fact.written.get(each)), "")


def _is_hidden(fact: Fact, known: Mapping[str, Fact]) -> bool:
    """Whether the customer does not see it: the desk's own affair, or taking such back."""
    meant = known.get(fact.retracts) if fact.retracts else None
    return is_internal(fact) or (meant is not None and _is_hidden(meant, known))


def _digest(fact: Fact) -> str:
    return str(fact.written.get("written", ""))


def _read(fact: Fact, text: str) -> str:
    """The words of a fact as they are read: of an opening without its title."""
    if fact.type in OPENINGS.values() and not fact.corrects:
        return part_of(text, 2)
    return whole(text)
