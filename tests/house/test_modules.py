"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import uphold

LONGEST = 400
HEAVY = ("babel", "holidays", "icalendar", "numpy", "recurring_ical_events", "rich")
ROOMS = sorted(path.parent.name for path in Path(uphold.__file__).parent.glob("*/__init__.py"))

MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|tmp|root|home)/")
REGISTRY_HOST = re.compile(r"pythonhosted[.]org|pypi[.]org|registry[.]npmjs|deb[.]debian[.]org")

# The lock file is uv's own, and names where each package was found.
NOT_OURS = frozenset({"uv.lock", "LICENSE"})


@pytest.fixture(scope="module")
def own_files(repository: Path, system_part: Callable[[str], str]) -> list[Path]:
    """Every file that is, or could be, committed."""
    listing = subprocess.run(
        [system_part("git"), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("this copy of the source is no git work tree")
    paths = (repository / name for name in listing.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file() and path.name not in NOT_OURS]


def texts(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """The files that are text, with their text."""
    for path in paths:
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8", errors="replace")


def test_no_module_is_two(repository: Path) -> None:
    lengths = {
        path.relative_to(repository).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("src", "tests", "benchmarks")
        for path in (repository / folder).rglob("*.py")
    }
    assert "src/uphold/messages/reader.py" in lengths
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_file_names_a_path_of_one_machine(own_files: list[Path]) -> None:
    found = [
        f"{path}:{text[: match.start()].count(chr(10)) + 1}: {match[0]}"
        for path, text in texts(own_files)
        for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []


def test_no_file_names_where_packages_come_from(own_files: list[Path]) -> None:
    found = [str(path) for path, text in texts(own_files) if REGISTRY_HOST.search(text)]
    assert found == []


def test_every_package_says_what_it_is_for(repository: Path) -> None:
    silent = [
        path.relative_to(repository).as_posix()
        for path in (repository / "src").rglob("__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_opens_without_the_heavy_libraries(room: str) -> None:
    """A command that only checks an agreement must start and end within 0.6 s."""
    program = (
        f"import sys, uphold.{room}; "
        f"print(*sorted(set({HEAVY!r}).intersection(sys.modules)), sep=',')"
    )
    opened = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert opened.stdout.strip() == ""
