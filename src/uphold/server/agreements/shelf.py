"""What may be read of agreements, and by whom: the shelf, one revision, two side by side.

The provider's staff read everything. Others read the agreements that their accounts are under, in
every revision, and those of suppliers that these lean on; where no account names an agreement,
all of the provider's are theirs, as the engine judges (E2, B6, B7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from uphold.agreement.agreement import Agreement
from uphold.agreement.compare import compare
from uphold.agreement.document import Document, read_document
from uphold.agreement.terms.duty import OpenTerm, SupplierTerm
from uphold.engine.money.suppliers import leaning_on, names
from uphold.server import clock
from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.accounts.services import names_of
from uphold.server.agreements.compiled import compiled
from uphold.server.agreements.models import Revision, Translation
from uphold.server.agreements.shapes import (
    Comparison,
    Folder,
    Language,
    Noted,
    Reading,
    RevisionLine,
    Shelf,
    Standing,
    Supplier,
)
from uphold.server.ledger import services as ledger

_AGREED: Final = "customer.agreed"


def shelf(viewer: Viewer) -> Shelf:
    """Everything that the viewer may read, by agreement. Raises `NotAllowed`."""
    folders = tuple(_folders(viewer))
    own = tuple(each for each in folders if not each.is_supplier)
    return Shelf(
        own,
        tuple(each for each in folders if each.is_supplier),
        tuple(_suppliers(viewer.provider, own, folders)),
    )


def folder(viewer: Viewer, name: str) -> Folder:
    """One agreement in all its revisions. Raises `NotAllowed`, and `NotFound` for others'."""
    found = next((each for each in _folders(viewer) if each.name == name), None)
    if found is None:
        raise NotFound
    return found


def reading(viewer: Viewer, name: str, number: int | None = None, language: str = "") -> Reading:
    """A revision to be read: that number, else the one in force, else the last.

    In a `language` that it was not posted in, the original. Raises `NotAllowed` and `NotFound`.
    """
    home = folder(viewer, name)
    line = _line(home, number)
    row = Revision.objects.get(provider_id=viewer.provider, name=name, revision=line.revision)
    (agreement,) = compiled(viewer.provider, [row.digest])
    translated = Translation.objects.filter(revision=row, language=language).first()
    document = agreement.document
    if translated is not None:
        document = _document(translated.source, f"{name}.{language}.md") or document
    place = home.revisions.index(line)
    return Reading(
        folder=home,
        line=line,
        older=home.revisions[place + 1] if place + 1 < len(home.revisions) else None,
        agreement=agreement,
        document=document,
        languages=_languages(row, document),
        opens=tuple(_opens(agreement)),
        readings=tuple(_readings(agreement)),
        depends_on=agreement.document.header_text("depends on"),
        source=translated.source if translated is not None else row.source,
    )


def comparison(viewer: Viewer, name: str, old: int, new: int) -> Comparison:
    """What one revision says otherwise than another. Raises `NotAllowed` and `NotFound`."""
    home = folder(viewer, name)
    before, after = _line(home, old), _line(home, new)
    rows = Revision.objects.filter(provider_id=viewer.provider, name=name)
    digests = dict(rows.values_list("revision", "digest"))
    pair = compiled(viewer.provider, [digests[before.revision], digests[after.revision]])
    return Comparison(home, before, after, compare(*pair))


def _folders(viewer: Viewer) -> Iterator[Folder]:
    require(viewer, May.READ)
    rows = Revision.objects.filter(provider_id=viewer.provider).order_by("name", "-revision")
    found = list(rows.defer("source", "lock").prefetch_related("translations"))
    allowed = _allowed(viewer, found)
    posted_by = names_of(
        {row.posted_by for row in found if row.posted_by}, provider=viewer.provider
    )
    for name in dict.fromkeys(row.name for row in found):
        if allowed is None or name in allowed:
            own = [row for row in found if row.name == name]
            yield _folder(own, posted_by if viewer.is_staff else {})


def _allowed(viewer: Viewer, rows: Sequence[Revision]) -> frozenset[str] | None:
    """The names that the viewer may read; None for all."""
    if viewer.customers is None:
        return None
    facts = ledger.context_of(viewer.provider, sorted(viewer.customers))
    agreed = [fact for fact in facts if fact.type == _AGREED]
    named = {str(fact.written["agreement"]) for fact in agreed if fact.written.get("agreement")}
    own = named or {row.name for row in rows if not row.is_supplier}
    if any(row.is_supplier for row in rows):
        latest = {row.name: row.digest for row in reversed(rows)}
        leaning = leaning_on(compiled(viewer.provider, latest.values()))
        own |= {supplier for supplier, by in leaning.items() if by & own}
    return frozenset(own)


def _folder(rows: Sequence[Revision], people: Mapping[str, str]) -> Folder:
    """One agreement from its revisions, the last first."""
    now = clock.now_us()
    current = next((row for row in rows if row.in_force_us <= now), None)
    lines = tuple(_revision_line(row, current, rows, people) for row in rows)
    in_force = next((line for line in lines if line.standing is Standing.IN_FORCE), None)
    shown = in_force or lines[0]
    return Folder(
        shown.name,
        shown.title,
        rows[0].is_supplier,
        in_force,
        tuple(line for line in lines if line.standing is Standing.TO_COME),
        lines,
    )


def _revision_line(
    row: Revision,
    current: Revision | None,
    rows: Sequence[Revision],
    people: Mapping[str, str],
) -> RevisionLine:
    following = next((each for each in reversed(rows) if each.revision > row.revision), None)
    if row is current:
        standing = Standing.IN_FORCE
    elif current is None or row.revision > current.revision:
        standing = Standing.TO_COME
    else:
        standing = Standing.REPLACED
    return RevisionLine(
        name=row.name,
        revision=row.revision,
        title=row.title,
        language=row.language,
        languages=(row.language, *(each.language for each in row.translations.all())),
        posted_us=row.posted_us,
        in_force_us=row.in_force_us,
        until_us=following.in_force_us if following else None,
        posted_by=people.get(row.posted_by, ""),
        standing=standing,
    )


def _line(home: Folder, number: int | None) -> RevisionLine:
    if number is None:
        return home.in_force or home.revisions[0]
    found = next((each for each in home.revisions if each.revision == number), None)
    if found is None:
        raise NotFound
    return found


def _languages(row: Revision, shown: Document) -> tuple[Language, ...]:
    own = shown.header_text("language")
    every = (
        (row.language, row.title),
        *row.translations.order_by("language").values_list("language", "title"),
    )
    return tuple(Language(code, title, code == row.language, code == own) for code, title in every)


def _document(source: str, file: str) -> Document | None:
    return read_document((file, source)).document


def _opens(agreement: Agreement) -> Iterator[Noted]:
    """What the text leaves out, though it would be needed."""
    for term in agreement.of(OpenTerm):
        yield Noted(term.clause, _heading(agreement, term.clause), term.states, term.leaves_out)


def _readings(agreement: Agreement) -> Iterator[Noted]:
    """What the text leaves open and its author has settled."""
    for term in agreement.terms:
        for words in term.interpretation:
            yield Noted(term.clause, _heading(agreement, term.clause), term.name, words)


def _heading(agreement: Agreement, anchor: str) -> str:
    clause = agreement.clause(anchor)
    return clause.heading.text if clause else anchor


def _suppliers(provider: int, own: Sequence[Folder], every: Sequence[Folder]) -> Iterator[Supplier]:
    """Whom the agreements in force lean on, with their own agreements where they are known."""
    shown = {(each.name, each.in_force.revision) for each in own if each.in_force}
    suppliers = {each.name for each in every if each.is_supplier}
    rows = Revision.objects.filter(provider_id=provider).order_by("name", "revision")
    digests = {
        (name, revision): digest
        for name, revision, digest in rows.values_list("name", "revision", "digest")
        if (name, revision) in shown or name in suppliers
    }
    agreements = compiled(provider, digests.values())
    for agreement in agreements:
        if (agreement.name, agreement.revision) not in shown:
            continue
        for term in agreement.of(SupplierTerm):
            posted = next((each.name for each in agreements if names(agreement, term, each)), "")
            yield Supplier(
                term.title or term.name,
                term.service,
                agreement.name,
                agreement.title,
                term.clause,
                posted if posted in suppliers else "",
                term.agreement if term.agreement and "://" in term.agreement else "",
            )
