"""What a Prometheus can answer, or not, and what is said then."""

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connect.prometheus.server import always, recorded, serving

from uphold.connect.adapter import SourceError
from uphold.connect.prometheus import Credentials, Options, looks, options_of_address
from uphold.connect.prometheus.client import Client
from uphold.connect.prometheus.series import looks_through
from uphold.facts.times import HOUR
from uphold.messages import LANGUAGES, Reader

BEGIN = datetime.fromtimestamp(1_795_332_717, UTC)
END = BEGIN + timedelta(seconds=60)


def refused(address: str, options: Options | None = None, token: str = "") -> SourceError:
    """The error of asking an address, with its words in every language."""
    environment = {"UPHOLD_PROMETHEUS_TOKEN": token} if token else {}
    with pytest.raises(SourceError) as caught:
        looks(address, BEGIN, END, options, environment)
    for language in LANGUAGES:
        assert caught.value.problem.text(Reader(language))
    return caught.value


@pytest.mark.parametrize(
    ("status", "content", "code", "words"),
    [
        (400, recorded("refused_expression"), "refused", "method=range"),
        (400, recorded("refused_syntax"), "refused", "unexpected character inside braces"),
        (400, recorded("refused_points"), "refused", "11,000 points"),
        (200, recorded("vector"), "no-matrix", "“vector”"),
        (200, b"<html>Grafana</html>", "not-json", "<html>Grafana</html>"),
        (200, b"", "not-json", "own address"),
        (200, b"[" * 100_000, "not-json", "not JSON"),
        (200, b"[]", "shape", "“status”"),
        (200, b'{"status":"success"}', "shape", "“data”"),
        (401, b"Unauthorized", "forbidden", "UPHOLD_PROMETHEUS_TOKEN"),
        (403, b'{"status":"error"}', "forbidden", "HTTP 403"),
        (404, b"404 page not found", "status", "/api/v1"),
        (503, b"Service Unavailable", "status", "HTTP 503"),
        (500, b'{"data":{}}', "status", "HTTP 500"),
        (422, b'{"status":"error","error":"too many samples"}', "refused", "fewer series"),
    ],
)
def test_every_other_answer_is_said_plainly(
    status: int, content: bytes, code: str, words: str
) -> None:
    with serving(always(content, status)) as prometheus:
        error = refused(prometheus.address)
    assert error.problem.code == f"prometheus-{code}"
    assert words in str(error)
    assert prometheus.address in str(error)


def test_a_redirect_is_not_followed_with_credentials() -> None:
    target = "http://user:secret@elsewhere.example/"
    with serving(always(b"", 302), {"Location": target}) as prometheus:
        error = refused(prometheus.address, token="abc")
    assert error.problem.code == "prometheus-moved"
    assert "http://elsewhere.example/" in str(error)
    assert "secret" not in str(error)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://me:secret@127.0.0.1:{free.getsockname()[1]}"
        error = refused(address)
    assert error.problem.code == "prometheus-unreachable"
    assert "secret" not in str(error)


def test_a_server_that_never_answers() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        error = refused(address, Options(timeout=timedelta(milliseconds=50)))
    assert error.problem.code == "prometheus-timeout"


@pytest.mark.parametrize("address", ["http://", "ftp://x", "http://[::1", "http://a:b:c", "x", ""])
def test_what_is_no_address(address: str) -> None:
    assert refused(address).problem.code in {"prometheus-address", "prometheus-unreachable"}


def test_a_token_that_no_header_can_bear() -> None:
    assert refused("http://127.0.0.1:1", token="a\nb").problem.code == "prometheus-unreachable"
    assert refused("http://127.0.0.1:1", token="ø").problem.code == "prometheus-credentials"


def test_a_series_without_the_label_names_those_it_has() -> None:
    with serving(always(recorded("samples"))) as prometheus:
        error = refused(prometheus.address, Options(check_label="instanc"))
    assert "“instanc”" in str(error)
    assert "check_label: instance" in str(error)


def test_the_address_bears_options() -> None:
    base, options = options_of_address(
        "https://p.example/x?query=up{job=%22a%22}&step=15&up_from=0.5&check_label=host",
        timedelta(seconds=60),
    )
    assert base == "https://p.example/x"
    assert (options.query, options.step) == ('up{job="a"}', timedelta(seconds=15))
    assert (options.stepped, options.interval) == (True, timedelta(seconds=60))
    assert options_of_address("http://p.example") == ("http://p.example", Options())


@pytest.mark.parametrize(
    ("given_options", "words"),
    [
        ("stepp=15", "step"),
        ("step=0", "“0” cannot be the value of “step”"),
        ("step=NaN", "“NaN”"),
        ("interval=1e99", "“1e99”"),
        ("up_from=many", "“many”"),
        ("method=both", "“both”"),
        ("query=", "“query”"),
    ],
)
def test_options_that_cannot_be(given_options: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        options_of_address(f"http://me:secret@p.example/?{given_options}")
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
POINTS = st.lists(
    JSON
    | st.tuples(
        st.floats() | st.integers(), st.text(max_size=4) | st.sampled_from(["1", "-Inf", "sNaN"])
    ),
    max_size=4,
)
SERIES = st.fixed_dictionaries(
    {}, optional={"metric": JSON | st.just({"instance": "a"}), "values": POINTS}
)
SHAPED = st.fixed_dictionaries(
    {"status": st.just("success")},
    optional={
        "data": JSON
        | st.fixed_dictionaries(
            {"resultType": st.just("matrix"), "result": st.lists(SERIES | JSON, max_size=3)}
        ),
        "warnings": JSON,
    },
)


NOON = 12 * HOUR
CONTENTS = st.binary(max_size=30) | (SHAPED | JSON).map(lambda value: json.dumps(value).encode())


def test_no_answer_raises_anything_else() -> None:
    content = b""
    with (
        serving(lambda _path, _parameters: (200, content)) as prometheus,
        Client(prometheus.address, Credentials(), timedelta(seconds=5)) as client,
    ):

        @given(CONTENTS)
        def reads(found: bytes) -> None:
            nonlocal content
            content = found
            try:
                read = looks_through(client, -NOON, NOON, Options(interval=timedelta(hours=1)))
            except SourceError:
                return
            assert all(run.first == run.last and run.state in {"up", "down"} for run in read.runs)

        reads()
