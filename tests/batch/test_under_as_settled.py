"""What is measured in bulk under an agreement is what settling the same checks one by one gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.batch.bulk_promises import EDGE, looks, promises, read, works
from tests.batch.side_by_side import bulk, one_by_one, shown, told
from tests.engine.measure.figures.watch import HOUR, MINUTE
from tests.engine.pages import fact

from uphold.batch import TermRefused, under
from uphold.engine.settle import settle
from uphold.facts.evidence import Evidence
from uphold.facts.times import to_datetime

AGREED = fact("customer.agreed", "2026-01-01", "customer:acme", account="acme-1")


@given(st.data())
@settings(max_examples=150)
def test_bulk_figures_are_the_settled_ones(data: st.DataObject) -> None:
    promise, names = data.draw(promises())
    agreement = read(promise)
    rows = data.draw(looks(names))
    facts = data.draw(works(names))
    per: Any = data.draw(st.sampled_from([None, "service"]))
    if per:
        facts.append(AGREED)
    since = EDGE + data.draw(st.integers(-30, 30)) * MINUTE
    until = since + data.draw(st.sampled_from([7 * MINUTE, 40 * MINUTE, 24 * HOUR, 1200 * HOUR]))
    in_force = data.draw(st.booleans())
    span = to_datetime(since), to_datetime(until)
    plan = under(agreement, facts, *span, per=per, as_if_in_force=in_force)
    try:
        found = bulk(plan, rows)
    except TermRefused:
        assert any(group.rule.interval is None for group in plan.groups(names))
        assert any(row.interval is None for row in rows)
        return
    settled = settle(
        [agreement],
        facts,
        Evidence.of(one_by_one(rows)),
        span[1],
        asked=(since, until),
        per=per,
        as_if_in_force=in_force,
    )
    labels = plan.windows["label"].to_pylist()
    theirs = {
        (each.service, each.window.label): shown(each)
        for each in settled.history
        if each.window.label in labels
    }
    seen = {row.check for row in rows if row.at <= until}
    assert {key: told(row) for key, row in found.items()} == (theirs if seen else {})
