"""The page of all problems, made from their catalogue and from the files that trigger them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from uphold.agreement.check.problem_codes import CALENDAR_HINTS, PHRASE_HINTS, RULE_HINTS
from uphold.agreement.problem_codes import HINTS
from uphold.messages.catalogue_files import read_entries

INTRODUCTION = """\
# Problems

What `uphold check` can find, by code. Each has its words in five languages; here they stand in
English, with names in braces for what a problem fills in. Below them is what a small file with
that one mistake gets (`tests/errors`). A warning is marked as one; all else is an error.

This page is made from the catalogues and those files. After a change of words,
`UPHOLD_UPDATE_GOLDENS=1 make test` writes it anew.
"""
_LONGEST_EXAMPLE = 40
_GROUPS: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...] = (
    ("Reading the page", HINTS),
    ("Terms and their phrases", PHRASE_HINTS),
    ("Calendars", CALENDAR_HINTS),
    ("The agreement as a whole", RULE_HINTS),
)


def problem_page(errors: Path) -> str:
    """The page in Markdown; `errors` is the folder of the files and their texts."""
    words = {entry.id: entry.forms[-1] for entry in read_entries("en")}
    parts = [INTRODUCTION]
    for title, codes in _GROUPS:
        parts.append(f"## {title}\n")
        for code, hints in codes.items():
            parts.append("\n".join(_entry(code, hints, words, errors)))
    return "\n".join(parts)


def _entry(
    code: str, hints: tuple[str, ...], words: Mapping[str, str], errors: Path
) -> Iterator[str]:
    yield f"### {code}\n"
    yield f"{words[f'problem.{code}']}\n"
    for hint in hints:
        yield f"- {words[f'hint.{hint}']}"
    if hints:
        yield ""
    golden = errors / f"{code}.txt"
    lines = golden.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if len(lines) <= _LONGEST_EXAMPLE:
        fence = "````" if any("```" in line for line in lines) else "```"
        yield "\n".join((f"{fence}text", *lines, fence, ""))
