"""Whatever is typed, whatever files hold: an exit code of 0, 1 or 2, and never a traceback."""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.desk import AGREEMENT, AT, FACTS, Run, lines_of
from tests.cli.hosting import checks_csv, saved

from uphold.cli.commands import COMMANDS
from uphold.messages import LANGUAGES

OPTIONS = (
    "--json", "--lang", "--no-color", "--zone", "--at", "--known", "--as-if-in-force", "--summary",
    "--to", "--check", "--help", "--facts", "--evidence", "--window", "--per", "--why",
    "--interval", "--change-log", "--rename", "--column", "--kind", "--customer", "--out",
    "--key", "--against",
    "--html", "--keep-going", "--start", "--end", "--step", "--unit", "--times-in",
    "-h", "--", "-", "--at=", "--lang=nb", "--nonsense", "-x", "",
)  # fmt: skip
VALUES = (
    "DESK", "FACTS", "JUNK", "FOLDER", "request:1", "request:1/response", "servicenow", "facts",
    "agreement", "office", "8 business hours", "2 days", AT, "2027-02-09", "Europe/Oslo", "html",
    "json", "nb", "HOSTING", "CHECKS", "2026-08", "2026-Q3", "5m", "26h", "acme", "a=b", "checks",
    "account", "new.json", "import", "new", "\udcff",
    "\x00", "\x1b[31m", "ø" * 300, "{0}", "%s", "request:1/response/1/1",
)  # fmt: skip
ODD = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)

words = st.one_of(
    st.sampled_from(OPTIONS),
    st.sampled_from(VALUES),
    st.text(string.printable + "åł…\x00", max_size=12),
)


def assert_sound(uphold: Run, *arguments: str, stdin: str = "") -> None:
    ran = uphold(*arguments, stdin=stdin)
    assert ran.code in (0, 1, 2), (arguments, ran)
    assert "Traceback" not in ran.err
    assert "itself made a mistake" not in ran.err, (arguments, ran.err)
    for language in LANGUAGES[1:]:
        if language in arguments:
            assert "Error:" not in ran.err


@pytest.fixture
def known(
    desk: Path, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Files to be named by chance; odd words cannot write anywhere but here."""
    page, checks, _ = saved(tmp_path)
    junk = tmp_path / "junk.md"
    junk.write_bytes(bytes(range(256)))
    monkeypatch.chdir(tmp_path)
    return {
        "DESK": str(desk),
        "FACTS": str(facts),
        "JUNK": str(junk),
        "FOLDER": str(tmp_path),
        "HOSTING": str(page),
        "CHECKS": str(checks),
    }


@ODD
@given(command=st.sampled_from((*COMMANDS, "")), rest=st.lists(words, max_size=7))
def test_any_arguments(uphold: Run, known: dict[str, str], command: str, rest: list[str]) -> None:
    arguments = [known.get(each, each) for each in rest]
    assert_sound(uphold, *command.split(), *arguments)


rows = st.sampled_from((*checks_csv().splitlines()[:6], "", ",,", '"', "\x00", "2026,x,up", "{}"))


@ODD
@given(content=st.one_of(st.binary(max_size=300), st.lists(rows, max_size=8)))
def test_any_evidence(uphold: Run, known: dict[str, str], content: bytes | list[str]) -> None:
    path = Path(known["FOLDER"]) / "any.csv"
    path.write_bytes(content if isinstance(content, bytes) else "\n".join(content).encode())
    for more in ((), ("--keep-going", "--json"), ("--change-log", "26h", "--interval", "5m")):
        assert_sound(uphold, "uptime", known["HOSTING"], str(path), *more)
    assert_sound(uphold, "outages", known["HOSTING"], str(path), "--keep-going")
    assert_sound(uphold, "verify", str(path))


pieces = st.sampled_from((*AGREEMENT.split("\n\n"), "```yaml sla", "---", "clock: x", "\t- [", "{"))


@ODD
@given(content=st.one_of(st.binary(max_size=300), st.lists(pieces, max_size=12)))
def test_any_agreement(uphold: Run, known: dict[str, str], content: bytes | list[str]) -> None:
    page = Path(known["FOLDER"]) / "page.md"
    page.write_bytes(content if isinstance(content, bytes) else "\n\n".join(content).encode())
    for command in ("check", "test", "fmt", "render"):
        assert_sound(uphold, command, str(page))
    assert_sound(uphold, "clocks", str(page), known["FACTS"], "--at", AT)
    assert_sound(uphold, "compare", str(page), known["DESK"])
    assert_sound(uphold, "due", str(page), "office", AT, "8 business hours")


lines = st.sampled_from(
    (*lines_of(FACTS).splitlines(), "", "{}", "null", "[", '{"type": 1}', "\x00", '{"at": "2027"}')
)


@ODD
@given(content=st.one_of(st.binary(max_size=300), st.lists(lines, max_size=12)))
def test_any_facts(uphold: Run, known: dict[str, str], content: bytes | list[str]) -> None:
    path = Path(known["FOLDER"]) / "any.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else "\n".join(content).encode())
    for more in ((), ("--summary",), ("--as-if-in-force", "--json")):
        assert_sound(uphold, "clocks", known["DESK"], str(path), "--at", AT, *more)
    assert_sound(uphold, "explain", known["DESK"], str(path), "request:1", "--at", AT)
    assert_sound(uphold, "convert", "servicenow", str(path), "--zone", "Europe/Oslo")
