"""What the app hands to pages, the API and other apps: posted revisions and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from uphold.agreement.agreement import Agreement
from uphold.agreement.compare import Change
from uphold.agreement.document import Document
from uphold.agreement.problem import Problem


@dataclass(frozen=True, slots=True)
class Translated:
    """The same clauses in another language, as a page that has been read."""

    language: str
    title: str
    document: Document


@dataclass(frozen=True, slots=True)
class Posted:
    """A revision that was posted: from when it holds, and the ledger's position behind it.

    `posted_us` and `in_force_us` are microseconds since 1970-01-01T00:00Z.
    """

    name: str
    revision: int
    posted_us: int
    in_force_us: int
    position: int
    problems: tuple[Problem, ...]
    """Warnings that the checker gave and that did not keep it from being posted."""


class NotPosted(Exception):
    """The page was not posted; `problems` says what is wrong with it, each with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{each.place} {each.code}" for each in problems))
        self.problems = problems


class Standing(StrEnum):
    """How a revision stands now."""

    IN_FORCE = "in force"
    TO_COME = "to come"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One revision in a list. Times are microseconds since 1970-01-01T00:00Z.

    `until_us` is when the next revision takes its place; `posted_by` is told to staff alone.
    """

    name: str
    revision: int
    title: str
    language: str
    languages: tuple[str, ...]
    posted_us: int
    in_force_us: int
    until_us: int | None
    posted_by: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Folder:
    """An agreement with its revisions, the last first, and which of them is in force."""

    name: str
    title: str
    is_supplier: bool
    in_force: RevisionLine | None
    to_come: tuple[RevisionLine, ...]
    revisions: tuple[RevisionLine, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier that an agreement in force leans on (B6).

    `posted` names the supplier's agreement where it is posted here, `link` leads to it elsewhere.
    """

    title: str
    service: str
    agreement: str
    agreement_title: str
    clause: str
    posted: str
    link: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that a viewer may read."""

    own: tuple[Folder, ...]
    of_suppliers: tuple[Folder, ...]
    suppliers: tuple[Supplier, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which a revision was posted."""

    code: str
    title: str
    is_original: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """Something said about a clause beside its prose: `what` it is about, and the words."""

    clause: str
    heading: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A revision to be read, in its own language or translated."""

    folder: Folder
    line: RevisionLine
    older: RevisionLine | None
    agreement: Agreement
    document: Document
    languages: tuple[Language, ...]
    opens: tuple[Noted, ...]
    readings: tuple[Noted, ...]
    depends_on: str
    source: str

    @property
    def title(self) -> str:
        """The title in the language that is shown."""
        return self.document.header_text("title")

    @property
    def language(self) -> str:
        """The language that is shown."""
        return self.document.header_text("language")

    @property
    def is_translated(self) -> bool:
        """Whether a translation is shown and not the page that holds the terms."""
        return self.document is not self.agreement.document


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one revision says otherwise than another."""

    folder: Folder
    before: RevisionLine
    after: RevisionLine
    changes: tuple[Change, ...]
