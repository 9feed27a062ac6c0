"""`uphold fmt`: terms made tidy, prose left alone to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass

from uphold.agreement.document import Block, read_document
from uphold.agreement.document_page import Page, Snippet
from uphold.agreement.document_source import Source, read_text
from uphold.agreement.format_yaml import yaml_lines
from uphold.agreement.problem import Problem, limited
from uphold.agreement.tree import plain
from uphold.agreement.tree_reading import read_mapping

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A page with its terms tidied: `text` has the line ends and byte order mark it came with.

    `text` is None when the page cannot be read at all. Blocks that cannot be read, or that hold
    comments, stay as they are; the problems say which.
    """

    text: str | None
    problems: tuple[Problem, ...]
    changed: bool = False


def tidy(source: Source, order: AnyMapping[str, Sequence[str]] | None = None) -> Tidied:
    """The page of a path, or of a name with its text or bytes, with tidy terms.

    `order` gives for each kind of term the order of its keys; a kind comes first and quotes come
    last in any case, and without an order other keys stay as they stand. What a term says does
    not change, nor does a page that is tidy.
    """
    raw = read_text(source)
    if isinstance(raw, Problem):
        return Tidied(None, (raw,))
    name, text = raw
    reading = read_document((name, text))
    if reading.document is None:
        return Tidied(None, reading.problems)
    page = Page(name, reading.document.source)
    lines = _LINE.findall(text)
    problems = [problem for problem in reading.problems if problem.severity == "error"]
    wrong = {problem.place.line for problem in problems}
    for block in reversed(reading.document.blocks):
        if wrong.intersection(range(block.first_line, block.last_line + 1)):
            continue
        tidied = _tidied(page, block, (order or {}).get(block.kind, ()))
        if isinstance(tidied, Problem):
            problems.append(tidied)
        elif tidied is not None:
            end = _line_end(lines[block.first_line - 1])
            lines[block.first_line : block.last_line - 1] = [line + end for line in tidied]
    result = "".join(lines)
    return Tidied(result, limited(problems), result != text)


def _tidied(page: Page, block: Block, order: Sequence[str]) -> list[str] | Problem | None:
    """The block's new lines, None where it must stay as it is."""
    prefix = _prefix(page, block)
    if prefix is None:
        return None
    inside = range(block.first_line + 1, block.last_line)
    text = "".join(page.line(number)[len(prefix) :] + "\n" for number in inside)
    comment = _comment(text)
    if comment is not None:
        line = block.first_line + 1 + text.count("\n", 0, comment)
        place = page.place(line, page.line(line).find("#", len(prefix)) + 1)
        return page.found("format-comments", place, severity="warning")
    written = yaml_lines(block.root, order)
    again, _ = read_mapping(Snippet(page, "\n".join(written) + "\n", block.first_line + 1))
    if again is None or plain(again) != plain(block.root):
        # Only a key of several lines or of a thousand characters can do this: no term has one.
        return None
    return [(prefix + line).rstrip() if not line else prefix + line for line in written]


def _prefix(page: Page, block: Block) -> str | None:
    """What stands before each line of a block in a list or a quotation, if it is always one."""
    first = page.line(block.place.line)
    prefix = first[: block.place.column - 1]
    inside = range(block.first_line + 1, block.last_line)
    if all(page.line(number).startswith(prefix.rstrip()) for number in inside):
        lines = [page.line(number) for number in inside if page.line(number).strip(" >")]
        return prefix if all(line.startswith(prefix) for line in lines) else None
    return None


def _comment(text: str) -> int | None:
    """Where the first comment of a block begins: a # that is in none of its texts."""
    from uphold.agreement.tree_yaml import scalar_spans

    if "#" not in text:
        return None
    begin = 0
    for start, end in (*scalar_spans(text), (len(text), len(text))):
        found = text.find("#", begin, start)
        if found >= 0:
            return found
        begin = end
    return None


def _line_end(line: str) -> str:
    """The line end that the line has."""
    return line[len(line.rstrip("\r\n")) :] or "\n"
