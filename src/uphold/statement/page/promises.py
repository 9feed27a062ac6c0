"""The section on promises of time: how many were kept, and each that was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uphold.engine.verdict import OPEN_STATES, State, Verdict
from uphold.engine.words import standing_words
from uphold.facts.times import from_datetime
from uphold.messages import message
from uphold.statement.page.bar import KEPT, MISSED, UNKNOWN, bar
from uphold.statement.page.book import Book
from uphold.statement.page.markup import NOTHING, Content, Html, element, together
from uphold.statement.page.parts import row, section, state_mark, table, when
from uphold.statement.page.teller import NONE
from uphold.statement.recomputing import Recomputed

_TO_OTHERS = frozenset({"internal", "supplier"})
_NOT_DUE = frozenset({State.NOT_OWED, State.CANCELLED})
_TOLD = frozenset({State.MISSED, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Tally:
    """One promise with how many times it came to what."""

    verdict: Verdict
    states: Counter[State]

    @property
    def open(self) -> int:
        """How many are not decided yet."""
        return sum(self.states[state] for state in OPEN_STATES)

    @property
    def not_due(self) -> int:
        """How many nothing came of."""
        return sum(self.states[state] for state in _NOT_DUE)


def promised(found: Recomputed) -> tuple[Verdict, ...]:
    """The verdicts on what the customer was promised: no internal targets, no suppliers'."""
    return tuple(each for each in found.stated.verdicts if each.standing not in _TO_OTHERS)


def promises(book: Book, found: Recomputed) -> Html:
    """The section; nothing where no promise ran."""
    verdicts, teller = promised(found), book.teller
    if not verdicts:
        return NOTHING
    told = [each for each in verdicts if each.state in _TOLD]
    return section(
        "promises",
        teller.say(message("sheet.promises")),
        _tallies(book, tallies(verdicts)),
        _misses(book, told) if told else NOTHING,
    )


def tallies(verdicts: Iterable[Verdict]) -> tuple[Tally, ...]:
    """The promises in the order of their names, each with its counts."""
    found: dict[tuple[str, str], Tally] = {}
    for verdict in verdicts:
        key = (verdict.agreement, verdict.clock)
        tally = found.setdefault(key, Tally(verdict, Counter()))
        tally.states[verdict.state] += 1
    return tuple(found[key] for key in sorted(found))


def _tallies(book: Book, found: Sequence[Tally]) -> Html:
    """How each promise came out; columns of noughts are left away."""
    teller = book.teller
    columns = [
        (message("sheet.column-kept"), [each.states[State.MET] for each in found], True),
        (message("sheet.column-missed"), [each.states[State.MISSED] for each in found], True),
        (message("sheet.column-unknown"), [each.states[State.UNKNOWN] for each in found], False),
        (message("sheet.column-open"), [each.open for each in found], False),
        (message("sheet.column-not-due"), [each.not_due for each in found], False),
    ]
    shown = [(head, counts) for head, counts, always in columns if always or any(counts)]
    numbers = range(1, len(shown) + 1)
    heads = [message("sheet.column-promise"), *(head for head, _ in shown)]
    rows = (
        row(
            _promise(book, tally),
            *(teller.reader.number(counts[place]) for _, counts in shown),
            _bar(tally),
            numbers=numbers,
        )
        for place, tally in enumerate(found)
    )
    caption = teller.say(message("sheet.promises-caption"))
    return table(teller, caption, [*heads, message("sheet.column-share")], rows, numbers=numbers)


def _bar(tally: Tally) -> Html:
    states = tally.states
    counts = (
        (KEPT, states[State.MET]),
        (MISSED, states[State.MISSED]),
        (UNKNOWN, states[State.UNKNOWN]),
    )
    return bar(counts) if any(count for _, count in counts) else Html(NONE)


def _promise(book: Book, tally: Tally) -> Content:
    """A promise's name, its clause, and how binding it is where it is not simply a promise."""
    verdict, teller = tally.verdict, book.teller
    link = book.clause_link((verdict.agreement, verdict.revision), verdict.clause)
    standing = standing_words(verdict)
    return together(
        verdict.clock,
        element("span", link, class_="under") if link else NOTHING,
        element("span", teller.say(standing), class_="under") if standing else NOTHING,
    )


def _misses(book: Book, told: Sequence[Verdict]) -> Html:
    """Each miss, and each promise of which nobody can know."""
    teller = book.teller
    heads = (
        message("sheet.column-subject"),
        message("sheet.column-promise"),
        message("sheet.column-due"),
        message("sheet.column-done"),
        message("sheet.column-late"),
        message("sheet.column-state"),
    )
    rows = (_miss(book, each) for each in sorted(told, key=_order))
    caption = teller.say(message("sheet.misses-caption"))
    title = teller.say(message("sheet.misses"))
    return together(element("h3", title), table(teller, caption, heads, rows, numbers=(4,)))


def _order(verdict: Verdict) -> tuple[bool, int, str]:
    """Misses by their due time; what is unknown comes behind them."""
    due = 0 if verdict.due is None else from_datetime(verdict.due)
    return verdict.state is not State.MISSED, due, verdict.key


def _miss(book: Book, verdict: Verdict) -> Html:
    teller = book.teller
    cycle = "" if verdict.cycle == 1 else f" / {verdict.cycle}"
    title = f"{verdict.subject}{cycle}: {verdict.clock}"
    of = (verdict.agreement, verdict.revision)
    mark = book.note(title, of, verdict.because, clause=verdict.clause)
    return row(
        when(verdict.subject, mark),
        f"{verdict.clock}{cycle}",
        NONE if verdict.due is None else when(teller.moment(verdict.due)),
        NONE if verdict.stopped is None else when(teller.moment(verdict.stopped)),
        _late(book, verdict),
        state_mark(teller, verdict.state),
        numbers=(4,),
    )


def _late(book: Book, verdict: Verdict) -> str:
    """How late it was, in the hours that the promise counts in."""
    if verdict.state is not State.MISSED:
        return NONE
    if verdict.left_us is not None and verdict.left_us < 0:
        return book.teller.length(-verdict.left_us)
    if verdict.due is not None and verdict.stopped is not None and verdict.stopped > verdict.due:
        return book.teller.length(from_datetime(verdict.stopped) - from_datetime(verdict.due))
    return NONE
