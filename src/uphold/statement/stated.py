"""The verdicts that a statement tells: those of one window, and what is open at its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uphold.agreement.agreement import Agreement
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.figure_json import figure_json, outage_json, question_json
from uphold.engine.measure.outage import Outage, Question
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.credit_json import credit_json
from uphold.engine.money.leaving import Right
from uphold.engine.money.right_json import right_json
from uphold.engine.verdict import Verdict
from uphold.facts.times import from_datetime
from uphold.statement.about import About
from uphold.statement.local_spans import LocalSpans

if TYPE_CHECKING:
    from uphold.engine.settle import Settlement

_OPEN = frozenset({CreditState.CLAIMABLE, CreditState.CLAIMED, CreditState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of one customer's window, in the order in which it is written.

    `verdicts` are of clocks, notices, judgements and keeping that ran in the window; `figures`
    those of windows that end in it, or run at its end; `outages` and `questions` that touch it;
    `credits` earned by windows that end in it, and earlier ones that are not settled.
    """

    verdicts: tuple[Verdict, ...]
    figures: tuple[Figure, ...]
    outages: tuple[Outage, ...]
    questions: tuple[Question, ...]
    credits: tuple[Credit, ...]
    rights: tuple[Right, ...]


def stated(settlement: Settlement, about: About) -> Stated:
    """The part of a settlement that the statement is about.

    Figures and credits are those of the window by the clocks of their own agreement or term.
    """
    spans = LocalSpans(about, settlement.evaluation.agreements)
    return Stated(
        tuple(each for each in settlement.evaluation.verdicts if _ran_in(each, about)),
        tuple(sorted(settlement.figures, key=lambda each: (each.key, each.agreement))),
        _once(each for each in settlement.outages if _concerns(each, about)),
        _once(each for each in settlement.questions if _touches(each.span, about)),
        tuple(
            sorted(
                (each for each in settlement.all_credits if _is_told(each, spans)),
                key=lambda each: (each.window.end, each.key, each.agreement),
            )
        ),
        settlement.rights,
    )


def stated_json(found: Stated, agreements: Iterable[Agreement]) -> dict[str, list[dict[str, Any]]]:
    """The verdicts as JSON values; each figure and credit in its own revision's zone."""
    by_revision = {(each.name, each.revision): each for each in agreements}
    *_, latest = by_revision.values()

    def revision(of: Figure | Credit | Right) -> Agreement:
        return by_revision[(of.agreement, of.revision)]

    return {
        "verdicts": [{"key": each.key, **each.to_json()} for each in found.verdicts],
        "figures": [figure_json(each, revision(each)) for each in found.figures],
        "outages": [outage_json(each, latest) for each in found.outages],
        "questions": [question_json(each, latest) for each in found.questions],
        "credits": [credit_json(each, revision(each)) for each in found.credits],
        "rights": [right_json(each, revision(each)) for each in found.rights],
    }


def _once(found: Iterable[Any]) -> tuple[Any, ...]:
    """Each once, in the order of time: two agreements may measure one service."""
    return tuple(sorted(set(found), key=lambda each: (each.span, each.service, repr(each))))


def _touches(span: tuple[int, int], about: About) -> bool:
    return span[0] < about.end and (span[1] > about.start or span[0] >= about.start)


def _concerns(outage: Outage, about: About) -> bool:
    """Whether it lay in the window and was not for other accounts alone."""
    named = set(outage.accounts)
    hit = not named or bool(outage.regions) or bool(named & set(about.accounts))
    return hit and _touches(outage.span, about)


def _is_told(credit: Credit, spans: LocalSpans) -> bool:
    start, end = spans.of(credit.window.zone)
    ends = credit.window.whole[1]
    return start < ends <= end or (ends <= start and credit.state in _OPEN)


def _ran_in(verdict: Verdict, about: About) -> bool:
    """Whether the promise ran at some time in the window; one without a start always counts."""
    if verdict.starts is None:
        return True
    lasted = verdict.stopped is None or from_datetime(verdict.stopped) >= about.start
    return lasted and from_datetime(verdict.starts) < about.end
