"""The front page: its Python runs, its pictures are what the commands print."""

import re
import runpy
from pathlib import Path

import pytest

from uphold.server.demo.world import HOUSES

ROOT = Path(__file__).parents[2]
FACTS = """\
{"type":"request.opened","at":"2025-03-10T08:00:00+01:00","subject":"request:1","priority":"1"}
"""


def test_the_python_of_the_front_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    (tmp_path / "agreements").symlink_to(ROOT / "agreements")
    (tmp_path / "facts.jsonl").write_text(FACTS, "utf-8")
    (tmp_path / "program.py").write_text(program, "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("program.py")
    assert "request:1/response missed 2025-03-10 09:00:00+01:00" in capsys.readouterr().out


def test_whom_the_front_page_sends_readers_to_be_are_in_the_demo() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    named = re.findall(r"^\| ([^,|]+), ([^|]+) (?:at|of) ([^|]+) \|", page, re.MULTILINE)
    offered = {
        (somebody.name, place, str(role))
        for house in HOUSES
        for party, somebody in house.everybody()
        if somebody.tries
        for place in (party.name if party else house.name, house.name)
        for role in (*somebody.roles, "customer" if party else "")
    }
    assert len(named) >= 5
    assert {(name, place, role) for name, role, place in named} - offered == set()


@pytest.mark.parametrize("picture", ["clocks.svg", "explain.svg"])
def test_the_pictures_are_what_the_commands_print(picture: str, tmp_path: Path) -> None:
    pictures = runpy.run_path(str(ROOT / "tools" / "pictures.py"))
    pictures["save_guide"](tmp_path)
    command = pictures["COMMANDS"][picture]
    drawn = pictures["drawn"](command, pictures["printed"](command, tmp_path))
    assert (ROOT / "docs" / "pictures" / picture).read_text("utf-8") == drawn, "make pictures"
