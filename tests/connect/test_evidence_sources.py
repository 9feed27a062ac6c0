"""Which adapter reads a place, and that it is handed what bears on it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.connect.prometheus.server import cut, serving
from tests.connect.uptime_kuma.kuma import DOWN, NOON, UP, made

from uphold.connect.adapter import SourceError
from uphold.connect.evidence_sources import Asked, read_source, recognised
from uphold.messages import LANGUAGES, Reader

HISTORY = "url: https://a.example\nstatus: up\ncode: 200\nlastUpdated: 2027-03-01T10:00:00.000Z\n"


def test_what_stands_at_a_place_is_recognised(tmp_path: Path) -> None:
    kuma = made(tmp_path / "anything.bak", [])
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "a.yml").write_text(HISTORY, encoding="utf-8")
    (tmp_path / "terms.yml").write_text("clock: response\n", encoding="utf-8")
    table = tmp_path / "checks.csv"
    table.write_text("checked_at,service,state\n", encoding="utf-8")
    found = {
        "https://p.example:9090/x": "prometheus",
        "HTTP://p.example": "prometheus",
        str(kuma): "uptime-kuma",
        str(tmp_path): "upptime",
        str(tmp_path / "history" / "a.yml"): "upptime",
        str(tmp_path / "terms.yml"): None,
        str(table): None,
    }
    assert {place: recognised(place) for place in found} == found
    assert read_source(str(table)) is None
    with pytest.raises(FileNotFoundError):
        recognised(str(tmp_path / "nothing"))


def test_a_log_of_changes_as_a_table_is_left_to_those_who_read_its_files_together(
    shared: Callable[[str], Path],
) -> None:
    assert recognised(str(shared("data/uptime_checks_2026-08.csv"))) is None


def test_a_folder_of_something_else_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("clock: response\n", encoding="utf-8")
    assert recognised(str(tmp_path)) is None


def test_each_is_handed_what_bears_on_it(tmp_path: Path) -> None:
    kuma = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60, DOWN), (1, 120, UP)])
    asked = Asked(start=NOON + timedelta(minutes=1), interval=timedelta(seconds=30))
    read = read_source(str(kuma), asked)
    assert read is not None
    assert [(run.state, run.interval) for run in read.runs] == [
        ("down", 30_000_000),
        ("up", 30_000_000),
    ]
    (tmp_path / "a.yml").write_text(HISTORY, encoding="utf-8")
    held = read_source(str(tmp_path / "a.yml"), Asked(holds=timedelta(hours=26)))
    assert held is not None
    assert {run.count > 1 for run in held.runs} == {True}


def test_prometheus_is_asked_for_a_stated_time() -> None:
    begin = datetime.fromtimestamp(1_795_332_717, UTC)
    with serving(cut(**{'probe_success{job="a"}': "samples"})) as prometheus:
        address = f'{prometheus.address}?query=probe_success{{job="a"}}'
        asked = Asked(begin, begin + timedelta(seconds=9), timedelta(seconds=1), environment={})
        read = read_source(address, asked)
        assert read is not None
        assert {run.interval for run in read.runs} == {1_000_000}
        with pytest.raises(SourceError) as caught:
            read_source(address)
    for language in LANGUAGES:
        assert caught.value.problem.text(Reader(language))
    assert "--start" in str(caught.value)


def test_a_report_reads_in_every_language(tmp_path: Path) -> None:
    kuma = made(
        tmp_path / "kuma.db", [(1, 0, UP), (1, 60, 2), (1, 120, 3), (1, 180, 9), (7, 0, UP)]
    )
    read = read_source(str(kuma))
    assert read is not None
    for language in LANGUAGES:
        assert len(read.text(Reader(language)).splitlines()) == 6
    assert read.text(Reader("en")).splitlines()[0] == "5 rows read; 3 runs of looks"
