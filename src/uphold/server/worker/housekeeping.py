"""What has to be tidied up from time to time."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from uphold.server import clock
from uphold.server.worker.kinds import Work, every
from uphold.server.worker.models import Beat

_DAY_US = 86_400_000_000


@every("housekeeping", 86_400)
def tidy(_: Work) -> None:
    """Removes sessions that have ended and workers long gone, and lets SQLite look at its plans."""
    SessionStore.clear_expired()
    Beat.objects.filter(last_us__lt=clock.now_us() - _DAY_US).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
