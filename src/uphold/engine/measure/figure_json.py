"""Figures, outages and questions as JSON values: for `--json`, for statements, for the server.

Times are RFC 3339 in the window's zone, lengths seconds, shares percentages as decimal text that
is cut off as the term says; beside those stands the exact share, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.engine.measure import json_values as written
from uphold.engine.measure.figure import BudgetAlert, Counted, Figure, cut_off
from uphold.engine.measure.outage import Outage, Question, Showing
from uphold.messages import Message
from uphold.worktime import CompiledCalendar


def figure_json(figure: Figure, agreement: Agreement) -> dict[str, Any]:
    """One figure; `agreement` is the revision that it names."""
    calendar = written.calendar_in(agreement, figure.window.zone)
    return {
        "key": figure.key,
        "service": figure.service,
        "account": figure.account,
        "customer": figure.customer,
        "window": written.window(calendar, figure.window),
        "target": None if figure.target is None else written.percentage(figure.target),
        "state": str(figure.state),
        "standing": figure.standing,
        "availability": _percent(figure.availability, figure.decimals),
        "lowest": _percent(figure.lowest, figure.decimals),
        "highest": _percent(figure.highest, figure.decimals),
        "coverage": _percent(figure.coverage, figure.decimals),
        "exact": {
            "availability": written.fraction(figure.availability),
            "lowest": written.fraction(figure.lowest),
            "highest": written.fraction(figure.highest),
            "coverage": written.fraction(figure.coverage),
        },
        **_lengths(figure),
        "outages": [_counted(outage, calendar) for outage in figure.outages],
        "questions": figure.questions,
        "alerts": [_alert(alert, calendar) for alert in figure.alerts],
        "agreement": figure.agreement,
        "revision": figure.revision,
        "term": figure.term,
        "clause": figure.clause,
        "because": _reasons(figure.because),
    }


def _lengths(figure: Figure) -> dict[str, Any]:
    """Every length of a figure, in seconds."""
    return {
        "owed_seconds": written.seconds(figure.owed),
        "downtime_seconds": written.seconds(figure.down),
        "unknown_seconds": written.seconds(figure.unknown),
        "excluded_seconds": written.seconds(sum(length for _, length in figure.excluded)),
        "excluded": [
            {"kind": kind, "seconds": written.seconds(length)} for kind, length in figure.excluded
        ],
        "budget_left_seconds": written.optional_seconds(figure.budget_left),
        "outages_counted": len(figure.counting),
        "longest_outage_seconds": written.optional_seconds(figure.longest),
        "time_to_restore_seconds": written.optional_seconds(figure.time_to_restore),
        "time_between_failures_seconds": written.optional_seconds(figure.time_between_failures),
    }


def outage_json(outage: Outage, agreement: Agreement) -> dict[str, Any]:
    """One outage of a service, in the agreement's zone."""
    calendar = agreement.always
    return {
        "service": outage.service,
        **written.span(calendar, outage.span),
        "length_seconds": written.seconds(outage.span[1] - outage.span[0]),
        "least": written.span(calendar, outage.least),
        "most": written.span(calendar, outage.most),
        "open": outage.open,
        "judged": outage.judged,
        "counted": outage.counted,
        "cause": outage.cause,
        "accounts": list(outage.accounts),
        "regions": list(outage.regions),
        "subject": outage.subject,
        "shown_by": [_showing(each, calendar) for each in outage.showings],
        "facts": list(outage.facts),
        "because": _reasons(outage.because),
    }


def question_json(question: Question, agreement: Agreement) -> dict[str, Any]:
    """One question to a person, with the evidence on each side, in the agreement's zone."""
    calendar = agreement.always
    return {
        "service": question.service,
        **written.span(calendar, question.span),
        "length_seconds": written.seconds(question.span[1] - question.span[0]),
        "asked": question.asked,
        "subject": question.subject,
        "shown_by": [_showing(each, calendar) for each in question.showings],
        "because": _reasons(question.because),
    }


def _counted(outage: Counted, calendar: CompiledCalendar) -> dict[str, Any]:
    return {
        **written.span(calendar, outage.span),
        "downtime_seconds": written.seconds(outage.down),
        "counted": outage.counted,
        "why": outage.why.to_json(),
        "cause": outage.cause,
        "subject": outage.subject,
    }


def _alert(alert: BudgetAlert, calendar: CompiledCalendar) -> dict[str, Any]:
    """A warning, spelt as those of clocks are."""
    return {
        "key": list(alert.key),
        "threshold": alert.threshold,
        "at": written.optional_instant(calendar, alert.at),
        "state": str(alert.state),
    }


def _showing(showing: Showing, calendar: CompiledCalendar) -> dict[str, Any]:
    return {
        "kind": showing.kind,
        "source": showing.source,
        "check": showing.check,
        **written.span(calendar, showing.span),
    }


def _percent(share: Fraction | None, decimals: int) -> str | None:
    return None if share is None else cut_off(share, decimals)


def _reasons(because: Iterable[Message]) -> list[dict[str, Any]]:
    return [reason.to_json() for reason in because]
