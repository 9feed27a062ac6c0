"""Posting a revision: checked while one types or when a file is chosen, then posted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from uphold.agreement.document_source import LARGEST
from uphold.agreement.problem import Problem
from uphold.messages import message
from uphold.server.accounts.access import Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.agreements import services
from uphold.server.agreements.shapes import NotPosted
from uphold.server.request import PageRequest

MOST_TRANSLATIONS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wants to post: a page and its translations, typed or uploaded."""

    source: str | bytes
    translations: tuple[str | bytes, ...]
    is_supplier: bool
    elsewhere: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given yet."""
        return not self.source.strip()

    @property
    def text(self) -> str:
        """The page for the form, so that nothing is lost."""
        return _text(self.source)

    @property
    def translation(self) -> str:
        """The first translation for the form."""
        return _text(self.translations[0]) if self.translations else ""


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: PageRequest) -> HttpResponse:
    """The form; and what is posted by it."""
    viewer = require(request.viewer, May.ADMINISTER)
    if request.method != "POST":
        return render(request, "agreements/post.html", {"given": _start(request, viewer)})
    given = _given(request)
    try:
        done = services.post(
            viewer.provider,
            given.source,
            by=viewer.person,
            translations=given.translations,
            is_supplier=given.is_supplier,
            elsewhere=given.elsewhere,
        )
    except NotPosted as refused:
        data = {"given": given, **_checked(viewer, given), "problems": refused.problems}
        return render(request, "agreements/post.html", data, status=422)
    said = message("posting.done", name=done.name, revision=str(done.revision))
    messages.success(request, request.reader.text(said))
    return redirect("agreements:revision", done.name, done.revision)


@require_POST
def check(request: PageRequest) -> HttpResponse:
    """What is wrong with the page, what it would change, and what its examples say."""
    viewer = require(request.viewer, May.ADMINISTER)
    return render(request, "agreements/check.html", _checked(viewer, _given(request)))


def _checked(viewer: Viewer, given: Given) -> dict[str, Any]:
    if given.is_empty:
        return {"is_empty": True, "problems": ()}
    found = services.examine(
        viewer.provider,
        given.source,
        given.translations,
        is_supplier=given.is_supplier,
        elsewhere=given.elsewhere,
    )
    tried = services.tried(found)
    return {
        "draft": found,
        "tried": tried,
        "problems": found.problems,
        "lines": [_line(each) for each in found.problems],
    }


def _line(problem: Problem) -> tuple[Problem, str, str, str]:
    """A problem with the line it is on, cut where the marked part begins and ends."""
    start = max(problem.place.column - 1, 0)
    end = start + max(problem.length, 1)
    first = max(0, start - 60)
    before, marked, after = (
        problem.line[first:start],
        problem.line[start:end][:120],
        problem.line[end : end + 60],
    )
    return problem, ("…" if first else "") + before, marked, after


def _given(request: PageRequest) -> Given:
    files = request.FILES.getlist("translations")[:MOST_TRANSLATIONS]
    typed = request.POST.get("translation", "")
    own = request.FILES.get("file")
    return Given(
        source=_content(own) if own is not None else request.POST.get("source", ""),
        translations=(*((typed,) if typed.strip() else ()), *map(_content, files)),
        is_supplier=request.POST.get("is_supplier") == "yes",
        elsewhere=request.POST.get("elsewhere") == "yes",
    )


def _start(request: PageRequest, viewer: Viewer) -> Given:
    """The form as it is opened: with the last revision of an agreement, to write the next one."""
    name = request.GET.get("of", "")
    if not name:
        return Given("", (), is_supplier=False, elsewhere=False)
    home = services.folder(viewer, name)
    last = services.reading(viewer, name, home.revisions[0].revision)
    others = [each.code for each in last.languages if not each.is_original]
    translations = tuple(
        services.reading(viewer, name, last.line.revision, code).source for code in others
    )
    source = services.reading(viewer, name, last.line.revision).source
    return Given(source, translations, is_supplier=home.is_supplier, elsewhere=False)


def _content(file: UploadedFile[bytes]) -> bytes:
    """No more of an uploaded file than the checker needs to say that it is too large."""
    found = file.read(LARGEST + 1)
    return found if isinstance(found, bytes) else found.encode()


def _text(source: str | bytes) -> str:
    return source if isinstance(source, str) else source.decode("utf-8", "replace")[:LARGEST]
