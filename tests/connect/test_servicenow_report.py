"""What of an incident log cannot be used: reported, or refused when it is no log at all."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connect.logs import at, converted, log, said

from uphold.connect.servicenow import ConversionError, convert
from uphold.connect.servicenow.incident import STATES
from uphold.facts import FactSet, fact_line, read_facts
from uphold.messages import LANGUAGES, Reader
from uphold.worktime import UnknownZone


def test_what_cannot_be_used_is_counted_with_its_lines() -> None:
    text = log(
        at("08:10", "New"),
        at("?", "Active", assigned_to="Ann"),
        at("31-02-2016 08:20", "Active", assigned_to="Ann"),
        at("08:30", "-100", assigned_to="Ann"),
        at("08:40", "Active", number="?"),
        at("08:05", "Active", contact_type="Pigeon"),
        at("08:10", "New", number="INC2", opened_at="?", sys_created_at="29-02-2016 08:07"),
        at("08:10", "New", number="INC3", opened_at="?", contact_type="Pigeon"),
        at("08:10", "New", number="INC4", opened_at="29-02-2016 08:11"),
    )
    text.seek(0, io.SEEK_END)
    text.write(b"one,two\r\n")
    text.seek(0)
    found = convert(text, "Europe/Oslo")
    assert [(each.code, each.count, each.lines) for each in found.report.findings] == [
        ("row-ragged", 1, (11,)),
        ("row-unnumbered", 1, (6,)),
        ("row-undated", 2, (3, 4)),
        ("row-silent", 1, (7,)),
        ("rows-out-of-order", 1, (7,)),
        ("state-unknown", 1, (5,)),
        ("opened-missing", 2, (8, 9)),
        ("opened-late", 1, (10,)),
        ("response-unrecorded", 4, (7, 8, 9, 10)),
        ("channel-unknown", 1, (9,)),
    ]
    opened = [text for text in said(found) if "opened" in text]
    assert opened == ["08:00 opened 3", "08:07 opened 3", "08:10 opened 3", "08:11 opened 3"]


def test_a_log_without_rows_is_no_facts_and_an_incident_without_dates_too() -> None:
    assert converted().facts == ()
    assert converted(at("?", "New")).facts == ()


def test_the_report_is_read_in_every_language_and_as_data() -> None:
    found = converted(at("08:10", "-100"), at("?", "New"), at("09:10", "Closed"))
    for language in LANGUAGES:
        text = found.report.text(Reader(language))
        assert "[servicenow" not in text
        assert len(text.splitlines()) == len(found.report.findings) + 1
    assert found.report.text(Reader("en")).splitlines()[:3] == [
        "3 rows of 1 requests became 4 facts",
        (
            "- 1 row has no readable time of change (sys_updated_at) and was left out "
            "(first on line 3)"
        ),
        (
            "- 1 row is in the state “-100”, which has no meaning here; the state before "
            "it was kept (first on line 2)"
        ),
    ]
    data = found.report.to_json(Reader("en"))
    assert data["findings"] == [
        {
            "code": each.code,
            "message": Reader("en").text(each.message),
            "count": each.count,
            "lines": list(each.lines),
        }
        for each in found.report.findings
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            b"number,incident_state,sys_updated_on,opened_at,assigned_to,priority\n",
            (
                "log:1:1: error [servicenow-column-missing] the header lacks sys_updated_at\n"
                "hint: nearest known: sys_updated_on"
            ),
        ),
        (
            b"",
            (
                "log:1:1: error [servicenow-column-missing] the header lacks number, "
                "incident_state, sys_updated_at, opened_at, assigned_to and priority\n"
                "hint: an incident log has number, incident_state, sys_updated_at, opened_at, "
                "assigned_to and priority"
            ),
        ),
        (
            b"number,a\n\xff",
            (
                "log:2:1: error [facts-not-utf-8] the byte 0xff is not UTF-8\n"
                "hint: save the file as UTF-8"
            ),
        ),
        (
            log(at("08:10", "New")).getvalue() + b'"INC1","New',
            (
                "log:3:1: error [servicenow-not-csv] the file is not CSV from this row on\n"
                "hint: export the incident log as CSV, with quotation marks closed and cells of at "
                "most 131,072 characters"
            ),
        ),
    ],
)
def test_a_file_that_is_no_log_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(ConversionError) as refused:
        convert(io.BytesIO(content), "Europe/Oslo")
    assert str(refused.value) == says
    assert refused.value.problem.place is not None


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownZone, match="Europe/Oslo"):
        convert(log(), "Europe/Olso")


def test_a_byte_order_mark_semicolons_and_the_systems_own_times_are_read() -> None:
    content = log(at("2016-02-29 08:10:30", "New"), delimiter=";").getvalue()
    found = convert(io.BytesIO(b"\xef\xbb\xbf" + content), "Europe/Oslo")
    assert found.facts[-1].written["at"] == "2016-02-29T08:10:30+01:00"


CELLS = st.sampled_from(["?", "", "Ann", "Bob"])
TIMES = st.sampled_from(
    ["?", "29-02-2016 08:10", "29-02-2016 08:20", "27-03-2016 02:30", "30-10-2016 02:30", "soon"]
)
ROWS = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["INC1", "INC2", "?"]),
        "incident_state": st.sampled_from([*STATES, "-100", "?"]),
        "sys_updated_at": TIMES,
        "opened_at": TIMES,
        "assigned_to": CELLS,
        "assignment_group": CELLS,
        "priority": st.sampled_from(["1 - Critical", "4 - Low", "?"]),
        "reopen_count": st.sampled_from(["0", "1", "2", "?"]),
        "resolved_at": TIMES,
    }
)


@given(st.lists(ROWS, max_size=8))
def test_any_rows_become_sound_facts_of_distinct_ids(rows: list[dict[str, str]]) -> None:
    found = converted(*rows)
    lines = "\n".join(map(fact_line, found.facts))
    again, problems = read_facts(io.StringIO(lines))
    assert not problems
    assert again == found.facts
    kept = FactSet.of(found.facts)
    assert kept.problems == ()
    assert len(kept) == len(found.facts)
    for subject in kept.subjects:
        names = [fact.type for fact in found.facts if fact.subject == subject]
        assert names.count("request.opened") == 1
        assert names.count("request.answered") == names.count("request.started") <= 1
        waits = names.count("request.awaiting") - names.count("request.resumed")
        assert waits in (0, 1)


@given(st.binary(max_size=300))
def test_any_bytes_are_converted_or_refused(content: bytes) -> None:
    for start in (b"", log().getvalue()):
        stream = io.BytesIO(start + content)
        with contextlib.suppress(ConversionError):
            found = convert(stream, "Europe/Oslo")
            assert found.report.facts == len(found.facts)
