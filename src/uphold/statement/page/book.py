"""What stands behind a page's figures and is gathered while it is written: notes and clauses.

A figure in a table bears the number of a note; the notes come at the end, and after them the
clauses that any of it rests on, each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.engine.explain import READING
from uphold.messages import Message, message
from uphold.statement.page.markup import NOTHING, Html, element, together
from uphold.statement.page.teller import Teller

Revision = tuple[str, int]
"""An agreement's name and its revision."""

_STRETCH = "reason.stretch"
_LEFT_OPEN = "reason.left-open"
_TOLD_WITH_CLAUSES = frozenset({READING, _LEFT_OPEN})


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: what it is about, its sentences, and the clauses they rest on."""

    number: int
    title: str
    sentences: tuple[str, ...]
    clauses: tuple[tuple[Revision, str], ...]


@dataclass(slots=True)
class Book:
    """The notes and clauses of one page, in the order in which the page first names them."""

    teller: Teller
    agreements: Mapping[Revision, Agreement]
    _notes: dict[tuple[object, ...], Note] = field(default_factory=dict)
    _clauses: dict[tuple[Revision, str], dict[Message, None]] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far."""
        return tuple(self._notes.values())

    @property
    def clauses(self) -> Mapping[tuple[Revision, str], Sequence[Message]]:
        """The clauses so far, each with what was read into it and what it leaves open."""
        return {place: tuple(found) for place, found in self._clauses.items()}

    def note(
        self, title: str, of: Revision, because: Iterable[Message], *, clause: str = ""
    ) -> Html:
        """The mark of a note with these reasons; the same reasons bear the same mark.

        Readings and gaps of the text go with the clause they are of. No reason, no mark.
        """
        reasons = tuple(because)
        clauses = self._read(of, reasons, clause)
        told = (each for each in reasons if each.id not in _TOLD_WITH_CLAUSES)
        sentences = tuple(map(self._sentence, told))
        if not sentences:
            return NOTHING
        key = (title, sentences, clauses)
        known = self._notes.get(key)
        note = known or Note(len(self._notes) + 1, title, sentences, clauses)
        self._notes[key] = note
        name = self.teller.say(message("sheet.note", number=note.number))
        mark = element(
            "a",
            str(note.number),
            class_="mark",
            href=f"#note-{note.number}",
            id=None if known else f"mark-{note.number}",
            aria_label=name,
        )
        return together("\u00a0", mark)  # whoever copies the text must not read one number

    def _sentence(self, reason: Message) -> str:
        """A reason in words; a stretch of counted time names its day but once."""
        start, end = reason.data.get("start"), reason.data.get("end")
        if reason.id == _STRETCH and isinstance(start, datetime) and isinstance(end, datetime):
            when = self.teller.stretch(start, end)
            length, total = reason.data["length"], reason.data["total"]
            return self.teller.say(message("sheet.stretch", when=when, length=length, total=total))
        return self.teller.say(reason)

    def clause_link(self, of: Revision, anchor: str) -> Html:
        """A link with a clause's number and title; nothing without such a clause."""
        found = self._clause(of, anchor)
        if found is None:
            return NOTHING
        return element("a", found, href=f"#{self.clause_id(of, anchor)}")

    def clause_id(self, of: Revision, anchor: str) -> str:
        """The id under which the page shows a clause."""
        place = list(self.agreements).index(of) + 1
        return f"clause-{place}-{anchor}"

    def _clause(self, of: Revision, anchor: str) -> str | None:
        """The heading of a clause, which the page then shows."""
        agreement = self.agreements.get(of)
        clause = agreement.clause(anchor) if agreement is not None else None
        if clause is None:
            return None
        self._clauses.setdefault((of, anchor), {})
        return clause.heading.text or anchor

    def _read(
        self, of: Revision, reasons: Iterable[Message], clause: str
    ) -> tuple[tuple[Revision, str], ...]:
        """Keeps what the reasons read into clauses; the clauses that they name."""
        found: dict[tuple[Revision, str], None] = {}
        for anchor, reason in ((clause, None), *((_anchor(each), each) for each in reasons)):
            if not anchor or self._clause(of, anchor) is None:
                continue
            found[of, anchor] = None
            if reason is not None and reason.id in _TOLD_WITH_CLAUSES:
                self._clauses[of, anchor][reason] = None
        return tuple(found)


def note_list(book: Book) -> Html:
    """The notes, numbered, each leading back to where the page first has its mark."""
    return element("ol", (_item(book, note) for note in book.notes), class_="notes")


def _item(book: Book, note: Note) -> Html:
    back = book.teller.say(message("sheet.note-back", number=note.number))
    mark = element("a", str(note.number), href=f"#mark-{note.number}", aria_label=back)
    title = element("p", mark, " ", note.title, class_="note-title")
    sentences = element("ul", (element("li", each) for each in note.sentences))
    links = [book.clause_link(*each) for each in note.clauses]
    rests = (
        element(
            "p", book.teller.say(message("sheet.rests-on")), " ", _listed(links), class_="rests"
        )
        if links
        else NOTHING
    )
    return element("li", title, sentences, rests, id=f"note-{note.number}")


def _listed(links: Sequence[Html]) -> Html:
    found: list[str] = []
    for place, link in enumerate(links):
        found += [" · ", link] if place else [link]
    return together(found)


def _anchor(reason: Message) -> str:
    clause = reason.data.get("clause")
    return clause if isinstance(clause, str) else ""
