"""What an agreement says against an action, read off the engine's verdicts on its facts.

Nothing is judged here. A decision that a clause does not permit, or that lacks what the clause says
must be recorded with it, has a missed verdict; its reasons tell the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from uphold.agreement.terms.promise import JudgementTerm
from uphold.engine.permission import field_name
from uphold.engine.verdict import State, Verdict
from uphold.facts import Fact
from uphold.messages import message
from uphold.server.desk.judging import Judged
from uphold.server.desk.shapes import Field, Wrong
from uphold.server.desk.vocabulary import cause_word


def refusals(
    after: Judged, subject: str, facts: Collection[Fact], fields: Collection[Field]
) -> tuple[Wrong, ...]:
    """What the agreement has against the facts, each at the field of the form it is about."""
    new = {fact.id for fact in facts}
    names = {field.name for field in fields}
    found = [
        wrong
        for verdict in after.verdicts(subject)
        if verdict.state is State.MISSED and _decides(after, verdict, new)
        for wrong in _wrongs(verdict, after.heading(verdict), names)
    ]
    return tuple(dict.fromkeys(found))


def _decides(after: Judged, verdict: Verdict, new: Collection[str]) -> bool:
    """Whether the verdict is on a decision that one of the new facts records."""
    term = after.revision(verdict).term(verdict.clock)
    return isinstance(term, JudgementTerm) and any(
        reason.id == "reason.decided" and reason.data.get("fact") in new
        for reason in verdict.because
    )


def _wrongs(verdict: Verdict, clause: str, names: Collection[str]) -> Iterator[Wrong]:
    for reason in verdict.because:
        if reason.id == "reason.lacks":
            lacks = reason.data["lacks"]
            assert isinstance(lacks, tuple)
            for each in map(str, lacks):
                field = field_name(each)
                told = message("desk.wrong-lacks", what=each, clause=clause)
                yield Wrong(field if field in names else "", told)
        elif reason.id == "reason.not-awaited":
            cause = cause_word(str(reason.data["cause"]))
            yield Wrong("", message("desk.wrong-not-awaited", cause=cause, clause=clause))
