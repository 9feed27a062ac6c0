"""From a path or bytes to the text of a page, or to the one problem why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path

from uphold.agreement.document_page import Page
from uphold.agreement.problem import Place, Problem, found
from uphold.messages import Value

LARGEST = 1024 * 1024
"""Bytes that are read of a file: ten times the longest agreement known."""
MOST_LINES = 10_000
LONGEST_LINE = 20_000
MOST_CELLS = 20_000
"""Cells of tables, those too that a short row leaves out."""
MOST_SIGNS = 30_000
"""Signs that Markdown and YAML must weigh one by one. A long agreement has a few thousand; a page
built to keep a machine busy has hundreds of thousands."""

Source = str | PathLike[str] | tuple[str, str | bytes]

# What cannot be seen but changes what a machine reads: control characters, spaces without width,
# separators of lines, what turns the direction of writing, halves of characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SIGN = re.compile(r"[\[\](){}<>*_`&!|\\,:#\"']")
_KNOWN_FILES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word, OpenDocument, ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word 97"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
)
_UTF_16_32 = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def hidden_character(text: str) -> re.Match[str] | None:
    """The first character that a reader cannot see but that changes what a machine reads."""
    return _HIDDEN.search(text)


def read_page(source: Source) -> Page | Problem:
    """The page of a path, or of a name with its text or bytes."""
    raw = read_text(source)
    if isinstance(raw, Problem):
        return raw
    page = Page(raw[0], _normal(raw[1]))
    return _unfit(page) or page


def read_text(source: Source) -> tuple[str, str] | Problem:
    """Name and text as they are stored, line ends and byte order mark too, or why there is none."""
    name = source[0] if isinstance(source, tuple) else fspath(source)
    content = source[1] if isinstance(source, tuple) else _content(name)
    if isinstance(content, Problem):
        return content
    if len(content) > LARGEST:
        return _refused("file-too-large", name, {"most": LARGEST // 1024})
    text = content if isinstance(content, str) else _decoded(name, content)
    return text if isinstance(text, Problem) else (name, text)


def _content(name: str) -> bytes | Problem:
    """No more of the file than is allowed to be read."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        return _refused("file-missing", name, {"file": name})
    except IsADirectoryError:
        return _refused("file-directory", name, {"file": name})
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _refused("file-unreadable", name, {"file": name, "reason": reason})


def _refused(code: str, file: str, data: Mapping[str, Value]) -> Problem:
    return found(code, Place(file, 1, 1), "", data)


def _normal(text: str) -> str:
    """Without byte order mark, line feeds alone at line ends and one at the end of the page."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else text + "\n"


def _decoded(file: str, content: bytes) -> str | Problem:
    for start, name in _KNOWN_FILES:
        if content.startswith(start):
            return _refused("file-kind", file, {"kind": name})
    for start, name in _UTF_16_32:
        if content.startswith(start):
            return _refused("encoding", file, {"encoding": name})
    if b"\x00" in content:
        return _with_zeros(file, content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf_8(file, content, error.start)


def _with_zeros(file: str, content: bytes) -> Problem:
    """UTF-16 without its mark has a zero in every other byte; anything else is no text."""
    head = content[:4096]
    half = max(1, len(head) // 2)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > half * 7 // 10 and min(even, odd) < half * 3 // 10:
        return _refused("encoding", file, {"encoding": "UTF-16"})
    return _refused("file-binary", file, {"offset": content.index(0)})


def _not_utf_8(file: str, content: bytes, offset: int) -> Problem:
    """Points at the first byte that is not UTF-8, read as Windows-1252 to show what was meant."""
    begin = max(content.rfind(b"\n", 0, offset), content.rfind(b"\r", 0, offset)) + 1
    before = content[:begin].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = min(len(content), *(p for p in (content.find(b"\n", offset), offset + 200) if p >= 0))
    line = content[begin:end].decode("cp1252", "replace")
    column = len(content[begin:offset].decode("utf-8", "replace")) + 1
    place = Place(file, before.count(b"\n") + 1, column)
    meant = bytes((content[offset],)).decode("cp1252", "replace")
    data: dict[str, Value] = {"byte": f"0x{content[offset]:02X}", "character": meant}
    return found("encoding-byte", place, line, data)


def _unfit(page: Page) -> Problem | None:
    """Why a page is not read although its text can be."""
    if not page.text.strip():
        return _refused("file-empty", page.file, {})
    hidden = _HIDDEN.search(page.text)
    if hidden is not None:
        before = page.text[: hidden.start()]
        column = hidden.start() - (before.rfind("\n") + 1) + 1
        place = page.place(before.count("\n") + 1, column)
        return page.found("hidden-character", place, {"character": f"U+{ord(hidden[0]):04X}"})
    if len(page.lines) > MOST_LINES:
        return _refused("too-many-lines", page.file, {"lines": len(page.lines), "most": MOST_LINES})
    for number, line in enumerate(page.lines, 1):
        if len(line) > LONGEST_LINE:
            data: dict[str, Value] = {"length": len(line), "most": LONGEST_LINE}
            return page.found("line-too-long", page.place(number, 1), data)
    signs = len(_SIGN.findall(page.text))
    if signs > MOST_SIGNS:
        return _refused("too-many-signs", page.file, {"signs": signs, "most": MOST_SIGNS})
    cells = _cells(page.lines)
    if cells > MOST_CELLS:
        return _refused("too-many-cells", page.file, {"cells": cells, "most": MOST_CELLS})
    return None


def _cells(lines: tuple[str, ...]) -> int:
    """At most how many cells the page's tables have: columns times the rows below each rule."""
    cells = rows = 0
    for line in reversed(lines):
        rows = rows + 1 if line.strip(" >\t") else 0
        if "|" in line and "-" in line and not line.strip("|-: >\t"):
            cells += (line.count("|") + 1) * rows
    return cells
