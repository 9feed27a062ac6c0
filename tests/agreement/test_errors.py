"""Every problem code has a small file that triggers it, and the text that a reader is shown.

`tests/errors/<code>.md` is read (with `<code>.original.md` beside it, as its translation) and its
problems, printed in English, are `tests/errors/<code>.txt`. Files that would be too large to keep
are made here. After a change of words, `UPHOLD_UPDATE_GOLDENS=1` writes the texts anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from uphold.agreement.check import check
from uphold.agreement.check.problem_codes import CHECK_HINTS
from uphold.agreement.document import Document, read_document
from uphold.agreement.document_source import LARGEST, LONGEST_LINE, MOST_LINES, MOST_SIGNS
from uphold.agreement.format import tidy
from uphold.agreement.problem import Problem
from uphold.agreement.problem_codes import HINTS
from uphold.agreement.translation import check_pairing
from uphold.facts.table import FACT_TYPES
from uphold.messages import LANGUAGES, Reader

ERRORS = Path(__file__).resolve().parent.parent / "errors"
UPDATE = os.environ.get("UPHOLD_UPDATE_GOLDENS") == "1"
HEADER = (ERRORS / "yaml-tab.md").read_text(encoding="utf-8").partition("# ")[0]

Problems = tuple[Problem, ...]


def page(text: str) -> Problems:
    return read_document(("made.md", HEADER + text)).problems


def wide_tables() -> str:
    table = "|a" * 100 + "|\n" + "|-" * 100 + "|\n"
    return (table + "|b\n" * 20) * 10


MADE: dict[str, Callable[[], Problems]] = {
    "file-missing": lambda: read_document("nowhere.md").problems,
    "file-directory": lambda: read_document("folder").problems,
    "file-unreadable": lambda: read_document("agreement.md/part.md").problems,
    "file-too-large": lambda: page("a" * LARGEST),
    "too-many-lines": lambda: page("We value plain words.\n\n" * (MOST_LINES // 2)),
    "line-too-long": lambda: page("We value plain words. " * (LONGEST_LINE // 20)),
    "too-many-signs": lambda: page("We *value* *plain* *words*.\n" * (MOST_SIGNS // 5)),
    "too-many-cells": lambda: page(wide_tables()),
    "too-many-headings": lambda: page("# We value plain words\n" * 1200),
    "more": lambda: page("We value plain words* and short ones*.\n\n" * 60)[-2:],
}


def kept_codes() -> list[str]:
    names = [path.name for path in ERRORS.glob("*.md")]
    return sorted(name[:-3] for name in names if not name.endswith(".original.md"))


def document(path: Path) -> Document:
    found = read_document((path.name, path.read_bytes())).document
    assert found is not None
    return found


def problems_of(code: str) -> Problems:
    """What Uphold says about the file of a code."""
    path = ERRORS / f"{code}.md"
    original = ERRORS / f"{code}.original.md"
    if code in CHECK_HINTS:
        translations = [document(path)] if original.exists() else []
        checked = document(original if original.exists() else path)
        return check(checked, translations, ERRORS, FACT_TYPES)
    if original.exists():
        return check_pairing(document(original), document(path))
    if code.startswith("format-"):
        return tidy((path.name, path.read_bytes())).problems
    return read_document((path.name, path.read_bytes())).problems


def compare(code: str, problems: Problems) -> None:
    golden = ERRORS / f"{code}.txt"
    shown = "\n\n".join(problem.text(Reader("en")) for problem in problems) + "\n"
    if UPDATE:
        golden.write_text(shown, encoding="utf-8")
    assert code in {problem.code for problem in problems}
    assert shown == golden.read_text(encoding="utf-8")
    tell_all(problems)


def tell_all(problems: Problems) -> None:
    """In every language the problem has words, with nothing left open in them."""
    for language in LANGUAGES:
        for problem in problems:
            shown = problem.text(Reader(language))
            assert not re.search(r"\[(problem|hint)\.", shown), shown
            said = [Reader(language).text(one) for one in (problem.message, problem.hint) if one]
            assert not any(re.search(r"\{[a-z_]+\}", one) for one in said), said


@pytest.mark.parametrize("code", kept_codes())
def test_a_file_with_one_mistake_gets_its_text(code: str) -> None:
    compare(code, problems_of(code))


@pytest.mark.parametrize("code", sorted(MADE))
def test_a_made_file_gets_its_text(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "agreement.md").write_text("We value plain words.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    compare(code, MADE[code]())


def test_every_code_has_its_file_and_its_text() -> None:
    assert {*HINTS, *CHECK_HINTS} <= {*kept_codes(), *MADE}
    texts = {path.stem for path in ERRORS.glob("*.txt")}
    assert texts == {*kept_codes(), *MADE}


def test_every_file_goes_wrong_in_its_own_way_first() -> None:
    """A file shows its own problem, not others that hide it."""
    for code in set(kept_codes()) & {*HINTS, *CHECK_HINTS}:
        codes = {problem.code for problem in problems_of(code)}
        assert codes == {code}, codes
