"""Agreements: what is posted, each revision with its compiled form, compared, checked, posted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from uphold.agreement.compare import Change, compare
from uphold.agreement.lock import lock
from uphold.agreement.problem import Problem as PageProblem
from uphold.messages import Reader, message
from uphold.server.accounts.access import NotFound
from uphold.server.accounts.kinds import May
from uphold.server.agreements import services as agreements
from uphold.server.api.forms import NAME, Instant, SaidOut, instant, instant_or_none, said
from uphold.server.api.operation import acts, reads
from uphold.server.api.problems import Fault, Problem
from uphold.server.api.signing_in import ApiRequest

router = Router(tags=["agreements"])

Name = Annotated[str, Path(pattern=NAME, description="the agreement's name")]
_NUMBER = {"ge": 1, "le": 2**31 - 1}
Number = Annotated[int, Path(description="the revision's number", **_NUMBER)]
_Page = Annotated[str, Field(min_length=1, max_length=4_000_000)]


class RevisionOut(Schema):
    """One revision in a list."""

    name: str
    revision: int
    title: str
    language: str
    languages: list[str]
    posted: Instant
    in_force: Instant = Field(description="from when it holds")
    until: Instant | None = Field(description="when the next revision takes its place")
    posted_by: str = Field(description="told to the provider's people alone")
    standing: str = Field(description="in force, to come or replaced")


class AgreementOut(Schema):
    """An agreement with its revisions, the last first."""

    name: str
    title: str
    is_supplier: bool = Field(description="whether the provider leans on it, and did not make it")
    in_force: int | None = Field(description="the number of the revision in force")
    revisions: list[RevisionOut]


class AgreementsOut(Schema):
    """The agreements that the caller may read."""

    agreements: list[AgreementOut]


class NotedOut(Schema):
    """Something said about a clause beside its prose."""

    clause: str
    heading: str
    what: str
    words: str


class PageOfRevisionOut(Schema):
    """A revision as its page: Markdown with the terms beside the prose."""

    line: RevisionOut
    source: str = Field(description="Markdown, in the language asked for where there is one")
    opens: list[NotedOut] = Field(description="what the text leaves out, though it is needed")
    readings: list[NotedOut] = Field(description="what the text leaves open and its author settled")


class CompiledOut(Schema):
    """The compiled form that judges: whoever holds it computes the same, with nothing else."""

    form: str
    document: dict[str, Any]
    calendars: dict[str, Any]


class ChangeOfTermsOut(Schema):
    """One difference between two revisions."""

    sort: str
    of: str = Field(description="the term, clause or header key")
    part: str
    clause: str
    favours: str | None = Field(description="whom it helps, where that is certain")
    said: SaidOut


class ComparisonOut(Schema):
    """What one revision says otherwise than another."""

    name: str
    before: int
    after: int
    changes: list[ChangeOfTermsOut]


class PageProblemOut(Schema):
    """One thing about a page: an error keeps it from being posted, a warning is worth a look."""

    code: str
    severity: str
    file: str
    line: int
    column: int
    source: str
    message: str
    hint: str | None


class CheckedOut(Schema):
    """A page as it would be posted now; nothing has been posted."""

    name: str = Field(description="empty where the page cannot be read")
    revision: int | None
    in_force: Instant | None = Field(description="from when it would hold")
    can_be_posted: bool
    problems: list[PageProblemOut]
    changes: list[ChangeOfTermsOut] = Field(description="against the last revision of its name")


class PostedOut(Schema):
    """A revision that was posted."""

    name: str
    revision: int
    posted: Instant
    in_force: Instant
    position: int
    warnings: list[PageProblemOut]


class PageIn(Schema):
    """A page to be checked or posted, with its translations."""

    model_config = ConfigDict(extra="forbid")

    source: _Page = Field(description="the page, as Markdown")
    translations: list[_Page] = Field(default_factory=list, max_length=20)
    is_supplier: bool = Field(False, description="an agreement that the provider leans on")
    elsewhere: bool = Field(False, description="it was published elsewhere on the date it bears")


@reads(router, "/agreements", AgreementsOut)
def list_agreements(request: ApiRequest) -> AgreementsOut:
    """The agreements that the caller may read: those of their accounts, or all of the provider."""
    found = agreements.shelf(request.viewer)
    return AgreementsOut(
        agreements=[_agreement(each) for each in (*found.own, *found.of_suppliers)]
    )


@reads(router, "/agreements/{name}", AgreementOut, refuses=("not-found",))
def read_agreement(request: ApiRequest, name: Name) -> AgreementOut:
    """One agreement with its revisions."""
    return _agreement(agreements.folder(request.viewer, name))


@reads(router, "/agreements/{name}/revisions/{revision}", PageOfRevisionOut, refuses=("not-found",))
def read_revision(
    request: ApiRequest,
    name: Name,
    revision: Number,
    language: Annotated[
        str, Query(max_length=10, pattern=r"^[A-Za-z-]*$", description="a translation's language")
    ] = "",
) -> PageOfRevisionOut:
    """One revision as its page."""
    found = agreements.reading(request.viewer, name, revision, language)
    return PageOfRevisionOut(
        line=_revision(found.line),
        source=found.source,
        opens=[NotedOut.from_orm(each) for each in found.opens],
        readings=[NotedOut.from_orm(each) for each in found.readings],
    )


@reads(
    router, "/agreements/{name}/revisions/{revision}/compiled", CompiledOut, refuses=("not-found",)
)
def read_compiled(request: ApiRequest, name: Name, revision: Number) -> CompiledOut:
    """The compiled form of a revision: its terms, and its calendars written out for its life."""
    found = agreements.reading(request.viewer, name, revision)
    return CompiledOut(**lock(found.agreement))


@reads(router, "/agreements/{name}/comparison", ComparisonOut, refuses=("not-found",))
def compare_revisions(
    request: ApiRequest,
    name: Name,
    before: Annotated[int, Query(description="a revision's number", **_NUMBER)],
    after: Annotated[int, Query(description="another's", **_NUMBER)],
) -> ComparisonOut:
    """What one revision says otherwise than another, in plain words."""
    found = agreements.comparison(request.viewer, name, before, after)
    return ComparisonOut(
        name=name,
        before=found.before.revision,
        after=found.after.revision,
        changes=_changes(found.changes, request.reader),
    )


@acts(
    router,
    "/agreements",
    {201: PostedOut, 200: CheckedOut},
    May.ADMINISTER,
    refuses=("refused", "not-found"),
)
def post_agreement(
    request: ApiRequest,
    page: PageIn,
    preview: Annotated[bool, Query(description="check it only, and post nothing")] = False,
) -> PostedOut | CheckedOut:
    """Posts a revision, which takes effect by its own amendment term; or checks it first.

    The check tells problems by line, what would change, and from when it would hold.
    """
    if not request.viewer.is_staff:
        raise NotFound
    return _checked(request, page) if preview else _posted(request, page)


def _checked(request: ApiRequest, page: PageIn) -> CheckedOut:
    found = agreements.examine(
        request.viewer.provider,
        page.source,
        page.translations,
        is_supplier=page.is_supplier,
        elsewhere=page.elsewhere,
    )
    agreement, before = found.agreement, found.before
    changes = compare(before, agreement) if before and agreement else ()
    return CheckedOut(
        name=agreement.name if agreement else "",
        revision=agreement.revision if agreement else None,
        in_force=instant_or_none(found.in_force_us),
        can_be_posted=agreement is not None and not found.errors,
        problems=_problems(found.problems, request.reader),
        changes=_changes(changes, request.reader),
    )


def _posted(request: ApiRequest, page: PageIn) -> PostedOut:
    try:
        posted = agreements.post(
            request.viewer.provider,
            page.source,
            by=request.viewer.person,
            translations=page.translations,
            is_supplier=page.is_supplier,
            elsewhere=page.elsewhere,
        )
    except agreements.NotPosted as error:
        raise _not_posted(error) from error
    return PostedOut(
        name=posted.name,
        revision=posted.revision,
        posted=instant(posted.posted_us),
        in_force=instant(posted.in_force_us),
        position=posted.position,
        warnings=_problems(posted.problems, request.reader),
    )


def _not_posted(error: agreements.NotPosted) -> Problem:
    faults = [
        Fault(
            each.message,
            field=each.place.file,
            hint=each.hint,
            code=each.code,
            line=each.place.line,
            column=each.place.column,
        )
        for each in error.problems
    ]
    return Problem("refused", message("api.refused", count=len(faults)), faults)


def _agreement(folder: agreements.Folder) -> AgreementOut:
    return AgreementOut(
        name=folder.name,
        title=folder.title,
        is_supplier=folder.is_supplier,
        in_force=folder.in_force.revision if folder.in_force else None,
        revisions=[_revision(each) for each in folder.revisions],
    )


def _revision(line: agreements.RevisionLine) -> RevisionOut:
    return RevisionOut(
        name=line.name,
        revision=line.revision,
        title=line.title,
        language=line.language,
        languages=list(line.languages),
        posted=instant(line.posted_us),
        in_force=instant(line.in_force_us),
        until=instant_or_none(line.until_us),
        posted_by=line.posted_by,
        standing=str(line.standing),
    )


def _changes(changes: Iterable[Change], reader: Reader) -> list[ChangeOfTermsOut]:
    return [
        ChangeOfTermsOut(
            sort=each.sort,
            of=each.of,
            part=each.part,
            clause=each.clause,
            favours=each.favours,
            said=said(each.message, reader),
        )
        for each in changes
    ]


def _problems(problems: Iterable[PageProblem], reader: Reader) -> list[PageProblemOut]:
    return [
        PageProblemOut(
            code=each.code,
            severity=each.severity,
            file=each.place.file,
            line=each.place.line,
            column=each.place.column,
            source=each.line,
            message=reader.text(each.message),
            hint=None if each.hint is None else reader.text(each.hint),
        )
        for each in problems
    ]
