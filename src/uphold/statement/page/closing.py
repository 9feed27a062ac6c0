"""What a page ends with: the words that its figures rest on, and how to check it all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shlex import quote

from uphold.messages import Message, message
from uphold.statement.form import Statement
from uphold.statement.page.book import Book, Revision, note_list
from uphold.statement.page.markup import NOTHING, Content, Html, element
from uphold.statement.page.parts import section, values
from uphold.statement.recomputing import Recomputed


def notes(book: Book) -> Html:
    """How each figure was worked out, numbered."""
    if not book.notes:
        return NOTHING
    return section("notes", book.teller.say(message("sheet.notes")), note_list(book))


def words(book: Book, found: Recomputed) -> Html:
    """The clauses that anything on the page rests on, in the agreement's own words."""
    clauses = book.clauses
    if not clauses:
        return NOTHING
    parts: list[Html] = []
    for agreement in found.agreements:
        of = (agreement.name, agreement.revision)
        here = {anchor: told for (name, anchor), told in clauses.items() if name == of}
        if not here:
            continue
        title = message(
            "sheet.revision-of",
            title=agreement.title or agreement.name,
            revision=str(agreement.revision),
            provider=agreement.provider,
        )
        parts.append(element("h3", book.teller.say(title)))
        in_order = [each.anchor for each in agreement.document.clauses if each.anchor in here]
        parts += [_clause(book, of, anchor, here[anchor]) for anchor in in_order]
    return section("words", book.teller.say(message("sheet.words")), parts)


def _clause(book: Book, of: Revision, anchor: str, read: Sequence[Message]) -> Html:
    """A clause with its words, what was read into it and what it leaves open."""
    agreement = book.agreements[of]
    clause = agreement.clause(anchor)
    assert clause is not None
    prose = element("blockquote", clause.text, lang=agreement.language or None)
    readings = element("ul", (element("li", book.teller.say(each)) for each in read))
    return element(
        "article",
        element("h4", clause.heading.text or anchor, lang=agreement.language or None),
        prose if clause.text else NOTHING,
        readings if read else NOTHING,
        id=book.clause_id(of, anchor),
        class_="clause",
    )


def check(book: Book, statement: Statement, file: str | None) -> Html:
    """The seal, what the statement holds, and the command that works it all out again."""
    teller, seal = book.teller, statement.seal
    said = message("sheet.check-signed") if seal.fingerprint else message("sheet.check-unsigned")
    key = " --key PUBLIC.pub" if seal.fingerprint else ""
    command = element("code", f"uphold verify {quote(file) if file else 'STATEMENT'}{key}")
    return section(
        "check",
        teller.say(message("sheet.check")),
        element("p", teller.say(message("sheet.check-how"))),
        element("p", command, class_="command"),
        element("p", teller.say(said)),
        values(_seal(book, statement), "seal"),
    )


def _seal(book: Book, statement: Statement) -> Iterator[tuple[str, Content]]:
    teller, seal, parts = book.teller, statement.seal, statement.parts
    if seal.fingerprint is not None:
        yield teller.say(message("sheet.fingerprint")), _code(seal.fingerprint)
    yield teller.say(message("sheet.digest")), _code(seal.digest)
    count = message("sheet.facts-held", count=len(parts["facts"]))
    yield teller.say(count), _code(seal.parts["facts"])
    count = message("sheet.runs-held", count=len(parts["runs"]))
    yield teller.say(count), _code(seal.parts["runs"])
    for name, revision, page in statement.about.agreements:
        said = message("sheet.page-of", name=name, revision=str(revision))
        yield teller.say(said), _code(page)
    if parts["previous"] is not None:
        yield teller.say(message("sheet.previous")), _code(str(parts["previous"].get("digest")))
    yield teller.say(message("sheet.rules")), teller.reader.number(statement.rules)


def _code(text: str) -> Html:
    """A long number that a narrow page can break anywhere."""
    return element("code", text)
