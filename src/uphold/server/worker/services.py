"""What the worker gives to other apps: queue what is due, say who does it, do it.

Rows are written in the caller's transaction. Each takes effect once, whatever is killed when.
"""

from uphold.server.worker.doing import work_due
from uphold.server.worker.kinds import Work, every, handles
from uphold.server.worker.queueing import queue, settle_rows, settle_subjects

__all__ = [
    "Work",
    "every",
    "handles",
    "queue",
    "settle_rows",
    "settle_subjects",
    "work_due",
]
