"""What the ledger's tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.server.ledger.installations import Installations
from tests.server.ledger.told import RecordingProjector

from uphold.server.ledger import projecting

VENDOR = os.environ.get("UPHOLD_TEST_DATABASE") or "sqlite"


@pytest.fixture
def recording(monkeypatch: pytest.MonkeyPatch) -> RecordingProjector:
    """The only projector there is, which notes what it is asked."""
    projector = RecordingProjector()
    monkeypatch.setattr(projecting, "_projectors", {projector.name: projector})
    return projector


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Installations:
    return Installations(tmp_path_factory.mktemp("installations"))


@pytest.fixture
def installations(_made: Installations, django_db_blocker: Any) -> Iterator[Installations]:
    """Installations of the test's own, with databases that it may commit to."""
    with django_db_blocker.unblock():
        yield _made


@pytest.fixture
def vendor() -> str:
    """The database that this run of the suite is about."""
    return VENDOR
