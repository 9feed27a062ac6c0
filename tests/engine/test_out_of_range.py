"""Things from before or beyond what calendars were written out for have verdicts, too."""

from __future__ import annotations

from datetime import UTC

import pytest
from tests.engine.pages import DESK, agreement, at, fact, ids, judge, response, the

from uphold.engine import State, Verdict
from uphold.facts import Fact

EVERYTHING = agreement(
    DESK,
    response("8 business hours"),
    "applies: daytime\nto: [response]\nunless: [request.opened is outside desk]\n",
    "notice: planned\nof: maintenance\nwhen: maintenance.kind is planned\n"
    "announced: at least 1 week before planned start\nto: [customers]\n",
    "notice: failures\nof: outage\ncalendar: desk\n"
    "announced: the same day, or out of hours on the next working day\nto: [customers]\n",
    "retention: backups\nof: backup\ntaken: every week\nkept: at least 20 calendar days\n",
)


def things(year: int) -> list[Fact]:
    day = f"{year}-03-06"
    end = f"{day}T12:00:00+01:00"
    return [
        fact("opened", f"{day} 08:00"),
        fact("awaiting", f"{day} 09:00", cause="customer"),
        fact("maintenance.planned", f"{day} 08:00", kind="planned", start=at(f"{day} 11:00"),
             end=end),
        fact("maintenance.announced", f"{day} 09:00", to=["customers"]),
        fact("outage.reported", f"{day} 08:00"),
        fact("backup.taken", f"{day} 08:00"),
        fact("backup.deleted", f"{day} 09:00"),
    ]  # fmt: skip


def expect(verdict: Verdict, state: State) -> None:
    assert (verdict.state, verdict.due) == (state, None)
    assert verdict.starts is not None and verdict.starts.tzinfo is UTC


@pytest.mark.parametrize(("year", "as_if"), [(2016, True), (2090, False)])
def test_what_no_calendar_is_known_for_is_unknown_and_says_so(year: int, as_if: bool) -> None:
    verdicts = judge(EVERYTHING, f"{year}-03-20 12:00", *things(year), as_if_in_force=as_if)
    assert {each.clock for each in verdicts} == {
        *("response", "planned.announced", "failures.announced"),
        *("backups.kept", "backups.taken"),
    }
    for verdict in verdicts:
        if verdict.clock == "backups.taken":  # a week is seven times 24 hours, without a calendar
            assert verdict.state is State.MISSED
        else:
            expect(verdict, State.UNKNOWN)
            assert "out-of-range" in ids(verdict)


def test_what_is_older_than_the_agreement_is_not_owed_however_old() -> None:
    verdicts = judge(EVERYTHING, "2016-03-20 12:00", *things(2016))
    assert len(verdicts) == 4  # a register of backups has no promise to break yet
    for verdict in verdicts:
        expect(verdict, State.NOT_OWED)
        assert ids(verdict) == ["before-in-force"]


def test_one_thing_out_of_range_spoils_no_other() -> None:
    other = [
        fact("opened", "2026-03-06 08:00", "request:2"),
        fact("answered", "2026-03-06 09:00", "request:2"),
    ]
    verdicts = judge(EVERYTHING, "2090-03-20 12:00", *things(2090), *other)
    assert the(verdicts, subject="request:2").state is State.MET


def test_a_clock_that_runs_out_of_the_known_years_is_unknown() -> None:
    opened = fact("opened", "2026-03-06 08:00")
    assert the(judge(EVERYTHING, "2030-03-20 12:00", opened)).state is State.MISSED
    verdict = the(judge(EVERYTHING, "2090-03-20 12:00", opened))
    assert (verdict.state, "out-of-range" in ids(verdict)) == (State.UNKNOWN, True)
