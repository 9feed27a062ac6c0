"""Which outages and questions are told where revisions read the same evidence differently."""

from __future__ import annotations

from tests.engine.measure.figures.watch import (
    HOUR,
    figure,
    measured,
    promise,
    uptime,
    us,
    watched,
)
from tests.engine.pages import fact

ANY = "evidence: seen\nof: web\nsources: {checks: every 1 minute}\nagreed when: checks\n"
TWO = ANY.replace("agreed when: checks", "agreed when: checks from 2 places")
FIRST = promise(ANY, uptime())
SECOND = promise(TWO, uptime(), revision=2, posted="2026-02-15T00:00:00+01:00")
DOWN = (
    ("2026-02-18 10:00", "2026-02-18 11:00"),
    ("2026-03-18 10:00", "2026-03-18 11:00"),
)


def test_an_outage_is_told_as_the_revision_sees_it_that_judges_its_window() -> None:
    """Revision 2 is in force from 15 February, but February is judged by revision 1."""
    evidence = watched("2026-02-01", "2026-04-01", *DOWN)
    found = measured([FIRST, SECOND], evidence, "2026-04-01")

    february, march = figure(found, "2026-02"), figure(found, "2026-03")
    assert (february.revision, february.down, february.questions) == (1, HOUR, 0)
    assert (march.revision, march.down, march.unknown, march.questions) == (2, 0, HOUR, 1)
    assert [outage.span[0] for outage in found.outages] == [us(DOWN[0][0])]
    assert [question.span[0] for question in found.questions] == [us(DOWN[1][0])]


def test_what_a_figure_asks_does_not_go_away_with_a_new_revision() -> None:
    first = promise(TWO, uptime())
    second = promise(ANY, uptime(), revision=2, posted="2026-02-15T00:00:00+01:00")
    evidence = watched("2026-02-01", "2026-04-01", *DOWN)

    for now in ("2026-02-28", "2026-04-01"):
        found = measured([first, second], evidence, now)
        assert figure(found, "2026-02").questions == 1
        assert [question.span[0] for question in found.questions] == [us(DOWN[0][0])]


def test_what_revisions_see_alike_is_told_once() -> None:
    second = promise(
        ANY, uptime("12 months", "99.0"), revision=2, posted="2026-02-15T00:00:00+01:00"
    )
    over_the_end = ("2026-02-28 23:00", "2026-03-01 01:00")
    evidence = watched("2026-02-01", "2027-04-01", over_the_end, every=HOUR)
    found = measured([FIRST, second], evidence, "2027-04-01")

    assert {one.revision for one in found.figures} == {1, 2}
    assert len(found.outages) == 1


def test_an_outage_in_no_window_is_told_by_the_revision_in_force() -> None:
    """The only account left at the end of January."""
    left = fact("customer.agreed", "2026-01-01", "customer:acme", until="2026-02-01T00:00:00+01:00")
    terms = [promise(ANY, uptime(per="account"))]
    found = measured(terms, watched("2026-01-01", "2026-04-01", *DOWN), "2026-04-01", left)

    assert [one.window.label for one in found.figures] == ["2026-01"]
    assert [outage.span[0] for outage in found.outages] == [us(start) for start, _ in DOWN]
