"""Prometheus to looks, from answers that a real one gave (version 2.42, scraping every second).

In the recording a site answers from 717 on, with HTTP 500 from 730 to 738, and blackbox_exporter
is dead from 757 to 771. A written metric says 0.4 in place of down, and NaN for five seconds.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.connect.prometheus.server import always, cut, recorded, serving

from uphold.connect.adapter import AdapterRead
from uphold.connect.prometheus import Options, looks
from uphold.facts.evidence import Evidence, Measure, Run
from uphold.messages import message

BEGIN = 1_795_332_717
SHOP = "http://127.0.0.1:18080/shop"
GONE = "http://127.0.0.1:18081/gone"
WRITTEN = "127.0.0.1:18080"
SECOND = timedelta(seconds=1)


def at(seconds: float) -> datetime:
    """An instant of the recording, in the seconds since it began."""
    return datetime.fromtimestamp(BEGIN, UTC) + timedelta(seconds=seconds)


def of(read: AdapterRead, check: str) -> list[Run]:
    """The looks at one check, in the order of time."""
    return sorted(run for run in read.runs if run.check == check)


def seen(read: AdapterRead, check: str) -> list[tuple[str, Decimal, int]]:
    """Runs of one check in short: state, first second, count; a scrape may be late by a little."""
    runs = Evidence.of(of(read, check), longest_gap=1_500_000).runs
    return [(run.state, Decimal(run.first).scaleb(-6) - BEGIN, run.count) for run in runs]


def test_samples_are_looks_at_their_very_times_and_silence_stays_silence() -> None:
    with serving(cut(probe_success="samples")) as prometheus:
        read = looks(prometheus.address, at(0), at(62), Options(interval=SECOND), {})
    assert seen(read, SHOP) == [
        ("up", Decimal("0.621"), 13),
        ("down", Decimal("13.621"), 9),
        ("up", Decimal("22.621"), 18),
        ("up", Decimal("54.621"), 8),
    ]
    first = of(read, SHOP)[0]
    assert first == Run(
        "checks", "blackbox", SHOP, 1_795_332_717_621_000, 1_795_332_717_621_000, "up", 1_000_000
    )
    # A target that nothing listens on is down throughout, but for the silence.
    assert {run.state for run in of(read, GONE)} == {"down"}
    assert read.rows == len(read.runs) + 5


def test_what_is_no_number_is_no_look_and_is_counted() -> None:
    with serving(cut(probe_success="samples")) as prometheus:
        read = looks(prometheus.address, at(0), at(62), Options(interval=SECOND), {})
    assert seen(read, WRITTEN)[:3] == [
        ("up", Decimal("1.018"), 13),
        ("down", Decimal("14.018"), 9),
        ("up", Decimal("23.018"), 9),
    ]
    assert seen(read, WRITTEN)[3][:2] == ("up", Decimal("37.018"))
    assert read.notes == (message("prometheus.no-value", count=5),)


def test_the_threshold_says_from_which_value_on_it_is_up() -> None:
    options = Options(interval=SECOND, up_from=Decimal("0.4"))
    with serving(cut(probe_success="samples")) as prometheus:
        read = looks(prometheus.address, at(0), at(62), options, {})
    assert {run.state for run in of(read, WRITTEN)} == {"up"}


def test_the_window_is_half_open() -> None:
    with serving(cut(probe_success="samples")) as prometheus:
        read = looks(prometheus.address, at(1.621), at(3.621), Options(), {})
    assert [run.first for run in of(read, SHOP)] == [
        1_795_332_718_621_000,
        1_795_332_719_621_000,
    ]
    assert prometheus.asked.requests == [
        ("/api/v1/query", {"query": "probe_success[2000ms]", "time": "1795332720.620"})
    ]
    assert {run.interval for run in read.runs} == {None}


@pytest.mark.parametrize("version", [2, 3])
def test_long_times_are_asked_for_in_parts_and_no_look_comes_twice_or_is_lost(version: int) -> None:
    options = Options(interval=timedelta(milliseconds=1))  # so that a part is eleven seconds long
    window = at(0.621), at(62.621)  # so that there are looks where two parts meet
    with serving(cut(version, probe_success="samples")) as prometheus:
        parts = looks(prometheus.address, *window, options, {})
        whole = looks(prometheus.address, *window, Options(), {})
    assert seen(parts, SHOP)[0] == ("up", Decimal("0.621"), 13)
    times = sorted((run.check, run.first) for run in parts.runs)
    assert times == sorted((run.check, run.first) for run in whole.runs)
    assert [each["query"] for _, each in prometheus.asked.requests] == [
        *["probe_success[11000ms]"] * 5,
        "probe_success[7000ms]",
        "probe_success[62000ms]",
    ]


def test_query_range_hides_a_dead_prometheus_that_its_samples_show() -> None:
    options = {"query": f'probe_success{{instance="{SHOP}"}}', "interval": SECOND}
    window = at(107), at(133)
    with serving(always(recorded("silence_range"))) as prometheus:
        stepped = looks(prometheus.address, *window, Options(**options, step=SECOND), {})  # type: ignore[arg-type]
        parameters = prometheus.asked.requests[0]
    with serving(always(recorded("silence_samples"))) as prometheus:
        samples = looks(prometheus.address, *window, Options(**options), {})  # type: ignore[arg-type]
    assert seen(stepped, SHOP) == [("up", Decimal(107), 26)]
    assert seen(samples, SHOP) == [("up", Decimal("107.621"), 4), ("up", Decimal("128.624"), 5)]
    assert stepped.notes == (message("prometheus.range-repeats"),)
    assert samples.notes == ()
    assert parameters == (
        "/api/v1/query_range",
        {
            "query": options["query"],
            "start": "1795332824.000",
            "end": "1795332849.999",
            "step": "1.000",
            "lookback_delta": "1.000",
        },
    )


def test_no_request_for_steps_asks_for_more_than_the_server_gives() -> None:
    with serving(always(recorded("empty"))) as prometheus:
        looks(prometheus.address, at(0), at(25_000), Options(step=SECOND), {})
    asked = [each for _, each in prometheus.asked.requests]
    stretches = [(Decimal(e["start"]) - BEGIN, Decimal(e["end"]) - BEGIN) for e in asked]
    assert stretches == [
        (Decimal(0), Decimal(10_999)),
        (Decimal(11_000), Decimal(21_999)),
        (Decimal(22_000), Decimal("24999.999")),
    ]


def test_an_expression_has_no_labels_and_is_named_by_the_options() -> None:
    options = Options("avg(probe_success)", step=SECOND, check="sites", source="average")
    with serving(always(recorded("average"))) as prometheus:
        read = looks(prometheus.address, at(0), at(62), options, {})
    assert {(run.source, run.check) for run in read.runs} == {("average", "sites")}
    assert {run.interval for run in read.runs} == {1_000_000}


def test_how_long_a_look_took_comes_from_a_second_selector() -> None:
    options = Options(durations="probe_duration_seconds")
    answering = cut(probe_success="samples", probe_duration_seconds="durations")
    with serving(answering) as prometheus:
        read = looks(prometheus.address, at(0), at(62), options, {})
    measured = [run.measure for run in of(read, SHOP)]
    # 2.683 ms and 2.067 ms: a part of one counts as a whole one.
    assert measured[:2] == [Measure(milliseconds=3)] * 2
    assert all(each is not None and each.milliseconds is not None for each in measured)
    assert {run.measure for run in of(read, WRITTEN)} == {None}


def test_two_series_at_once_under_one_name_are_told() -> None:
    options = Options(check="site", source="everything")
    with serving(cut(probe_success="samples")) as prometheus:
        read = looks(prometheus.address, at(0), at(20), options, {})
    assert read.notes == (
        message(
            "prometheus.series-shared",
            check="site",
            source="everything",
            names=("instance", "job"),
        ),
    )


def test_the_servers_warnings_and_an_empty_answer_are_told() -> None:
    warning = b'"warnings":["store 2 did not answer"],"data"'
    with serving(always(recorded("empty").replace(b'"data"', warning))) as prometheus:
        read = looks(prometheus.address, at(0), at(9), Options(query="nosuch"), {})
    assert read == AdapterRead(
        (),
        0,
        (
            message("prometheus.nothing", query="nosuch"),
            message("prometheus.warning", words="store 2 did not answer"),
        ),
    )


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({}, None),
        ({"UPHOLD_PROMETHEUS_TOKEN": "abc"}, "Bearer abc"),
        ({"UPHOLD_PROMETHEUS_USER": "me", "UPHOLD_PROMETHEUS_PASSWORD": "pw"}, "Basic bWU6cHc="),
    ],
)
def test_credentials_come_from_the_environment(
    environment: dict[str, str], header: str | None
) -> None:
    with serving(always(recorded("empty"))) as prometheus:
        looks(prometheus.address, at(0), at(9), Options(), environment)
    assert prometheus.asked.headers.get("authorization") == header


def test_a_path_before_the_interface_is_kept() -> None:
    with serving(always(recorded("empty"))) as prometheus:
        looks(f"{prometheus.address}/metrics/", at(0), at(9), Options(), {})
    assert prometheus.asked.requests[0][0] == "/metrics/api/v1/query"
