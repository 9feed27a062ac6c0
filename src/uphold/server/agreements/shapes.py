"""What the app hands to pages, the API and other apps: posted revisions and refusals."""

from __future__ import annotations

from dataclasses import dataclass

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
