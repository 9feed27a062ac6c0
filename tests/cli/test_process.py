"""The program as a process: pipes, terminals, full disks, and how soon it is there."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.desk import AT

HEAVY = ("rich", "babel", "numpy", "nh3", "icalendar", "jinja2", "uphold.engine", "uphold.connect")


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "uphold", *map(str, arguments)]


def test_a_reader_that_leaves_is_no_error(desk: Path, facts: Path) -> None:
    with subprocess.Popen(
        program("schema", "facts"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait() == 141
    assert said == b""


def test_a_full_disk_is_told() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            program("schema", "facts"), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 2
    assert b"No space left on device" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_colours_on_a_terminal_alone(desk: Path, facts: Path) -> None:
    command = program("clocks", desk, facts, "--at", AT, "--lang", "en")
    piped = subprocess.run(command, capture_output=True, check=False)
    assert b"\x1b" not in piped.stdout
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    shown = on_terminal(command, environment)
    assert b"\x1b[31mmissed" in shown
    assert b"\x1b" not in on_terminal(command, {**environment, "NO_COLOR": "1"})
    assert b"\x1b" not in on_terminal([*command, "--no-color"], environment)
    assert b"\x1b" not in on_terminal(command, {**environment, "TERM": "dumb"})


def on_terminal(command: list[str], environment: dict[str, str]) -> bytes:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                block = os.read(ours, 1 << 16)
            except OSError:  # the terminal's other end is closed
                break
            if not block:
                break
            shown += block
        process.wait()
    os.close(ours)
    return shown


def test_check_loads_only_what_it_needs(repository: Path) -> None:
    page = repository / "agreements" / "lifesize.md"
    code = (
        "import sys; from uphold.cli import main; code = main(sys.argv[1:]); "
        f"print([name for name in {HEAVY!r} if name in sys.modules]); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "check", "--lang", "en", str(page)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_plain_locale_still_gets_json(desk: Path) -> None:
    desk.write_text(desk.read_text().replace("Small desk", "Små skranker"), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run(
        program("check", desk), capture_output=True, env=environment, check=False, text=True
    )
    assert ran.returncode == 0
    command = program("due", desk, "office", AT, "2 business hours", "--lang", "pl")
    ran = subprocess.run(command, capture_output=True, env=environment, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
