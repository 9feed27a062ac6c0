"""Files of runs: what is written is read, and nothing else passes for one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.batch.oracle import Look
from tests.batch.tables import table_of_looks

from uphold.batch import (
    ArrowMissing,
    Rule,
    is_runs_file,
    read_runs,
    read_runs_of_checks,
    write_checks,
    write_runs,
)
from uphold.batch.faults import BatchError, FileUnreadable
from uphold.facts.evidence import KINDS, SEEN, Measure, Run

numbers = st.none() | st.integers(0, 1 << 40)
losses = st.none() | st.decimals(0, 100, allow_nan=False, places=3)
names = st.text(min_size=1, max_size=20).filter(lambda name: name.isprintable())
runs = st.builds(
    Run,
    kind=st.sampled_from(KINDS),
    source=names,
    check=names,
    first=st.integers(-(1 << 50), 0),
    last=st.integers(0, 1 << 51),
    state=st.sampled_from(SEEN),
    interval=st.none() | st.integers(1, 1 << 45),
    count=st.integers(1, 1 << 40),
    measure=st.none() | st.builds(Measure, st.integers(0, 9), numbers, numbers, losses),
)


@given(st.lists(runs, max_size=20))
def test_runs_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, given: list[Run]
) -> None:
    path = tmp_path_factory.mktemp("runs") / "runs.parquet"
    assert write_runs(path, iter(given)) == len(given)
    assert is_runs_file(path)
    assert list(read_runs(path)) == given


def test_a_run_keeps_the_digits_of_its_loss(tmp_path: Path) -> None:
    run = Run("checks", "oslo", "web", 0, 5, "up", None, 2, Measure(loss=Decimal("1.50")))
    write_runs(tmp_path / "a.parquet", [run])
    (found,) = read_runs(tmp_path / "a.parquet")
    assert found.measure is not None and str(found.measure.loss) == "1.50"


def test_other_files_are_no_runs_files(tmp_path: Path) -> None:
    look = Look("web", 0, "up")
    checks = tmp_path / "checks.parquet"
    write_checks(checks, [table_of_looks([look])])
    text = tmp_path / "a.csv"
    text.write_text("first,last\n")
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(checks.read_bytes()[:40])
    assert [is_runs_file(path) for path in (checks, text, cut, tmp_path / "absent")] == [False] * 4
    with pytest.raises(FileUnreadable, match="does not say that it holds runs"):
        list(read_runs(checks))
    with pytest.raises(FileUnreadable, match=r"cut\.parquet cannot be read"):
        list(read_runs(cut))


@pytest.mark.parametrize(
    "change", [{"state": "gone"}, {"count": 0}, {"first": 9}, {"interval": 0}, {"kind": "rumour"}]
)
def test_a_run_that_cannot_be_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "a.parquet"
    write_runs(path, [Run("checks", "oslo", "web", 0, 5, "up", 60, 2)])
    table = parquet.read_table(path)
    row = table.to_pylist()[0] | change
    parquet.write_table(pa.Table.from_pylist([row], schema=table.schema), path)
    with pytest.raises(FileUnreadable, match="no run can be"):
        list(read_runs(path))


def test_half_a_file_is_never_left(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_runs(path, [Run("checks", "oslo", "web", 0, 5, "up")])
    before = path.read_bytes()

    def broken() -> Iterator[Run]:
        yield Run("checks", "oslo", "web", 0, 5, "up")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_runs(path, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_times_are_packed_as_differences(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_checks(path, [table_of_looks([Look("web", place * 60, "up") for place in range(99)])])
    group = parquet.ParquetFile(path).metadata.row_group(0)
    columns = {group.column(place).path_in_schema: group.column(place) for place in range(3)}
    assert "DELTA_BINARY_PACKED" in columns["checked_at"].encodings
    assert "RLE_DICTIONARY" in columns["state"].encodings


def test_without_pyarrow_everything_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for call in (
        lambda: read_runs_of_checks([tmp_path], Rule(interval=1)),
        lambda: write_runs(tmp_path / "a", []),
        lambda: list(read_runs(tmp_path / "a")),
        lambda: write_checks(tmp_path / "a", []),
    ):
        with pytest.raises(ArrowMissing, match=r'pip install "uphold\[batch\]"'):
            call()


@given(st.binary(max_size=300), st.sampled_from([".csv", ".jsonl", ".parquet", ".csv.gz", ""]))
def test_no_bytes_raise_anything_but_our_errors(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"a{ending}"
    path.write_bytes(content)
    with pytest.raises(BatchError):
        read_runs_of_checks([path], Rule(interval=1))
    with pytest.raises(BatchError):
        list(read_runs(path))


@given(st.data())
def test_no_damage_raises_anything_but_our_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    looks = [Look(f"web-{place % 3}", place * 50, SEEN[place % 4]) for place in range(20)]
    text = "".join(
        f'{{"checked_at": "2026-09-01T00:00:{n:02}Z", "check": "a", "state": "up"}}\n'
        for n in range(9)
    )
    if data.draw(st.booleans()):
        path = folder / "a.parquet"
        write_checks(path, [table_of_looks(looks)])
    else:
        path = folder / "a.jsonl"
        path.write_text(text)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    told = ""
    try:
        read_runs_of_checks([path], Rule(interval=60))
    except BatchError as error:
        told = str(error)
    assert not told or str(path) in told
