"""Alarms: warnings and misses that were raised, until somebody has seen them."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Router, Schema
from pydantic import Field

from uphold.server.accounts.kinds import May
from uphold.server.api.forms import Instant, instant, instant_or_none
from uphold.server.api.operation import acts, reads
from uphold.server.api.signing_in import ApiRequest
from uphold.server.desk import services as desk

router = Router(tags=["alarms"])


class AlarmOut(Schema):
    """A warning or a miss that was raised."""

    id: int
    subject: str
    number: int
    title: str
    clock: str
    cycle: int
    threshold: str = Field(description="the share or stretch of time it was raised at")
    is_miss: bool
    raised: Instant
    due: Instant | None


class AlarmsOut(Schema):
    """The alarms that nobody has seen, the latest first."""

    alarms: list[AlarmOut]


class SeenOut(Schema):
    """An alarm that somebody has seen."""

    id: int


@reads(router, "/alarms", AlarmsOut, May.WORK)
def list_alarms(request: ApiRequest) -> AlarmsOut:
    """What was raised and nobody has seen yet, the latest hundred."""
    return AlarmsOut(
        alarms=[
            AlarmOut(
                id=each.id,
                subject=each.subject,
                number=each.number,
                title=each.title,
                clock=each.clock,
                cycle=each.cycle,
                threshold=each.threshold,
                is_miss=each.is_miss,
                raised=instant(each.raised_us),
                due=instant_or_none(each.due_us),
            )
            for each in desk.alarms(request.viewer)
        ]
    )


@acts(router, "/alarms/{alarm}/seen", {200: SeenOut}, May.WORK, refuses=("not-found",))
def see_alarm(
    request: ApiRequest, alarm: Annotated[int, Path(ge=1, le=2**53, description="the alarm's id")]
) -> SeenOut:
    """Says that somebody has seen an alarm; it leaves the list."""
    desk.see(request.viewer, alarm)
    return SeenOut(id=alarm)
