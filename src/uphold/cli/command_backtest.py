"""`uphold backtest`: what a draft would have made of past facts, beside what was in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.problem import nearest
from uphold.cli.columns import lined_up
from uphold.cli.figure_lines import length_of
from uphold.cli.judging import asked
from uphold.cli.loading import agreements
from uphold.cli.materials import gathered
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.settling import Settled, settled, settled_under
from uphold.cli.watching import Several, Watching
from uphold.engine.backtest import Comparison, Row, Side, compared, in_the_place_of
from uphold.engine.measure.json_values import seconds
from uphold.engine.money.currency import plain
from uphold.messages import Message, Money, Value, message
from uphold.worktime.durations import Elapsed

_NONE = "–"
_KINDS = ("clock", "availability", "credit")

MESSAGE_IDS = tuple(f"backtest.kind-{kind}" for kind in _KINDS)


def backtest(
    draft: str,
    /,
    *,
    against: Several,
    facts: Several = (),
    evidence: Several = (),
    window: str | None = None,
    instead_of: str | None = None,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    zone: str | None = None,
    watching: Watching = Watching(),  # noqa: B008 - frozen
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Judges past facts under a draft and under what was in force, and says what differs."""
    gathered((draft,), command="backtest")
    materials = gathered(against, facts, evidence, command="backtest", needs_evidence=True)
    question = asked(at, known, as_if_in_force, zone)
    before = settled(materials, question, watching, window)
    proposed = agreements((draft,), before.span(question.at))[0]
    name = _instead_of(proposed, before.agreements, instead_of)
    standing = in_the_place_of(proposed, before.agreements, name, _began(before, name))
    after = settled_under(standing, before.facts, before.evidence, question, window)
    found = compared(before.settlement, after, name)
    screen = Screen(shared, question.zone or before.zone)
    if shared.json:
        screen.json(_json(found, name))
    else:
        for line in _lines(screen, found, proposed, name):
            screen.result(line)
    mention(screen, before.problems)
    return FOUND if before.problems else FINE


def _instead_of(draft: Agreement, standing: Iterable[Agreement], given: str | None) -> str:
    """The name of the agreement that the draft stands in for; raises `Refusal`."""
    names = tuple(dict.fromkeys(each.name for each in standing))
    if given is not None:
        if given in names:
            return given
        near = nearest(given, names)
        raise Refusal(
            message("backtest.unknown", agreement=given),
            message("cli.nearest", names=(near,) if near else names),
        )
    if draft.name in names:
        return draft.name
    if len(names) == 1:
        return names[0]
    raise Refusal(
        message("backtest.which", draft=draft.name, names=names), message("backtest.which-form")
    )


def _began(before: Settled, name: str) -> int:
    """When the first revision of that agreement took effect, in microseconds."""
    every = before.settlement.evaluation.revisions
    return next(each.revisions[0][0] for each in every if each.name == name)


def _lines(screen: Screen, found: Comparison, draft: Agreement, name: str) -> Iterator[str]:
    title = message(
        "backtest.title", draft=draft.document.file, revision=str(draft.revision), name=name
    )
    yield screen.styled(screen.say(title), "bold")
    yield ""
    heads = (
        message("backtest.what"),
        message("backtest.judged"),
        message("backtest.missed"),
        message("backtest.not-owed"),
        message("backtest.excluded"),
        message("backtest.credited"),
    )
    rows = [("", *(screen.say(head) for head in heads))]
    for row in found.rows:
        rows.append(_cells(screen, row, row.before, message("backtest.in-force"), first=True))
        rows.append(_cells(screen, row, row.draft, message("backtest.draft"), first=False))

    def style(number: int, _: int, cell: str) -> str:
        if number == 0:
            return screen.styled(cell, "bold")
        differs = found.rows[(number - 1) // 2].differs
        return screen.styled(cell, "yellow") if differs and number % 2 == 0 else cell

    yield from lined_up(rows, right=(2, 3, 4, 5, 6), style=style)
    yield ""
    yield screen.say(sentence(found))


def _cells(screen: Screen, row: Row, side: Side, which: Message, *, first: bool) -> tuple[str, ...]:
    """One line of the table: what the term gave on one side."""
    kind = screen.say(Message(f"backtest.kind-{row.kind}"))
    credited: list[Value] = [Money(amount, unit) for unit, amount in sorted(side.credited.items())]
    credited += [_days(side.days)] if side.days else []
    return (
        f"{row.term} ({kind})" if first else "",
        screen.say(which),
        screen.reader.number(side.judged),
        _NONE if row.kind == "credit" else screen.reader.number(side.missed),
        screen.reader.number(side.not_owed),
        length_of(screen, side.excluded) if side.excluded else _NONE,
        screen.reader.list(tuple(credited)) if row.kind == "credit" and credited else _NONE,
    )


def sentence(found: Comparison) -> Message:
    """What the draft comes to, in one sentence."""
    changes = (*_misses(found), *_excluded(found), *_credited(found), *_unstated(found))
    if changes:
        return message("backtest.told", changes=changes)
    return message("backtest.as-much") if found.differs else message("backtest.same")


def _misses(found: Comparison) -> Iterator[Message]:
    if found.requests:
        count = abs(found.requests)
        more = message("backtest.requests-more", count=count)
        yield more if found.requests > 0 else message("backtest.requests-fewer", count=count)
    if found.others:
        count = abs(found.others)
        more = message("backtest.others-more", count=count)
        yield more if found.others > 0 else message("backtest.others-fewer", count=count)
    if found.windows:
        count = abs(found.windows)
        more = message("backtest.windows-more", count=count)
        yield more if found.windows > 0 else message("backtest.windows-fewer", count=count)


def _excluded(found: Comparison) -> Iterator[Message]:
    if found.excluded:
        length = Elapsed(abs(found.excluded))
        more = message("backtest.excluded-more", length=length)
        yield more if found.excluded > 0 else message("backtest.excluded-less", length=length)


def _credited(found: Comparison) -> Iterator[Message]:
    for currency, amount in sorted(found.credited.items()):
        yield _more_or_less(amount, Money(abs(amount), currency))
    if found.days:
        yield _more_or_less(found.days, _days(abs(found.days)))


def _days(count: Decimal) -> Message:
    return message("money.days", count=plain(Fraction(count)))


def _more_or_less(difference: Decimal, size: Value) -> Message:
    more = message("backtest.money-more", amount=size)
    return more if difference > 0 else message("backtest.money-less", amount=size)


def _unstated(found: Comparison) -> Iterator[Message]:
    if found.unstated:
        count = abs(found.unstated)
        more = message("backtest.unstated-more", count=count)
        yield more if found.unstated > 0 else message("backtest.unstated-fewer", count=count)


def _json(found: Comparison, name: str) -> dict[str, Any]:
    return {
        "agreement": name,
        "terms": [
            {
                "kind": row.kind,
                "term": row.term,
                "in_force": _side(row.before),
                "draft": _side(row.draft),
            }
            for row in found.rows
        ],
        "more_requests_missed": found.requests,
        "more_others_missed": found.others,
        "more_windows_missed": found.windows,
        "more_excluded_seconds": seconds(found.excluded),
        "more_credited": {currency: f"{amount:f}" for currency, amount in found.credited.items()},
        "more_days_credited": f"{found.days:f}",
        "more_without_amount": found.unstated,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "judged": side.judged,
        "missed": side.missed,
        "not_owed": side.not_owed,
        "excluded_seconds": seconds(side.excluded),
        "credited": {currency: f"{amount:f}" for currency, amount in side.credited.items()},
        "days_credited": f"{side.days:f}",
        "without_amount": side.unstated,
    }
