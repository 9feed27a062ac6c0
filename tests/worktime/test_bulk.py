"""Bulk answers are the single answers, to the microsecond, by every way of looking up."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.worktime.cases import Case, cases
from tests.worktime.oracle import DAY

from uphold.worktime import BadArray, Calendar, CalendarError, CompiledCalendar
from uphold.worktime import chunks as chunks_module
from uphold.worktime.bulk import BulkTable
from uphold.worktime.lookup import PieceLookup

OFFICE = Calendar("Europe/Oslo", {"mon-fri": "08:00-12:00, 13:00-17:00"}, holidays="NO")
TABLE = OFFICE.compiled(date(2030, 12, 31), since=date(2020, 1, 1))
HOUR = 3_600_000_000
seeds = st.integers(0, 2**32 - 1)


def random_instants(table: CompiledCalendar, seed: int, size: int) -> np.ndarray:
    """Instants of the middle half, with edges of spans, of dates, and their neighbours."""
    random = np.random.default_rng(seed)
    quarter = (table.until_us - table.since_us) // 4
    low, high = table.since_us + quarter, table.until_us - quarter
    edges = [edge for span in table.spans_us(low, high) for edge in span]
    edges += [table.day_end_us(edge) for edge in edges]
    near = random.choice(np.array(edges or [low]), size) + random.integers(-1, 2, size)
    anywhere = random.integers(low, high, size)
    return np.where(random.integers(0, 2, size) == 0, near, anywhere)


@settings(max_examples=200)
@given(cases(), seeds)
def test_bulk_answers_are_the_single_ones(case: Case, seed: int) -> None:
    assume(any(case.days.weekly.values()))
    table = case.calendar.compiled(case.around + 60 * DAY, since=case.around - 60 * DAY)
    random = np.random.default_rng(seed)
    starts, others = random_instants(table, seed, 64), random_instants(table, seed + 1, 64)
    amounts = random.integers(-20 * HOUR, 20 * HOUR, 64)
    amounts[:8] = 0
    # Sparse hours may lack so much time on either side; then all of it is asked for.
    most = min(
        table.between_us(table.since_us, int(starts.min())),
        table.between_us(int(starts.max()), table.until_us),
    )
    amounts = np.clip(amounts, -most, most)
    pairs = list(zip(starts.tolist(), amounts.tolist(), strict=True))
    expected = [table.add_us(start, amount) for start, amount in pairs]
    assert table.add_many_us(starts, amounts).tolist() == expected
    positive = np.abs(amounts)
    expected = [table.add_us(s, abs(a)) for s, a in pairs]
    assert table.add_many_us(starts, positive).tolist() == expected
    pairs = list(zip(starts.tolist(), others.tolist(), strict=True))
    expected = [table.between_us(one, other) for one, other in pairs]
    assert table.between_many_us(starts, others).tolist() == expected
    expected = [table.day_end_us(start) for start in starts.tolist()]
    assert table.day_end_many_us(starts).tolist() == expected


@settings(max_examples=150)
@given(cases(), seeds)
def test_bulk_working_days_are_the_single_ones(case: Case, seed: int) -> None:
    assume(any(case.days.weekly.values()))
    table = case.calendar.compiled(case.around + 90 * DAY, since=case.around - 60 * DAY)
    starts = random_instants(table, seed, 48)
    counts = np.random.default_rng(seed).integers(0, 4, 48)
    counts[:16] = np.maximum(counts[:16], 1)
    for ends in ("closing", "same time", "end of day"):
        for part in (slice(0, 16), slice(16, 48)):  # without and with counts of 0
            pairs = zip(starts[part].tolist(), counts[part].tolist(), strict=True)
            expected = [table.add_days_us(start, count, ends) for start, count in pairs]
            assert table.add_days_many_us(starts[part], counts[part], ends).tolist() == expected


@settings(max_examples=100)
@given(cases(), seeds, st.sampled_from((1, 8, 64, 1 << 12)))
def test_searching_and_coarse_buckets_give_the_same(case: Case, seed: int, most: int) -> None:
    """Few buckets allowed: crowded ones, or none at all so that all is searched for."""
    assume(any(case.days.weekly.values()))
    table = case.calendar.compiled(case.around + 60 * DAY, since=case.around - 60 * DAY)
    bulk = BulkTable(table, table._starts, table._ends, table._worked, most)
    starts = random_instants(table, seed, 64)
    room = table.between_us(int(starts.max()), table.until_us)
    amounts = np.random.default_rng(seed).integers(0, room + 1, 64)
    assert bulk.add(starts, amounts).tolist() == table.add_many_us(starts, amounts).tolist()
    assert bulk.between(starts, starts[0]).tolist() == [
        table.between_us(start, int(starts[0])) for start in starts.tolist()
    ]


@given(st.sets(st.integers(0, 5000), min_size=0, max_size=60), st.integers(1, 6000))
def test_lookup_finds_the_last_edge_at_or_before(edges: set[int], most: int) -> None:
    array = np.array(sorted(edges), dtype=np.int64)
    lookup = PieceLookup(array, 0, 5100, most)
    values = np.arange(0, 5101)
    index, spare = np.empty((2, len(values)), dtype=np.int64)
    flags = np.empty(len(values), dtype=np.bool_)
    lookup.find(values, index, spare, flags)
    assert (index == np.searchsorted(array, values, side="right") - 1).all()


def test_crowded_buckets_are_used_and_right() -> None:
    """Seven minutes open every hour of one day, and plain hours for years beside it."""
    day = [
        (datetime(2024, 5, 4, hour), datetime(2024, 5, 4, hour, 7))  # noqa: DTZ001
        for hour in range(24)
    ]
    calendar = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, opened=day)
    table = calendar.compiled(date(2030, 1, 1), since=date(2010, 1, 1))
    assert table._bulk._spans._crowded is not None
    starts = np.arange(0, 3 * 86_400_000_000, 53_000_000) + 1_714_600_000_000_000
    expected = [table.add_us(start, HOUR) for start in starts.tolist()]
    assert table.add_many_us(starts, HOUR).tolist() == expected


def test_very_short_shifts_are_searched_for() -> None:
    hours = ", ".join(f"{n:02}:{m:02}-{n:02}:{m:02}:05" for n in range(24) for m in range(60))
    table = Calendar("UTC", {"mon-sun": hours}).compiled(date(2024, 2, 29), date(2024, 1, 1))
    assert not table._bulk._spans.searches
    small = BulkTable(table, table._starts, table._ends, table._worked, 1 << 8)
    assert small._spans.searches
    starts = np.random.default_rng(3).integers(table.since_us, table.until_us - 10**12, 500)
    assert (small.add(starts, HOUR) == table.add_many_us(starts, HOUR)).all()


def test_much_work_goes_over_threads_and_many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    starts = random_instants(TABLE, 5, 5000)
    amounts = np.random.default_rng(5).integers(0, 40 * HOUR, 5000)
    whole = TABLE.add_many_us(starts, amounts)
    monkeypatch.setattr(chunks_module, "_CHUNK", 97)
    monkeypatch.setattr(chunks_module, "_MUCH", 1000)
    monkeypatch.setattr(chunks_module, "_cores", lambda: 3)
    assert (TABLE.add_many_us(starts, amounts) == whole).all()
    starts[4321] = starts[4999] = 0
    with pytest.raises(CalendarError, match=r"^item 4321: 1970-01-01T00:00:00Z lies before"):
        TABLE.add_many_us(starts, amounts)


def test_arrays_broadcast() -> None:
    starts = random_instants(TABLE, 1, 6).reshape(3, 2)
    amounts = np.array([HOUR, 2 * HOUR])
    result = TABLE.add_many_us(starts, amounts)
    assert result.shape == (3, 2)
    assert result[2, 1] == TABLE.add_us(int(starts[2, 1]), 2 * HOUR)
    assert TABLE.add_many_us(starts[:, :1], amounts).shape == (3, 2)
    assert TABLE.add_many_us(starts, HOUR).shape == (3, 2)
    assert TABLE.between_many_us(starts, starts[0, 0])[0, 0] == 0
    assert TABLE.add_many_us(starts[:0], amounts).shape == (0, 2)
    assert TABLE.add_many_us(starts[::2, ::-1], 0).tolist() == starts[::2, ::-1].tolist()


# The public face takes numpy's own times.


def test_datetime64_in_and_out() -> None:
    starts = np.array(["2027-02-05T13:00", "2027-02-06T00:00"], dtype="datetime64[m]")
    due = OFFICE.add_many(starts, np.timedelta64(4, "h"))
    assert due.dtype == np.dtype("datetime64[us]")
    assert due.astype(str).tolist() == ["2027-02-08T08:00:00.000000", "2027-02-08T11:00:00.000000"]
    assert (OFFICE.add_many(starts, timedelta(hours=4)) == due).all()
    worked = OFFICE.between_many(starts, due)
    assert worked.dtype == np.dtype("timedelta64[us]")
    assert worked.tolist() == [timedelta(hours=4)] * 2
    assert OFFICE.add_many(starts[0], timedelta(hours=4)).shape == ()
    assert OFFICE.add_many(starts[:0], timedelta(hours=4)).shape == (0,)
    assert OFFICE.between_many(starts, starts[:0].reshape(0, 1)).shape == (0, 2)


@settings(max_examples=60)
@given(cases(), seeds)
def test_the_calendar_grows_for_bulk_as_for_one(case: Case, seed: int) -> None:
    assume(any(case.days.weekly.values()))
    random = np.random.default_rng(seed)
    base = np.datetime64(case.around, "us")
    starts = base + random.integers(-(10**14), 10**14, 12).astype("timedelta64[us]")
    amounts = random.integers(-300 * HOUR, 300 * HOUR, 12).astype("timedelta64[us]")
    due = case.calendar.add_many(starts, amounts)
    for start, amount, result in zip(starts, amounts, due, strict=True):
        single = case.calendar.add(start.item().replace(tzinfo=UTC), amount.item())
        assert single.replace(tzinfo=None) == result.item()


TIMES = np.array(["2027-02-05T13:00"], dtype="datetime64[us]")


@pytest.mark.parametrize(
    ("starts", "amounts", "text"),
    [
        (np.array([1, 2]), timedelta(1), "starts: it holds int64 values; give UTC datetime64[us]"),
        (TIMES, np.array([1.5]), "amounts: it holds float64 values; give timedelta64[us], or one"),
        (TIMES, np.array([3], "m8"), "amounts: its values have no unit; give timedelta64[us]"),
        (
            np.array(["2027-01-01", "NaT"], "M8[us]"),
            timedelta(1),
            "starts: item 1, NaT, is no time; give UTC datetime64[us]",
        ),
        (TIMES, np.array(["NaT"], "m8[s]"), "amounts: item 0, NaT, is no time"),
        (
            np.array(["2027-01-01T00:00:00.000000001"], "M8[ns]"),
            timedelta(1),
            "starts: item 0, 2027-01-01T00:00:00.000000001, cannot be held in 64 bits of whole",
        ),
        (
            np.array([2**62], "M8[s]"),
            timedelta(1),
            "cannot be held in 64 bits of whole microseconds",
        ),
        (
            np.concatenate([TIMES] * 3),
            np.array([1, 2], "m8[h]"),
            "amounts: shape (2,) does not fit (3,); give arrays of one shape, or one value",
        ),
    ],
)
def test_arrays_that_cannot_be_read(starts: np.ndarray, amounts: np.ndarray, text: str) -> None:
    with pytest.raises(BadArray) as caught:
        OFFICE.add_many(starts, amounts)
    assert text in str(caught.value)
    assert caught.value.code == "bad-array"
    assert caught.value.data["name"] in ("starts", "amounts")


def test_bulk_counts_must_be_whole() -> None:
    with pytest.raises(BadArray, match="counts: it holds float64 values; give whole micro"):
        TABLE.add_days_many_us(np.array([TABLE.since_us]), np.array([1.0]))
