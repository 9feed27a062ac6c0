"""Maintenance: what is planned and was done, its notices, planning it and each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from uphold.facts.times import from_datetime
from uphold.messages import Reader
from uphold.server.accounts.kinds import May
from uphold.server.api.forms import (
    ActIn,
    Instant,
    SaidOut,
    Subject,
    every,
    instant,
    instant_or_none,
    said,
)
from uphold.server.api.operation import acts, reads
from uphold.server.api.signing_in import ApiRequest
from uphold.server.api.thing_forms import WrongOut
from uphold.server.uptime import services as maintenance

router = Router(tags=["maintenance"])

Step = Literal["announce", "change", "start", "end", "cancel"]


class NoticeOut(Schema):
    """One notice that an agreement promises, as it stands now."""

    duty: str = Field(description="scheduled or announced, as the agreement names it")
    cycle: int = Field(description="counts the planned starts")
    state: str
    due: Instant | None
    stopped: Instant | None
    audience: list[str]
    agreement: str
    revision: int
    clause: str
    heading: str
    said: SaidOut
    because: list[SaidOut]


class WorkOut(Schema):
    """One line of the calendar of maintenance."""

    subject: str
    number: str
    title: str
    kind: str
    state: str = Field(description="planned, under way, done or cancelled")
    services: list[str]
    regions: list[str]
    accounts: list[str]
    site: str
    customer: str
    customer_name: str
    start: Instant | None
    end: Instant | None
    announced: Instant | None
    started: Instant | None
    ended: Instant | None
    missed: int = Field(description="how many notices were missed")
    announce_by: Instant | None


class CalendarOut(Schema):
    """What is being worked on, what comes, and the last of what was done or called off."""

    under_way: list[WorkOut]
    coming: list[WorkOut]
    past: list[WorkOut]
    position: int


class EventOut(Schema):
    """One line of its story."""

    at: Instant
    type: str
    said: SaidOut
    text: str | None


class MaintenanceOut(Schema):
    """A piece of maintenance with its notices, its story, and what can be done with it."""

    row: WorkOut
    requested_by: str
    announced_to: list[str]
    notices: list[NoticeOut]
    story: list[EventOut]
    actions: list[str] = Field(description="steps that the caller can take now")
    position: int = Field(description="of its last fact; send it back as `seen` with a step")


class PlanPreviewOut(Schema):
    """What a plan or a step would mean; nothing has been done."""

    notices: list[NoticeOut]
    says: list[SaidOut]
    wrong: list[WrongOut]


class StepDoneOut(Schema):
    """A step that was taken."""

    subject: str
    position: int = Field(description="the ledger's, behind the step")


@reads(router, "/maintenance", CalendarOut)
def list_maintenance(request: ApiRequest) -> CalendarOut:
    """The maintenance that concerns the caller: under way, coming, and the last that was."""
    found = maintenance.calendar(request.viewer)
    return CalendarOut(
        under_way=[_work(each) for each in found.under_way],
        coming=[_work(each) for each in found.coming],
        past=[_work(each) for each in found.past],
        position=found.position,
    )


@reads(router, "/maintenance/{subject}", MaintenanceOut, refuses=("not-found",))
def read_maintenance(request: ApiRequest, subject: Subject) -> MaintenanceOut:
    """One piece of maintenance, judged now."""
    found, reader = maintenance.view(request.viewer, subject), request.reader
    return MaintenanceOut(
        row=_work(found.row),
        requested_by=found.requested_by,
        announced_to=list(found.announced_to),
        notices=[_notice(each, reader) for each in found.notices],
        story=[
            EventOut(
                at=instant(each.at_us),
                type=each.type,
                said=said(each.said, reader),
                text=each.text,
            )
            for each in found.story
        ],
        actions=[str(each) for each in found.actions],
        position=found.position,
    )


Preview = Annotated[bool, Query(description="tell what it would do, and do nothing")]
ANSWERS: Mapping[int, type[Schema]] = {201: StepDoneOut, 200: PlanPreviewOut}


@acts(router, "/maintenance", ANSWERS, May.LEAD, refuses=("refused",))
def plan_maintenance(
    request: ApiRequest, plan: ActIn, preview: Preview = False
) -> StepDoneOut | PlanPreviewOut:
    """Plans maintenance; with `preview` it tells which notices would be met."""
    return _step(request, maintenance.Action.PLAN, None, plan, preview)


@acts(
    router,
    "/maintenance/{subject}/actions/{action}",
    ANSWERS,
    May.LEAD,
    refuses=("refused", "moved", "not-found"),
)
def step_maintenance(
    request: ApiRequest,
    subject: Subject,
    action: Annotated[Step, Path(description="what to do with it")],
    filled: ActIn,
    preview: Preview = False,
) -> StepDoneOut | PlanPreviewOut:
    """Takes a step with what is planned: announces, changes, starts, ends or cancels it."""
    return _step(request, maintenance.Action(action), subject, filled, preview)


def _step(
    request: ApiRequest,
    action: maintenance.Action,
    subject: str | None,
    filled: ActIn,
    preview: bool,
) -> StepDoneOut | PlanPreviewOut:
    viewer, reader = request.viewer, request.reader
    if preview:
        seen = maintenance.preview(viewer, action, subject, filled.values)
        return PlanPreviewOut(
            notices=[_notice(each, reader) for each in seen.notices],
            says=every(seen.says, reader),
            wrong=[WrongOut(field=each.field, said=said(each.said, reader)) for each in seen.wrong],
        )
    done = maintenance.act(viewer, action, subject, filled.values, seen=filled.seen)
    return StepDoneOut(subject=done.subject, position=done.position)


def _work(row: maintenance.Row) -> WorkOut:
    return WorkOut(
        subject=row.subject,
        number=row.number,
        title=row.title,
        kind=row.kind,
        state=str(row.state),
        services=list(row.services),
        regions=list(row.regions),
        accounts=list(row.accounts),
        site=row.site,
        customer=row.customer,
        customer_name=row.customer_name,
        start=instant_or_none(row.start_us),
        end=instant_or_none(row.end_us),
        announced=instant_or_none(row.announced_us),
        started=instant_or_none(row.started_us),
        ended=instant_or_none(row.ended_us),
        missed=row.missed,
        announce_by=_moment(row.announce_by),
    )


def _notice(notice: maintenance.NoticeView, reader: Reader) -> NoticeOut:
    return NoticeOut(
        duty=notice.duty,
        cycle=notice.cycle,
        state=notice.state,
        due=_moment(notice.due),
        stopped=_moment(notice.stopped),
        audience=list(notice.audience),
        agreement=notice.agreement,
        revision=notice.revision,
        clause=notice.clause,
        heading=notice.heading,
        said=said(notice.said, reader),
        because=every(notice.because, reader),
    )


def _moment(at: datetime | None) -> str | None:
    return None if at is None else instant(from_datetime(at))
