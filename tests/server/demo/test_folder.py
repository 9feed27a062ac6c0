"""Where the demo may be kept: a folder of its own that is marked, and no other database."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from uphold.cli.refusal import Refusal
from uphold.server.demo.apps import DemoConfig
from uphold.server.demo.folder import MARK, SETTINGS, is_marked, prepare
from uphold.server.demo.greeting import is_local


def test_a_new_folder_is_marked_and_the_demos_settings_are_set(tmp_path: Path) -> None:
    environ = {"UPHOLD_DATA": str(tmp_path / "new")}
    folder = prepare(environ, "127.0.0.1:9000")
    assert is_marked(folder)
    assert environ == {
        "UPHOLD_DATA": str(tmp_path / "new"),
        "UPHOLD_BIND": "127.0.0.1:9000",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }


def test_a_folder_with_a_real_installation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uphold.sqlite3").touch()
    with pytest.raises(Refusal, match=r"demo\.not-a-demo"):
        prepare({"UPHOLD_DATA": str(tmp_path)})
    assert not is_marked(tmp_path)


def test_a_second_start_takes_the_folder_again(tmp_path: Path) -> None:
    prepare({"UPHOLD_DATA": str(tmp_path)})
    (tmp_path / "uphold.sqlite3").touch()
    assert prepare({"UPHOLD_DATA": str(tmp_path)}) == tmp_path


def test_another_database_is_refused(tmp_path: Path) -> None:
    environ = {"UPHOLD_DATA": str(tmp_path), "UPHOLD_DATABASE": "postgresql://u:p@h/db"}
    with pytest.raises(Refusal, match=r"demo\.own-database"):
        prepare(environ)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match=r"running\.folder-unwritable"):
        prepare({"UPHOLD_DATA": str(tmp_path / "file" / "below")})


def test_the_demos_settings_refuse_a_folder_without_the_mark() -> None:
    with pytest.raises(ImproperlyConfigured, match=MARK):
        importlib.import_module(SETTINGS)


def test_the_switch_refuses_to_be_part_of_another_server() -> None:
    with pytest.raises(ImproperlyConfigured, match="without a password"):
        DemoConfig.create("uphold.server.demo").ready()


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("demo", False)],
)
def test_others_reach_all_but_local_addresses(host: str, local: bool) -> None:
    assert is_local(host) is local
