"""What the ledger's tests share."""

from __future__ import annotations

import pytest
from tests.server.ledger.told import RecordingProjector

from uphold.server.ledger import projecting


@pytest.fixture(autouse=True)
def recording(monkeypatch: pytest.MonkeyPatch) -> RecordingProjector:
    """The only projector there is, which notes what it is asked."""
    projector = RecordingProjector()
    monkeypatch.setattr(projecting, "_projectors", {projector.name: projector})
    return projector
