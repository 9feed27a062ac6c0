"""Whatever somebody sends, an action is taken or refused in words; and rows can be made again."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.desk.house import House, at

from uphold.messages import LANGUAGES, Reader
from uphold.server.accounts.access import NotAllowed, NotFound, Viewer
from uphold.server.desk import services as desk
from uphold.server.desk.actions.table import ACTIONS, action_named
from uphold.server.desk.projecting import DeskProjector
from uphold.server.desk.shapes import Field, Wrong

pytestmark = pytest.mark.django_db

NINE = "2025-03-10T09:00:00+01:00"
PEOPLE = ("agent", "lead", "acme user", "acme super user", "other user")
NAMES = sorted({each.name for each in ACTIONS})
KNOWN = (
    "title", "words", "at", "start", "end", "cause", "fact", "into", "priority", "spent",
)  # fmt: skip
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["9999-12-31T23:59", "0001-01-01T00:00", "2025-03-30T02:30", "25:99", "PT1H", "\x00", "#1"]
    ),
    st.booleans(),
    st.integers(),
    st.none(),
    st.lists(st.text(max_size=5), max_size=2),
    st.floats(allow_nan=True),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=1),
)


def _fitting(draw: Any, field: Field) -> object:
    """A value that a person could have filled in."""
    match field.form:
        case "choice":
            return draw(st.sampled_from([value for value, _ in field.choices] or [""]))
        case "time":
            return draw(st.sampled_from(["2025-03-10T08:59", "2025-04-01T10:00"]))
        case "length":
            return draw(st.sampled_from(["90", "1:30", "2 hours"]))
        case "yes":
            return draw(st.sampled_from(["yes", "no"]))
    return draw(st.sampled_from(["1", "words", "to verden 🙂"]))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_odd_values_are_refused_in_words_and_never_break_anything(
    biztek: House, data: st.DataObject
) -> None:
    with at(NINE):
        subject = desk.act(biztek["acme user"], "open", None, {"title": "x"}).subject
        viewer = biztek[data.draw(st.sampled_from(PEOPLE))]
        name = data.draw(st.sampled_from(NAMES))
        action = action_named("request", name)
        about = None if action is None or action.makes else subject
        values = data.draw(st.dictionaries(st.sampled_from(KNOWN), ODD))
        with suppress(NotFound, NotAllowed):
            shown = desk.preview(viewer, name, about, values)
            assert set(shown.wrong) == set(_refused(viewer, name, about, values))


def _refused(
    viewer: Viewer, name: str, about: str | None, values: dict[str, object]
) -> tuple[Wrong, ...]:
    """What is wrong with an action, which was taken where nothing is."""
    try:
        desk.act(viewer, name, about, values)
    except desk.NotTaken as refused:
        return refused.wrong
    return ()


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_life_of_a_request_can_be_told_and_its_rows_made_again(
    easymeeting: House, data: st.DataObject
) -> None:
    readers = [Reader(language, "Europe/Oslo") for language in LANGUAGES]
    with at(NINE):
        opening = next(
            each for each in desk.openings(easymeeting["acme user"]) if each.thing == "request"
        )
        told = {each.name: _fitting(data.draw, each) for each in opening.fields}
        subject = desk.act(easymeeting["acme user"], "open", None, told).subject
    for hour in range(10, 10 + data.draw(st.integers(1, 5))):
        with at(f"2025-03-10T{hour}:00:00+01:00"):
            viewer = easymeeting[data.draw(st.sampled_from(PEOPLE[:4]))]
            offers = desk.offers(viewer, subject) if viewer.colleagues else ()
            if not offers:
                continue
            offer = data.draw(st.sampled_from(offers))
            told = {each.name: _fitting(data.draw, each) for each in offer.fields}
            shown = desk.preview(viewer, offer.action, subject, told)
            if not shown.wrong:
                desk.act(viewer, offer.action, subject, told)
            said = [each.said for each in shown.changes] + [each.said for each in shown.wrong]
            for each in (*shown.says, *said):
                assert all("{" not in reader.text(each) for reader in readers)
    with at("2025-03-10T20:00:00+01:00"):
        found = desk.thing(easymeeting["agent"], subject)
        for each in (*(entry.said for entry in found.story), *found.says, found.row.why):
            assert all("{" not in reader.text(each) for reader in readers)
    projector = DeskProjector()
    stated = list(projector.stated(easymeeting.provider))
    before = [projector.snapshot(easymeeting.provider, name) for name, _, _ in stated]
    projector.clear(easymeeting.provider)
    for name, as_of, position in stated:
        projector.project(easymeeting.provider, [name], as_of, position)
    assert before == [projector.snapshot(easymeeting.provider, name) for name, _, _ in stated]
