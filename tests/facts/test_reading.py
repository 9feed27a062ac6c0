"""Reading JSON Lines: what is read, what is refused, where, and in which words."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.made import english, facts_of, read, written_facts

from uphold.facts import (
    Fact,
    FactSet,
    Place,
    Problem,
    fact_of,
    read_facts,
    scan,
    write_facts,
)
from uphold.facts.lines import LONGEST, Source
from uphold.messages import Reader

OPENED = '{"type":"request.opened","at":"2027-02-01T09:00:00Z","subject":"request:1"'

REFUSED = [
    (
        '{"type":"request.openned","at":"2027-02-01T10:00:00Z","subject":"request:1"}',
        "1:2: error [fact-type-unknown] there is no fact type “request.openned”",
        "hint: nearest known: request.opened and request.reopened",
    ),
    (
        '{"type":"weather","at":"2027-02-01T10:00:00Z","subject":"request:1"}',
        "1:2: error [fact-type-unknown] there is no fact type “weather”",
        "hint: the command uphold schema facts lists all types",
    ),
    (
        OPENED + ',"priorty":"high"}',
        "1:76: error [fact-field-unknown] request.opened has no field “priorty”",
        "hint: nearest known: priority",
    ),
    (
        '{"at":"2027-02-01T10:00:00Z","type":"request.started","subject":"request:1","xyz":1}',
        "1:77: error [fact-field-unknown] request.started has no field “xyz”",
        "hint: it may have by and written",
    ),
    (
        OPENED + ',"channel":"portl"}',
        "1:76: error [fact-word-unknown] “channel” cannot be “portl”",
        "hint: nearest known: portal",
    ),
    (
        OPENED + ',"channel":"fax"}',
        "1:76: error [fact-word-unknown] “channel” cannot be “fax”",
        "hint: it is one of portal, e-mail, telephone, chat, video, on-site and api",
    ),
    (
        OPENED + ',"kind":3}',
        "1:76: error [fact-value-unreadable] “kind” is 3",
        "hint: right would be a text that is not empty",
    ),
    (
        OPENED + ',"kind":" "}',
        "1:76: error [fact-value-unreadable] “kind” is  ",
        "hint: right would be a text that is not empty",
    ),
    (
        '{"type":"customer.fee","at":"2027-02-01T10:00:00Z","subject":"customer:a","amount":12.5}',
        "1:75: error [fact-value-unreadable] “amount” is 12.5",
        'hint: right would be an amount (0 or more) and a currency as a text, such as "12.50 EUR"',
    ),
    (
        '{"type":"request.merged","at":"2027-02-01T10:00:00Z","subject":"request:1"}',
        "1:2: error [fact-field-missing] request.merged lacks “into”",
        "hint: right would be a kind of thing, a colon and a name, such as request:4711",
    ),
    (
        '{"type":"request.opened","subject":"request:1"}',
        "1:1: error [fact-key-missing] the fact lacks “at”",
        "hint: every fact has a type, a time (at) and a subject",
    ),
    (
        '{"type":"request.opened","at":"2027-02-01T10:00:00","subject":"request:1"}',
        (
            "1:26: error [fact-time-naive] the time “2027-02-01T10:00:00” in “at” has no offset "
            "from UTC"
        ),
        (
            "hint: right would be an RFC 3339 time with its offset from UTC, such as "
            "2027-02-01T10:00:00+01:00"
        ),
    ),
    (
        '{"type":"request.opened","at":"01.02.2027 10:00","subject":"request:1"}',
        "1:26: error [fact-time-unreadable] “01.02.2027 10:00” in “at” is not a time",
        (
            "hint: right would be an RFC 3339 time with its offset from UTC, such as "
            "2027-02-01T10:00:00+01:00"
        ),
    ),
    (
        '{"type":"request.opened","at":"2027-02-01T10:00:00Z","subject":"order:1"}',
        "1:54: error [fact-subject-wrong] request.opened cannot be about “order:1”",
        "hint: right would be request: and a name, such as request:4711",
    ),
    (
        OPENED + ',"v":2}',
        (
            "1:76: error [fact-version-unknown] the fact is of version 2; "
            "this program reads up to version 1"
        ),
        "",
    ),
    (
        OPENED + ',"corrects":"a","retracts":"b"}',
        "1:91: error [fact-corrects-and-retracts] a fact cannot both correct and retract",
        "",
    ),
    (
        (
            '{"type":"customer.agreed","at":"2027-02-01T10:00:00Z","subject":"customer:a",'
            '"from":"2027-02-01T10:00:00Z","until":"2027-02-01T11:00:00+01:00"}'
        ),
        "1:108: error [fact-period-backwards] “until” is not after “from”",
        "",
    ),
    (
        (
            '{"type":"request.unrecorded","at":"2027-02-01T10:00:00Z","subject":"request:1",'
            '"what":["request.answerd"]}'
        ),
        "1:80: error [fact-type-unknown] there is no fact type “request.answerd”",
        "hint: nearest known: request.answered",
    ),
    (
        OPENED + ',"kind":"\\ud800"}',
        "1:76: error [fact-surrogate] “kind” holds half a character (a lone surrogate)",
        "",
    ),
    (
        OPENED + ',"kind":"a","kind":"b"}',
        "1:87: error [facts-key-twice] the key “kind” is given twice",
        "hint: give each key once; of two values it would be unclear which counts",
    ),
    (
        OPENED + ',"seq":NaN}',
        "1:82: error [facts-not-finite] NaN is not a number that JSON knows",
        "",
    ),
    (
        OPENED,
        "1:75: error [facts-cut-off] the line ends in the middle of a fact",
        "hint: was the file cut off, or a fact spread over several lines?",
    ),
    (
        OPENED + ' "x"}',
        '1:76: error [facts-not-json] the line is not JSON from here on: “"”',
        "hint: each line is one JSON object in braces, with nothing between the lines",
    ),
    (
        " 12",
        "1:2: error [facts-not-object] the line is JSON but not an object",
        "hint: each line is one JSON object in braces, with nothing between the lines",
    ),
    (
        "[" + OPENED + "}]",
        "1:1: error [facts-a-list] the file is one JSON list, not one object a line",
        "hint: each line is one JSON object in braces, with nothing between the lines",
    ),
    (
        '{"a":' * 100_000,
        "1:1: error [facts-too-deep] the line is nested too deeply",
        "",
    ),
    (
        OPENED + ',"seq":' + "9" * 5000 + "}",
        "1:1: error [facts-number-too-long] the line holds a number of too many digits",
        "",
    ),
    (
        OPENED + ',"kind":"' + "x" * LONGEST + '"}',
        "1:1: error [facts-line-too-long] the line is longer than 1,048,576 bytes",
        "",
    ),
]


@pytest.mark.parametrize(("line", "says", "hint"), REFUSED, ids=lambda text: text[:40])
def test_what_is_wrong_is_said_with_its_place_and_what_would_be_right(
    line: str, says: str, hint: str
) -> None:
    facts, problems = read(line.encode())
    assert facts == ()
    text = [problem.text(Reader("en")) for problem in problems]
    assert text == ["\n".join(filter(None, [f"facts:{says}", hint]))]


def test_all_problems_are_reported_and_the_sound_facts_read() -> None:
    reading = read(
        b"\xef\xbb\xbf" + OPENED.encode() + b"}\r",
        b"",
        b"  \t\r",
        OPENED.encode() + b',"kind":"\xff"}',
        OPENED.encode() + b',"kind":3,"chanel":"portal","seq":-1}',
    )
    assert [fact.place for fact in reading.facts] == ["facts:1"]
    assert [line.splitlines()[0] for line in english(reading)] == [
        "facts:4:84: error [facts-not-utf-8] the byte 0xff is not UTF-8",
        "facts:5:76: error [fact-value-unreadable] “kind” is 3",
        "facts:5:85: error [fact-field-unknown] request.opened has no field “chanel”",
        "facts:5:103: error [fact-value-unreadable] “seq” is -1",
    ]


@pytest.mark.parametrize("start", [b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"\xff\xfe{\x00", b"PAR1"])
def test_a_file_of_another_kind_is_one_problem(start: bytes) -> None:
    reading = read(start, *[b"\x00\xff"] * 1000)
    assert [problem.code for problem in reading.problems] == ["facts-not-text"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    facts, problems = read_facts(tmp_path / "none.jsonl")
    assert facts == ()
    assert [problem.code for problem in problems] == ["facts-file-unreadable"]
    assert problems[0].place == Place(str(tmp_path / "none.jsonl"))
    assert "No such file or directory" in problems[0].text(Reader("en"))


def test_lines_are_whole_wherever_a_block_of_the_file_ends() -> None:
    line = OPENED.encode() + b',"kind":"' + b"x" * 300_000 + b'"}'
    facts, problems = read(*[line] * 11)
    assert len(facts) == 11
    assert not problems


def test_a_long_line_is_passed_over_and_the_next_one_read() -> None:
    long = b"{" + b"x" * (3 * LONGEST)
    facts, problems = read(long, OPENED.encode() + b"}")
    assert [problem.code for problem in problems] == ["facts-line-too-long"]
    assert [fact.place for fact in facts] == ["facts:2"]


def test_paths_streams_of_text_and_lists_of_lines_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(OPENED + "}\n", encoding="utf-8")
    paths: list[Source] = [path, str(path)]
    streams: list[Source] = [io.StringIO(OPENED + "}"), [OPENED.encode() + b"}\n"]]
    by_path = read_facts(paths).facts
    assert by_path[0].place == f"{path}:1"
    assert by_path == read_facts(streams).facts


def test_a_time_more_than_five_minutes_ahead_is_refused_when_now_is_known() -> None:
    now = datetime(2027, 2, 1, 8, 55, tzinfo=UTC)
    line = OPENED.encode() + b"}\n"
    assert read_facts(io.BytesIO(line), now=now).problems == ()
    before = now - timedelta(microseconds=1)
    facts, problems = read_facts(io.BytesIO(line + line), now=before)
    assert facts == ()
    assert problems[1].text(Reader("en")) == (
        "facts:2:26: error [fact-time-ahead] the time 2027-02-01T09:00:00Z is more than five "
        "minutes ahead of now, 2027-02-01T08:54:59.999999Z"
    )


def test_problems_have_words_in_every_language() -> None:
    for language, words in {
        "nb": "mangler",
        "pl": "nie ma",
        "nl": "ontbreekt",
        "es": "falta",
    }.items():
        _, problems = read(OPENED.replace("opened", "merged").encode() + b"}")
        assert words in problems[0].text(Reader(language))


def test_a_problem_is_data_too() -> None:
    _, problems = read(OPENED.encode() + b',"kind":3}')
    assert problems[0].to_json(Reader("en")) == {
        "code": "fact-value-unreadable",
        "file": "facts",
        "line": 1,
        "column": 76,
        "message": "“kind” is 3",
        "hint": "right would be a text that is not empty",
    }


def test_a_problem_shows_no_character_that_acts_on_a_terminal() -> None:
    _, problems = read(OPENED.encode() + b',"\\u001b[31m":3}')
    assert problems[0].text(Reader("en")).replace("\n", "").isprintable()


@given(st.lists(written_facts(), max_size=6))
def test_what_is_written_is_read_again(written: list[dict[str, object]]) -> None:
    facts = facts_of(*written)
    stream = io.StringIO()
    assert write_facts(facts, stream) == len(facts)
    again, problems = read_facts(io.StringIO(stream.getvalue()))
    assert not problems
    assert again == facts
    assert [fact.id for fact in again] == [fact.id for fact in facts]


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_facts_or_problems(content: bytes) -> None:
    facts, problems = read(content)
    assert all(isinstance(fact, Fact) for fact in facts)
    for problem in problems:
        assert isinstance(problem, Problem)
        assert problem.text(Reader("nb"))


@given(written_facts(), st.data())
def test_a_spoilt_line_is_a_fact_or_problems_and_the_next_line_is_read(
    written: dict[str, object], data: st.DataObject
) -> None:
    line = json.dumps(written, ensure_ascii=data.draw(st.booleans())).encode()
    where = data.draw(st.integers(0, len(line)))
    put = data.draw(st.binary(max_size=3).filter(lambda added: b"\n" not in added))
    spoilt = line[:where] + put + line[where + data.draw(st.integers(0, 4)) :]
    facts, problems = read(line, spoilt, line)
    assert len(facts) in (2, 3)
    assert facts[-1].place == "facts:3"
    assert len(facts) == 3 or problems or not spoilt.strip()


@given(written_facts(), st.data())
def test_the_quick_look_at_a_line_finds_what_the_exact_one_finds(
    written: dict[str, object], data: st.DataObject
) -> None:
    """The first line of a shape is checked exactly; what follows it only by its shape."""
    line = json.dumps(written).encode()
    key = data.draw(st.sampled_from(list(written)))
    kinds: list[object] = [
        None,
        True,
        7,
        -1,
        2**60,
        0.5,
        "",
        " ",
        "x",
        'a"b',
        ["x"],
        {},
        "2027-02-01T10:00:00Z",
        [],
        [""],
        [" "],
        [1],
        [["x"]],
        ["request.answered"],
    ]
    other = written | {key: data.draw(st.sampled_from(kinds))}
    spoilt = json.dumps(other).encode()
    if data.draw(st.booleans()):  # a key twice
        again = data.draw(st.sampled_from(list(written)))
        spoilt = spoilt[:-1] + b"," + json.dumps({again: written[again]}).encode()[1:]
    blank = [b""] * data.draw(st.integers(0, 1))
    after_it, _ = read(line, *blank, spoilt)
    alone, _ = read(spoilt)
    assert after_it[1:] == alone


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (',"milliseconds":1,"milliseconds":1,"place":true}', "facts-key-twice"),
        (',"milliseconds":1,"place":{"a":1}}', "fact-value-unreadable"),
        (',"milliseconds":1,"place":["oslo"]}', "fact-value-unreadable"),
    ],
)
def test_no_text_is_taken_for_granted_by_its_quotation_marks(rest: str, code: str) -> None:
    """Each has as many of them as the line before; a blank line has none of the braces."""
    seen = '{"type":"check.observed","at":"2027-02-01T09:00:00Z","subject":"service:1"'
    seen += ',"check":"web","state":"up"'
    sound = seen + ',"milliseconds":1,"place":"oslo"}'
    facts, problems = read(sound.encode(), b"", (seen + rest).encode())
    assert len(facts) == 1
    assert [(each.code, each.place and each.place.line) for each in problems] == [(code, 3)]


def test_rows_become_the_facts_that_reading_gives() -> None:
    line = OPENED.encode() + b',"recorded":"2027-02-01T11:00:00Z"}\n'
    problems: list[Problem] = []
    rows = list(scan([line, line], problems))
    assert [row[:3] for row in rows] == [("request:1", "request.opened", 1801472400000000)] * 2
    assert tuple(fact_of(row, "facts") for row in rows) == read(line, line).facts
    assert FactSet.of(map(fact_of, rows)).facts[0].recorded == datetime(2027, 2, 1, 11, tzinfo=UTC)
