"""The app's own due work: answers whose time is over are deleted."""

from __future__ import annotations

from uphold.server import clock
from uphold.server.api.models import KeptAnswer
from uphold.server.worker.services import Work, every


@every("api.forget", 3600)
def forget(_work: Work) -> None:
    """Deletes the answers whose time is over."""
    KeptAnswer.objects.filter(expires_us__lte=clock.now_us()).delete()
