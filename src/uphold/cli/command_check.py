"""`uphold check`: what is wrong with agreements and their translations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from uphold.agreement.check import check as checked
from uphold.agreement.check.rule_translation import translation_is_equal
from uphold.agreement.document import Document, read_document
from uphold.agreement.problem import Problem, limited
from uphold.cli.options import Shared
from uphold.cli.originals import Beside
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE, FOUND, UNUSABLE
from uphold.cli.screen import Screen
from uphold.cli.sources import pages
from uphold.facts.table import FACT_TYPES
from uphold.messages import message

_UNREADABLE = "file-", "encoding"


def check(*files: str, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Finds what is wrong with agreements, each problem with its place and what would be right."""
    screen = Screen(shared)
    names = pages(files, "check")
    found = problems_of(names)
    unusable = any(problem.code.startswith(_UNREADABLE) for problem in found)
    if shared.json:
        screen.json([problem.to_json(screen.reader) for problem in found])
    else:
        for problem in found:
            screen.problem(problem.text(screen.reader))
        if found:
            told = message("check.found", count=len(found), files=len(names))
        else:
            told = message("check.fine", count=len(names))
        screen.result(screen.say(told))
    return UNUSABLE if unusable else FOUND if found else FINE


def problems_of(names: Sequence[str]) -> tuple[Problem, ...]:
    """Every problem of the pages, file by file, in the order in which the files were given."""
    readings = [(name, read_document(name)) for name in names]
    originals = Beside(
        [
            read.document
            for _, read in readings
            if read.document and not read.document.is_translation
        ]
    )
    found: list[Problem] = []
    for name, reading in readings:
        problems = list(reading.problems)
        if reading.document is not None:
            problems += _in(reading.document, name, originals)
        found += limited(problems)
    return tuple(found)


def _in(document: Document, name: str, originals: Beside) -> Iterator[Problem]:
    if not document.is_translation:
        yield from checked(document, (), Path(name).parent, FACT_TYPES)
        return
    original = originals.of(document, Path(name).parent)
    if original is None:
        raise Refusal(
            message(
                "cli.original-missing",
                file=name,
                agreement=document.header_text("translation of"),
            ),
            message("cli.original-beside"),
        )
    yield from translation_is_equal(original, document)
