"""YAML to a tree with places, through ruamel.yaml's events; what agreements do not use is refused.

Only the part of YAML that a reader of contracts can follow is let in: texts, lists and mappings.
Anchors, tags, several documents in a block, repeated keys, keys that are no texts and deep nesting
are problems, so that no block can grow beyond what is on the page (a "YAML bomb").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner

from uphold.agreement.document_page import Snippet
from uphold.agreement.document_source import hidden_character
from uphold.agreement.problem import Place, Problem
from uphold.agreement.tree import DEEPEST, Mapping, Node, Scalar, Sequence


class _Events(Reader, Scanner, Parser):
    """The events of one block, read as YAML 1.2, without ruamel's settings around them."""

    processing_version = (1, 2)
    comment_handling: Any = None
    marks: list[Any]
    # The scanner asks for its reader at every character: an attribute answers faster.
    reader: Any = None
    scanner: Any = None
    resolver: Any = None

    def __init__(self, text: str) -> None:
        self.reader = self.scanner = self.resolver = self
        Reader.__init__(self, text, loader=self)
        Scanner.__init__(self, loader=self)
        Parser.__init__(self, loader=self)


class _StopError(Exception):
    """Reading of this block ends here; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(slots=True)
class _Composer:
    """Builds the tree of one block from its events."""

    snippet: Snippet
    events: _Events
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> Node | None:
        """The block's one document, None when it holds nothing."""
        self.events.get_event()
        first = self.events.get_event()
        if isinstance(first, StreamEndEvent):
            return None
        if isinstance(first, DocumentStartEvent) and first.explicit:
            raise self.stop("yaml-documents", first)
        root = self.node(self.events.get_event(), 1)
        end = self.events.get_event()
        after = self.events.get_event()
        if isinstance(end, DocumentEndEvent) and end.explicit:
            raise self.stop("yaml-documents", end)
        if not isinstance(after, StreamEndEvent):
            raise self.stop("yaml-documents", after)
        return root

    def node(self, event: Event, depth: int) -> Node:
        """The node that begins with the event."""
        assert isinstance(event, NodeEvent), event
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self.stop("yaml-anchor", event, name=str(event.anchor))
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            raise self.stop("yaml-tag", event, name=str(event.tag))
        if depth > DEEPEST:
            raise self.stop("yaml-depth", event, deepest=DEEPEST)
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(event, depth)
        assert isinstance(event, MappingStartEvent), event
        return self.mapping(event, depth)

    def sequence(self, start: SequenceStartEvent, depth: int) -> Sequence:
        items = []
        while not isinstance(event := self.events.get_event(), SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return Sequence(tuple(items), self.place(start), bool(start.flow_style))

    def mapping(self, start: MappingStartEvent, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, Scalar] = {}
        while not isinstance(event := self.events.get_event(), MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(self.events.get_event(), depth + 1)
            if not isinstance(key, Scalar):
                raise self.stop("yaml-key", event)
            if key.text in first:
                self.problems.append(self.repeated(key, first[key.text]))
                continue
            first[key.text] = key
            if isinstance(value, Scalar) and not value.text and not value.style:
                value = self.nothing(event, value)
            entries.append((key, value))
        return Mapping(tuple(entries), self.place(start), bool(start.flow_style))

    def nothing(self, key: Event, value: Scalar) -> Scalar:
        """The empty text of a key without a value, behind its colon and not at what follows."""
        end = key.end_mark
        colon = self.snippet.text.find(":", end.index)
        if colon < 0 or self.snippet.text[end.index : colon].strip(" "):
            return value
        place = self.snippet.place(end.line, end.column + colon - end.index + 1)
        return Scalar("", place, last_line=self.snippet.first_line + end.line)

    def repeated(self, key: Scalar, first: Scalar) -> Problem:
        return self.snippet.page.found(
            "duplicate-key",
            key.place,
            {"key": key.text, "line": str(first.place.line)},
            length=key.length,
        )

    def scalar(self, event: ScalarEvent) -> Scalar:
        start, end = event.start_mark, event.end_mark
        style = event.style or ""
        if style == '"' and hidden_character(event.value) is not None:
            raise self.stop("yaml-escape", event)
        one_line = start.line == end.line
        length = max(1, end.column - start.column) if one_line else 1
        written = end.index - start.index - (2 if style else 0)
        exact = one_line and style in ("", "'", '"') and written == len(event.value)
        last = end.line - 1 if style in ("|", ">") and end.column == 0 else end.line
        last_line = self.snippet.first_line + max(last, start.line)
        return Scalar(event.value, self.place(event), style, length, exact, last_line)

    def place(self, event: Event) -> Place:
        mark = event.start_mark
        return self.snippet.place(mark.line, mark.column)

    def stop(self, code: str, event: Event, **data: str | int) -> _StopError:
        return _StopError(self.snippet.page.found(code, self.place(event), data))


def compose(snippet: Snippet) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a block by the whole rules of YAML, and what is wrong with it."""
    composer: _Composer | None = None
    try:
        composer = _Composer(snippet, _Events(snippet.text))
        root = composer.document()
        return root, tuple(composer.problems)
    except _StopError as stopped:
        problem = stopped.problem
    except MarkedYAMLError as error:
        problem = _explained(snippet, error, composer.events.marks if composer else ())
    except (YAMLError, ValueError, OverflowError):
        # An escape in quotation marks that names no character: chr() refuses it.
        problem = snippet.page.found("yaml-escape", snippet.place(0, 0), {})
    return None, (*(composer.problems if composer else ()), problem)


def _explained(
    snippet: Snippet, error: MarkedYAMLError, opened: tuple[Any, ...] | list[Any]
) -> Problem:
    """What ruamel.yaml could not read, in the words of this project.

    `opened` are the marks of the collections that reading was within.
    """
    code, mark = _named(str(error.context or ""), str(error.problem or ""), error)
    if "flow node" in str(error.context) and opened:
        code, mark = "yaml-bracket", opened[-1]
    place = snippet.place(0, 0) if mark is None else snippet.place(mark.line, mark.column)
    return snippet.page.found(code, place, {"sign": _sign(snippet, mark)})


def _named(context: str, problem: str, error: MarkedYAMLError) -> tuple[str, Any]:
    """The code of the mistake, and the mark to show it at."""
    here, opened = error.problem_mark, error.context_mark
    if "scanning an alias" in context or "scanning an anchor" in context:
        return "yaml-anchor", opened or here
    if "a tag" in context or "tag handle" in problem:
        return "yaml-tag", opened or here
    if "cannot start any token" in problem or "directive" in context:
        return "yaml-sign", here or opened
    if "mapping values are not allowed" in problem or "unexpected ':'" in problem:
        return "yaml-colon", here
    if "quoted scalar" in context and "end of stream" in problem:
        return "yaml-quotation-open", opened or here
    if "double-quoted scalar" in context:
        return "yaml-escape", here
    if "flow sequence" in context or "flow mapping" in context:
        return "yaml-bracket", opened or here
    if "simple key" in context:
        return "yaml-no-colon", opened or here
    return "yaml-structure", here or opened


def _sign(snippet: Snippet, mark: Any) -> str:
    """The character at the mark."""
    return snippet.text[mark.index : mark.index + 1] if mark is not None else ""


def scalar_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the texts of a block that reads well begin and end; the rest is signs and comments."""
    events = _Events(text)
    spans: list[tuple[int, int]] = []
    while not isinstance(event := events.get_event(), StreamEndEvent):
        if isinstance(event, ScalarEvent):
            spans.append((event.start_mark.index, event.end_mark.index))
    return tuple(spans)
