"""Two summed runs, or a run and a look, that cannot both be true as they stand."""

from __future__ import annotations

from uphold.facts.evidence.run import Run
from uphold.facts.problems import Problem
from uphold.facts.times import to_datetime
from uphold.messages import Message, Reader, message


class EvidenceConflict(ValueError):
    """Evidence was summed up too early to be joined; `problem` says what meets what, and when.

    A summed run says when its first and its last look were, not when those between. So a look
    that saw something else cannot be put among them, nor can two runs that overlap be sorted out.
    The looks they were summed up from can.
    """

    def __init__(self, one: Run, other: Run) -> None:
        self.problem = Problem(
            "evidence-conflict",
            message(
                "problem.evidence-conflict",
                kind=one.kind,
                source=one.source,
                check=one.check,
                one=_told(one),
                other=_told(other),
            ),
            message("hint.evidence-conflict"),
        )
        super().__init__(self.problem.text(Reader("en")))


def _told(run: Run) -> Message:
    return message(
        "evidence.run",
        state=run.state,
        first=to_datetime(run.first),
        last=to_datetime(run.last),
        count=run.count,
    )
