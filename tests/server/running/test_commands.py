"""The server's commands beside the others: found, spelt, described in five languages, refused."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from uphold.cli import main
from uphold.cli.commands import COMMANDS as OTHERS
from uphold.cli.commands import GROUP, every_command
from uphold.messages import LANGUAGES
from uphold.server.commands import COMMANDS
from uphold.server.running import starting

NAMES = [command.name for command in COMMANDS]


def test_the_command_line_finds_them_by_their_entry_point() -> None:
    assert [point.value for point in entry_points(group=GROUP)] == [
        "uphold.server.commands:COMMANDS"
    ]
    assert list(every_command()) == [*OTHERS, *NAMES]


def test_the_table_and_a_commands_help_need_nothing_of_the_server() -> None:
    program = (
        "import sys; from uphold.cli import main; from uphold.server.commands import COMMANDS\n"
        "for each in COMMANDS: main([each.name, '--help'])\n"
        "assert not {'django', 'granian', 'ninja'} & set(sys.modules), 'the server was imported'"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_page_of_help_in_every_language(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NAMES:
        assert main([name, "--help", "--lang", language]) == 0
        shown = capsys.readouterr().out
        assert f"uphold {name}" in shown
        assert not any(f"[{room}." in shown for room in ("help", "about", "option", "cli"))


def test_a_slip_of_the_finger_is_told_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sreve", "--lang", "en"]) == 2
    assert "Perhaps serve was meant." in capsys.readouterr().err


@pytest.mark.parametrize("name", ["serve", "worker", "setup-link", "rebuild"])
def test_without_the_servers_libraries_it_says_what_to_install(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda _: None)
    assert main([name, "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "The server's libraries are not installed." in told
    assert "pip install 'uphold[server]'" in told
