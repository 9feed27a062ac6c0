"""Whether all that a statement says follows from what it rests on; the first that does not."""

from __future__ import annotations

from collections import Counter
from typing import Any

from uphold.messages import Message, message
from uphold.statement.changes import changes_between
from uphold.statement.differing import Unlike, first_unlike
from uphold.statement.errors import StatementError
from uphold.statement.form import FOLLOWING, Statement
from uphold.statement.indexing import verdict_name
from uphold.statement.parts_named import thing_words
from uphold.statement.recomputing import NotComputableError, Recomputed, recompute
from uphold.statement.verification import Difference, Kind
from uphold.worktime import CalendarError

_LISTS = ("figures", "credits", "outages", "questions", "verdicts", "rights")


def recomputed_difference(
    statement: Statement, restated: Statement | None = None
) -> Difference | None:
    """The first difference between what is written and what follows; None if all follows.

    With the statement that this one states anew, what changed is worked out again too.
    """
    try:
        recomputed = recompute(statement)
    except NotComputableError as error:
        return Difference(Kind.NOT_COMPUTABLE, error.message, error.part, error.name)
    except StatementError as error:
        return Difference(Kind.NOT_COMPUTABLE, error.message, "facts")
    except (CalendarError, ValueError) as error:
        said = message("statement.not-computable", why=str(error))
        return Difference(Kind.NOT_COMPUTABLE, said)
    found = _verdicts(statement.parts["verdicts"], recomputed.parts["verdicts"])
    return found or _other_parts(statement, recomputed) or _restatement(statement, restated)


def _verdicts(found: dict[str, Any], recomputed: dict[str, Any]) -> Difference | None:
    """The first verdict that does not follow, figures first."""
    for kind in (*_LISTS, *sorted(set(found) - set(_LISTS))):
        ours, theirs = recomputed.get(kind), found.get(kind)
        if ours == theirs:
            continue
        if not isinstance(theirs, list) or not isinstance(ours, list):
            return _not_following("verdicts", kind, first_unlike(theirs, ours))
        following = {verdict_name(kind, each): each for each in ours}
        stated = [verdict_name(kind, each) for each in theirs]
        times = Counter(stated)
        for name, each in zip(stated, theirs, strict=True):
            if name not in following:
                thing = thing_words("verdicts", name)
                return _of(message("statement.verdict-extra", thing=thing), name)
            unlike = first_unlike(each, following[name])
            if unlike is not None and times[name] == 1:
                return _not_following("verdicts", name, unlike)
        for name in following:
            if name not in times:
                thing = thing_words("verdicts", name)
                return _of(message("statement.verdict-missing", thing=thing), name)
        return _not_following("verdicts", kind, first_unlike(theirs, ours))
    return None


def _of(said: Message, name: str) -> Difference:
    return Difference(Kind.RECOMPUTED, said, "verdicts", name)


def _other_parts(statement: Statement, recomputed: Recomputed) -> Difference | None:
    for part in FOLLOWING:
        unlike = first_unlike(statement.parts[part], recomputed.parts[part])
        if unlike is not None:
            return _not_following(part, part, unlike)
    return None


def _restatement(statement: Statement, restated: Statement | None) -> Difference | None:
    """Whether the changes that are told are those since the statement that is stated anew."""
    if restated is None:
        return None
    told = statement.parts["restates"] or {}
    changes = changes_between(restated, statement.parts)
    unlike = first_unlike(told.get("changes"), changes)
    return None if unlike is None else _not_following("restates", "changes", unlike)


def _not_following(part: str, name: str, unlike: Unlike | None) -> Difference:
    field, found, recomputed = (
        (unlike.field, unlike.found, unlike.recomputed) if unlike else ("", "", "")
    )
    thing = thing_words(part, name)
    said = message(
        "statement.not-following", thing=thing, field=field, found=found, recomputed=recomputed
    )
    return Difference(Kind.RECOMPUTED, said, part, name, field)
