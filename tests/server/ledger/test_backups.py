"""A backup taken while others write, restored on either database, and rebuilt equal."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from tests.server.desk.house import at, make_house
from tests.server.ledger.conftest import VENDOR
from tests.server.ledger.installations import Installation, Installations
from tests.server.ledger.story import lived
from tests.server.ledger.told import opened

from uphold.server.ledger import services as ledger
from uphold.server.ledger.backing_up import backup, kept_models
from uphold.server.ledger.backup_file import BackupError
from uphold.server.ledger.erasing import erase_person
from uphold.server.ledger.models import Text
from uphold.server.ledger.restoring import restore
from uphold.server.worker.services import work_due

MOVES = (
    [("postgresql", "sqlite"), ("sqlite", "postgresql")]
    if VENDOR == "postgresql"
    else [("sqlite", "sqlite")]
)


@pytest.mark.parametrize(("source", "target"), MOVES)
def test_a_backup_under_writes_restores_whole_and_rebuilds_equal(
    source: str, target: str, installations: Installations, tmp_path: Path
) -> None:
    old, new, file = installations.new(source), installations.empty(target), tmp_path / "all"
    with old.inside(), at("2026-08-03T09:00:00+02:00"):
        house = make_house("biztek")
        lived(house)
    acknowledged, stop = threading.Semaphore(0), threading.Event()

    def write(writer: int) -> None:
        if writer == 0:
            try:
                _wait_for(acknowledged, 3)
                backup(file)
                _wait_for(acknowledged, 3)
            finally:
                stop.set()
            return
        while not stop.is_set():
            ledger.append_new(
                house.provider, "request", lambda name: [opened(name, customer="acme")]
            )
            acknowledged.release()

    old.in_threads(write, 3)
    with old.inside():
        before = ledger.facts_since(house.provider, 0)
    with new.inside():
        restore(file)
        there = ledger.facts_since(house.provider, 0)
        assert 16 < len(there) < len(before)
        assert there == before[: len(there)]
        rebuilt = ledger.rebuild(house.provider)
        assert rebuilt.differences == ()
        assert rebuilt.subjects > 6
        digests = [str(fact.written["written"]) for _, fact in there if "written" in fact.written]
        assert list(ledger.texts(house.provider, digests).values()) == ["It prints blanks again."]
        assert get_user_model().objects.get(key="acme-user").email == "acme-user@example.org"
        goes_on = ledger.append_new(house.provider, "request", lambda name: [opened(name)])
        assert goes_on.position == len(there) + 1
        work_due()


def _wait_for(acknowledged: threading.Semaphore, count: int) -> None:
    for _ in range(count):
        assert acknowledged.acquire(timeout=30)


@pytest.fixture(scope="module")
def lives() -> list[tuple[Installation, bytes]]:
    """One installation that tests of this module read, with its backup, once one has made it."""
    return []


@pytest.fixture
def small(
    lives: list[tuple[Installation, bytes]],
    installations: Installations,
    vendor: str,
    tmp_path: Path,
) -> Iterator[Path]:
    """The backup of a desk that has lived; the test is inside that installation."""
    file = tmp_path / "small"
    if not lives:
        own = installations.new(vendor)
        with own.inside(), at("2026-08-03T09:00:00+02:00"):
            lived(make_house("biztek"))
            backup(file)
        lives.append((own, file.read_bytes()))
    own, content = lives[0]
    file.write_bytes(content)
    with own.inside():
        yield file


def test_every_table_comes_back_as_it_was(
    small: Path, installations: Installations, vendor: str
) -> None:
    before = _everything()
    with installations.new(vendor).inside():
        restore(small)
        assert _everything() == before
        again = small.with_name("again")
        backup(again)
        lines = [gzip.decompress(each.read_bytes()).splitlines() for each in (small, again)]
        assert lines[0][1:-1] == lines[1][1:-1]


def _everything() -> dict[str, list[object]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in kept_models()
    }


def test_a_backup_holds_every_table_of_ours(small: Path) -> None:
    ours = {model._meta.db_table for model in apps.get_models() if "uphold" in model.__module__}
    kept = {model._meta.db_table for model in kept_models()}
    assert ours - kept == {"ledger_staged"}


def test_a_backup_is_for_its_owners_eyes(small: Path) -> None:
    again = small.with_name("again")
    backup(again)
    assert again.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in small.parent.iterdir()) == ["again", "small"]


@pytest.mark.parametrize("damage", ["cut", "changed", "heading", "foreign", "missing"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_restored(
    small: Path, damage: str, installations: Installations, vendor: str
) -> None:
    whole = small.read_bytes()
    told = {
        "cut": (whole[: len(whole) // 2], "ledger.backup-damaged"),
        "changed": (
            gzip.compress(gzip.decompress(whole).replace(b"blanks", b"blonks")),
            "ledger.backup-damaged",
        ),
        "heading": (
            gzip.compress(gzip.decompress(whole).replace(b'"migrations"', b'"migrat1ons"')),
            "ledger.backup-damaged",
        ),
        "foreign": (gzip.compress(b'{"format": "other"}\n'), "ledger.backup-foreign"),
        "missing": (b"", "ledger.backup-unreadable"),
    }
    content, said = told[damage]
    small.write_bytes(content)
    if damage == "missing":
        small.unlink()
    with installations.new(vendor).inside(), pytest.raises(BackupError) as refused:
        restore(small)
    assert refused.value.said.id == said


def test_a_backup_goes_into_an_empty_installation_alone(small: Path) -> None:
    before = _everything()
    with pytest.raises(BackupError) as refused:
        restore(small)
    assert refused.value.said.id == "ledger.restore-filled"
    assert _everything() == before


def test_a_backup_from_a_newer_version_is_refused(
    small: Path, installations: Installations, vendor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "uphold.server.ledger.backing_up._migrations", lambda: {"ledger": ("0999_later",)}
    )
    newer = small.with_name("newer")
    backup(newer)
    with installations.new(vendor).inside(), pytest.raises(BackupError) as refused:
        restore(newer)
    assert refused.value.said.id == "ledger.backup-newer"
    assert refused.value.said.data["names"] == ("ledger.0999_later",)


def test_what_was_erased_before_is_in_no_backup(
    small: Path, installations: Installations, vendor: str
) -> None:
    assert b"blanks" in gzip.decompress(small.read_bytes())
    later = small.with_name("later")
    with installations.new(vendor).inside():
        restore(small)
        erase_person(Text.objects.get().provider_id, "acme-user")
        backup(later)
    assert b"blanks" not in gzip.decompress(later.read_bytes())
    assert b"acme-user@example.org" not in gzip.decompress(later.read_bytes())
