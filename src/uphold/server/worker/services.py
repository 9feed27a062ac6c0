"""What the worker gives to other apps: queue what is due, say who does it, do it.

Rows are written in the caller's transaction. Each takes effect once, whatever is killed when.
"""

from uphold.server.worker.doing import work_due
from uphold.server.worker.kinds import Work, every, handles
from uphold.server.worker.loop import (
    is_anybody_working,
    last_beat_us,
    parked_again,
    run_worker,
    waiting,
)
from uphold.server.worker.queueing import queue, settle_rows, settle_subjects
from uphold.server.worker.waking import poke

__all__ = [
    "Work",
    "every",
    "handles",
    "is_anybody_working",
    "last_beat_us",
    "parked_again",
    "poke",
    "queue",
    "run_worker",
    "settle_rows",
    "settle_subjects",
    "waiting",
    "work_due",
]
