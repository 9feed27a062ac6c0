"""Reading agreements: the shelf, a revision with its terms beside its prose, two side by side."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from uphold.agreement.compare import Change
from uphold.agreement.html import render_html
from uphold.messages import Reader
from uphold.server.accounts.access import NotFound, require
from uphold.server.accounts.kinds import May
from uphold.server.agreements import services
from uphold.server.agreements.shapes import Reading
from uphold.server.request import PageRequest


@require_safe
def shelf(request: PageRequest) -> HttpResponse:
    """Every agreement that the viewer may read, and what is in force since when."""
    viewer = require(request.viewer, May.READ)
    data = {"shelf": services.shelf(viewer), "may_post": viewer.may(May.ADMINISTER)}
    return render(request, "agreements/shelf.html", data)


@require_safe
def current(request: PageRequest, name: str) -> HttpResponse:
    """The revision in force, at its own address."""
    found = services.reading(require(request.viewer, May.READ), name)
    return redirect("agreements:revision", found.line.name, found.line.revision)


@require_safe
def revision(request: PageRequest, name: str, number: int) -> HttpResponse:
    """A revision as it is read."""
    viewer = require(request.viewer, May.READ)
    language = request.GET.get("language", "")[:10] or request.reader.language
    found = services.reading(viewer, name, number, language)
    data = {
        "reading": found,
        "text": _html(found, request.reader),
        "contents": [each for each in found.document.clauses if each.heading.text],
        "may_post": viewer.may(May.ADMINISTER),
    }
    return render(request, "agreements/revision.html", data)


@require_safe
def source(request: PageRequest, name: str, number: int) -> HttpResponse:
    """The page as it was posted, so that anyone can judge by it."""
    viewer = require(request.viewer, May.READ)
    language = request.GET.get("language", "")[:10]
    found = services.reading(viewer, name, number, language)
    answer = HttpResponse(found.source, content_type="text/markdown; charset=utf-8")
    file = f"{name}-{number}{f'.{language}' if language else ''}.md"
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file)}"
    return answer


@require_safe
def compared(request: PageRequest, name: str) -> HttpResponse:
    """What one revision says otherwise than another: by itself the last two."""
    viewer = require(request.viewer, May.READ)
    home = services.folder(viewer, name)
    new = _number(request, "new", home.revisions[0].revision)
    older = [each.revision for each in home.revisions if each.revision < new]
    old = _number(request, "old", older[0] if older else new)
    found = services.comparison(viewer, name, old, new)
    data = {"comparison": found, "groups": _groups(found.changes)}
    return render(request, "agreements/compared.html", data)


def _html(found: Reading, reader: Reader) -> SafeString:
    """The clauses as HTML: escaped and cleaned by the renderer, so safe as it is."""
    original = found.agreement.document if found.is_translated else None
    made = render_html(found.document, reader=reader, original=original)
    return mark_safe(made)


def _groups(changes: tuple[Change, ...]) -> list[tuple[str, list[Change]]]:
    """The changes of terms, of words and of the header, each that there are."""
    kinds = {
        "terms": [each for each in changes if each.sort.startswith(("term", "part"))],
        "words": [each for each in changes if each.sort.startswith(("clause", "prose"))],
        "header": [each for each in changes if each.sort == "header"],
    }
    return [(name, found) for name, found in kinds.items() if found]


def _number(request: PageRequest, name: str, otherwise: int) -> int:
    """A revision's number out of the address. Raises `NotFound` for what is none."""
    raw = request.GET.get(name, "")
    if not raw:
        return otherwise
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 10):
        raise NotFound
    return int(raw)
