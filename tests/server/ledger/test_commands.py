"""The ledger's commands, as they are called: what they print, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.server.desk.house import at, make_house
from tests.server.ledger.installations import Installations
from tests.server.ledger.story import lived

from uphold.cli.refusal import Refusal
from uphold.server.commands.backup import backup
from uphold.server.commands.erase import erase
from uphold.server.commands.rebuild import rebuild
from uphold.server.commands.restore import restore
from uphold.server.desk.models import Thing
from uphold.server.ledger.models import Text


def test_an_installation_is_saved_moved_proved_and_forgets(
    installations: Installations,
    vendor: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    file = tmp_path / "all.backup"
    with installations.new(vendor).inside(), at("2026-08-03T09:00:00+02:00"):
        lived(make_house("biztek"))
        assert backup(file) == 0
    rows = capsys.readouterr().out.split()[0]
    with installations.new(vendor).inside():
        assert restore(file) == 0
        assert capsys.readouterr().out == f"{rows} rows were restored from {file}.\n"
        with pytest.raises(Refusal) as filled:
            restore(file)
        assert filled.value.said is not None
        assert filled.value.said.id == "ledger.restore-filled"

        assert rebuild() == 0
        assert capsys.readouterr().out == "biztek: 6 things made again, all equal to before.\n"
        Thing.objects.filter(subject="request:1").update(state="lost")
        assert rebuild() == 1
        told = capsys.readouterr()
        assert told.err == 'request:1 (desk), thing.state: was "lost", is "resolved" by the facts\n'
        assert told.out.startswith("biztek: 1 thing came out otherwise than it was")

        assert erase("Acme-User@example.org") == 0
        assert capsys.readouterr().out == "acme-user is forgotten; 1 text was emptied.\n"
        assert list(Text.objects.values_list("content", flat=True)) == [""]
        with pytest.raises(Refusal) as unknown:
            erase("nobody@example.org")
        assert unknown.value.said is not None
        assert unknown.value.said.id == "ledger.person-unknown"
