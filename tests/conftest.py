"""What all tests share: the data beside the repository, parts of the system, and profiles."""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

_LACKS_SYSTEM_PART = "system part missing: "

# The same cases on every machine and every day; `make test-long` draws new ones, and more.
settings.register_profile(
    "default",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", max_examples=20_000, deadline=None, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    """The long profile comes with the long tests, unless HYPOTHESIS_PROFILE names another."""
    profile = "long" if config.option.markexpr == "long" else "default"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", profile))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A file of the folder beside the repository, or the test is skipped and says which."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"../shared/{name} is not there")
        return path

    return find


@pytest.fixture(scope="session")
def system_part() -> Callable[[str], str]:
    """A program of the system by name, or the test is skipped and counted as lacking it."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{_LACKS_SYSTEM_PART}{name}")
        return path

    return find


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many tests the machine was too bare for, and what it would need."""
    reasons = (
        report.longrepr[2]
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    missing = Counter(
        reason.partition(_LACKS_SYSTEM_PART)[2]
        for reason in reasons
        if _LACKS_SYSTEM_PART in reason
    )
    parts = ", ".join(f"{name} ({count})" for name, count in sorted(missing.items()))
    terminalreporter.write_line(
        f"skipped for lack of system parts: {missing.total()}"
        + (f", install {parts}" * bool(parts))
    )
