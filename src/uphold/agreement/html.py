"""An agreement as a safe page of HTML: its prose, and beside each clause its terms.

Agreements may come from outside. Raw HTML in them is shown as the text it is, links lead to the
web, to mail, to a telephone or within the page, images are not fetched, everything is escaped
here and cleaned by nh3 after that, and the page's own policy forbids scripts and foreign parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import escape
from importlib.resources import files

from uphold.agreement.document import Clause, Document
from uphold.agreement.document_header import header_length
from uphold.agreement.document_page import Page
from uphold.agreement.html_terms import render_terms
from uphold.agreement.markdown import Section, parse, sections
from uphold.agreement.tree import Scalar, Sequence
from uphold.messages import Message, Reader, message
from uphold.worktime.errors import UnknownZone

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_html(
    document: Document, *, reader: Reader | None = None, original: Document | None = None
) -> str:
    """The clauses as a row of `<section>`, each with its anchor as its id.

    `reader` says whose words stand around the terms; without one, those of the document's own
    language. For a translation, `original` is the agreement whose terms hold.
    """
    from uphold.agreement.html_renderer import PageRenderer

    told = reader or reader_of(document)
    renderer = PageRenderer(lambda number: told.text(message("page.back", mark=number)))
    ruling = original or document
    level = 1
    used: Counter[str] = Counter()
    parts = []
    for clause, section in _paired(document):
        # No level is skipped on the way down: who hears the page goes from heading to heading.
        level = min(level + 1, clause.level + 1, 6)
        used[clause.anchor] += 1
        again = f"-{used[clause.anchor]}" if used[clause.anchor] > 1 else ""
        prose = renderer.render_tokens(section.tokens)
        holds = clause if ruling is document else ruling.clause(clause.anchor)
        parts += [
            f'<section class="clause" id="{escape(clause.anchor)}{again}">\n',
            _heading(clause, level),
            f'<div class="prose">\n{prose}</div>\n' if prose.strip() else "",
            render_terms(holds.blocks, told) if holds else "",
            "</section>\n",
        ]
    return "".join(parts)


def render_page(
    document: Document, *, reader: Reader | None = None, original: Document | None = None
) -> str:
    """A whole page that stands alone: title, revision, dates, contents, clauses, style."""
    told = reader or reader_of(document)
    title = document.header_text("title") or document.file
    language = document.header_text("language")
    shown = language if _LANGUAGE.fullmatch(language) else "en"
    return (
        f'<!doctype html>\n<html lang="{shown}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#uphold-text">{_words(told, message("page.skip"))}</a>\n'
        f"<header>\n<p>{escape(document.header_text('provider'))}</p>\n"
        f"<h1>{escape(title)}</h1>\n<ul>\n{_facts(document, told)}</ul>\n</header>\n"
        f"{_contents(document, told)}"
        f'<main id="uphold-text" tabindex="-1">\n'
        f"{render_html(document, reader=told, original=original)}</main>\n</body>\n</html>\n"
    )


def reader_of(document: Document) -> Reader:
    """A reader of the document's own language, in its zone if that can be read."""
    language = document.header_text("language") or "en"
    try:
        return Reader(language, document.header_text("zone") or None)
    except UnknownZone:
        return Reader(language)


def _paired(document: Document) -> Iterator[tuple[Clause, Section]]:
    """Each clause with the part of the parsed page it was made from."""
    page = Page(document.file, document.source)
    lines = header_length(page)
    text = "\n" * lines + "\n".join(page.lines[lines:])
    found = {part.start + 1: part for part in sections(parse(text), lines, len(page.lines))}
    return ((clause, found[clause.first_line]) for clause in document.clauses)


def _heading(clause: Clause, level: int) -> str:
    if not clause.level:
        return ""
    label = f'<span class="label">{escape(clause.label)}</span> ' if clause.label else ""
    return f"<h{level}>{label}{escape(clause.title)}</h{level}>\n"


def _contents(document: Document, reader: Reader) -> str:
    links = "".join(
        f'<li class="level-{min(clause.level, 3)}">'
        f'<a href="#{escape(clause.anchor)}">{escape(clause.heading.text)}</a></li>\n'
        for clause in document.clauses
        if clause.heading.text
    )
    name = _words(reader, message("page.contents"))
    return f'<nav aria-label="{name}">\n<ul>\n{links}</ul>\n</nav>\n' if links else ""


def _facts(document: Document, reader: Reader) -> str:
    """What the header says about the page itself."""
    return "".join(f"<li>{_words(reader, said)}</li>\n" for said in _said(document))


def _said(document: Document) -> Iterator[Message]:
    text = document.header_text
    if text("revision"):
        yield message("page.revision", revision=text("revision"))
    if text("posted"):
        yield message("page.posted", posted=_instant(text("posted")))
    if text("in force from"):
        yield message("page.in-force", start=_instant(text("in force from")))
    if text("supersedes"):
        yield message("page.supersedes", revision=text("supersedes"))
    if text("translation of"):
        yield message("page.translation", agreement=text("translation of"))
    for prevailing in _texts(document, "prevails"):
        yield message("page.prevails", document=prevailing)
    if text("zone"):
        yield message("page.zone", zone=text("zone"))


def _texts(document: Document, key: str) -> tuple[str, ...]:
    value = document.header.get(key)
    if isinstance(value, Sequence):
        return tuple(item.text for item in value.items if isinstance(item, Scalar))
    return (value.text,) if isinstance(value, Scalar) and value.text else ()


def _instant(text: str) -> datetime | str:
    """An instant to be shown in the reader's way, or the text as it is written."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found if found.utcoffset() is not None else text


def _words(reader: Reader, said: Message) -> str:
    return escape(reader.text(said))


def _style() -> str:
    return files("uphold.agreement").joinpath("html_style.css").read_text(encoding="utf-8")
