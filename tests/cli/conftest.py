"""Running the command line as its users do, on an agreement small enough to count by hand."""

import io
import sys
from pathlib import Path

import pytest
from tests.cli.desk import AGREEMENT, FACTS, Ran, Run, lines_of
from tests.cli.hosting import saved

from uphold.cli import main


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine in Oslo that speaks English, whatever machine this is."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "UPHOLD_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Oslo")


@pytest.fixture
def uphold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in this process."""

    def run(*arguments: str | Path, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The small agreement, in a folder of its own."""
    path = tmp_path / "desk.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    return path


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """The facts about its requests."""
    path = tmp_path / "facts.jsonl"
    path.write_text(lines_of(FACTS), encoding="utf-8")
    return path


@pytest.fixture
def hosting(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The small agreement on availability, a day of checks, and facts of its customer."""
    return saved(tmp_path)
