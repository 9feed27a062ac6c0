"""A story laid out for people: the facts, the words, the time counted, the verdict."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from uphold.agreement.agreement import Agreement
from uphold.cli.columns import lined_up, width
from uphold.cli.screen import Screen
from uphold.cli.stretches import between
from uphold.engine.alert import AlertState
from uphold.engine.explain import READING, Story, Words
from uphold.engine.verdict import State, Verdict
from uphold.engine.words import standing_words, state_words
from uphold.facts.fact import Fact
from uphold.facts.table import BY_NAME
from uphold.facts.types import Kind
from uphold.messages import Message, message
from uphold.worktime.durations import Elapsed

_STRETCH = "reason.stretch"
_STYLES: dict[State, str] = {
    State.MISSED: "red",
    State.MET: "green",
    State.HELD: "yellow",
}
_LONGEST_VALUE = 60
_NARROWEST = 24

Shown = set[tuple[str, int, str]]
"""Whose words were told: agreement and revision, and the clause with the terms that rest on it."""


def fact_lines(
    screen: Screen, subject: str, facts: Sequence[Fact], named: frozenset[str]
) -> Iterator[str]:
    """The facts of a thing in order; those that a reason names bear a mark."""
    yield screen.styled(screen.say(message("explain.facts", subject=subject)), "bold")
    rows = [
        ("•" if fact.id in named else " ", screen.reader.value(fact.at), fact.type)
        for fact in facts
    ]
    begins = lined_up(rows)
    room = max(_NARROWEST, screen.width - max(map(width, begins), default=0) - 6)
    for row, begin, fact in zip(rows, begins, facts, strict=True):
        first, *more = textwrap.wrap(
            _data(screen, subject, fact), room, break_on_hyphens=False
        ) or [""]
        blank = " " * (max(map(width, begins)) - width(begin))
        lines = [f"  {begin}{blank}  {first}".rstrip()]
        lines += [" " * (max(map(width, begins)) + 4) + each for each in more]
        for line in lines:
            yield line if row[0] == "•" else screen.styled(line, "dim")
    if named:
        yield screen.styled(f"  {screen.say(message('explain.mark'))}", "dim")


def _data(screen: Screen, subject: str, fact: Fact) -> str:
    """What the fact says beside its type and time; what it is about, if it is another thing."""
    about = () if fact.subject == subject else (screen.reader.value(fact.subject),)
    said = (
        f"{name} {_value(screen, _time(fact, name) or value)}" for name, value in fact.data.items()
    )
    return ", ".join((*about, *said))


def _time(fact: Fact, name: str) -> datetime | None:
    """The value of a field that holds a time."""
    field = BY_NAME[fact.type].field(name)
    return fact.time(name) if field is not None and field.kind is Kind.TIME else None


def _value(screen: Screen, value: object) -> str:
    if isinstance(value, datetime):
        return screen.reader.value(value)
    if isinstance(value, bool):
        return screen.reader.value(value)
    if isinstance(value, list | tuple):
        return screen.reader.list([str(each) for each in value])
    text = screen.reader.value(str(value))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def story_lines(screen: Screen, story: Story, shown: Shown) -> Iterator[str]:
    """One story; clauses whose words an earlier one has `shown` are only named."""
    verdict = story.verdict
    yield _title(screen, verdict)
    yield screen.styled(f"  {screen.say(source_of(story.agreement))}", "dim")
    yield from ground_lines(screen, story.agreement, story.words, verdict.because, shown)
    yield ""
    for line in _verdict(screen, verdict):
        yield f"  {line}"
    yield f"  {screen.styled(_zones(screen, story), 'dim')}"


def _title(screen: Screen, verdict: Verdict) -> str:
    state = screen.say(state_words(verdict.state))
    colour = _STYLES.get(verdict.state)
    shown = screen.styled(state, "bold", colour) if colour else screen.styled(state, "bold")
    return f"{screen.styled(screen.reader.value(verdict.key), 'bold')}  {shown}"


def source_of(agreement: Agreement) -> Message:
    """Which page it is: its title, who provides, and its revision."""
    return message(
        "explain.source",
        title=agreement.title or agreement.name,
        provider=agreement.provider,
        revision=str(agreement.revision),
    )


def ground_lines(
    screen: Screen,
    agreement: Agreement,
    words: Iterable[Words],
    because: Sequence[Message],
    shown: Shown,
) -> Iterator[str]:
    """The words of clauses, the reasons in order, and what the text leaves open.

    Clauses whose words something earlier has `shown` are only named.
    """
    for each in words:
        key = (agreement.name, agreement.revision, f"{each.anchor} {each.terms}")
        yield ""
        yield from _words(screen, each, again=key in shown)
        shown.add(key)
    yield ""
    yield from _reasons(screen, [reason for reason in because if reason.id != READING])
    yield from _readings(screen, [reason for reason in because if reason.id == READING])


def _words(screen: Screen, words: Words, again: bool) -> Iterator[str]:
    """A clause: its heading, and unless it was told before, its words and the quotes."""
    heading = screen.reader.value(words.heading) or words.anchor
    yield f"  {screen.styled(heading, 'bold')}  {screen.styled(f'#{words.anchor}', 'dim')}"
    if again:
        return
    yield from wrapped(screen, screen.reader.value(words.text), "    ")
    if words.quotes:
        names = screen.reader.list(words.terms)
        yield ""
        yield f"    {screen.styled(screen.say(message('explain.rests-on', terms=names)), 'dim')}"
        for quote in words.quotes:
            yield from wrapped(screen, f"» {screen.reader.value(quote)}", "    ")


def _readings(screen: Screen, readings: Sequence[Message]) -> Iterator[str]:
    """What the text leaves open, and how it was settled; nothing where there is none."""
    if not readings:
        return
    yield ""
    yield f"  {screen.styled(screen.say(message('explain.readings')), 'bold')}"
    for reading in readings:
        yield from wrapped(screen, f"– {_text(reading)}", "    ")


def _reasons(screen: Screen, reasons: Sequence[Message]) -> Iterator[str]:
    """The reasons in order; stretches of time in columns, with a running total."""
    yield f"  {screen.styled(screen.say(message('explain.how')), 'bold')}"
    for is_stretch, group in groupby(reasons, key=lambda reason: reason.id == _STRETCH):
        if is_stretch:
            yield from _stretches(screen, list(group))
        else:
            for reason in group:
                yield from wrapped(screen, screen.say(reason), "    ")


def _stretches(screen: Screen, stretches: Sequence[Message]) -> Iterator[str]:
    rows = []
    before = 0
    for stretch in stretches:
        length, total = stretch.data["length"], stretch.data["total"]
        start, end = stretch.data["start"], stretch.data["end"]
        assert isinstance(length, Elapsed) and isinstance(total, Elapsed)
        assert isinstance(start, datetime) and isinstance(end, datetime)
        if before + length.us != total.us:
            rows.append(("…", "", ""))
        before = total.us
        rows.append(
            (
                between(screen.reader, start, end),
                screen.reader.span(length.us),
                f"({screen.reader.span(total.us)})",
            )
        )
    for line in lined_up(rows, right=(1, 2)):
        yield f"      {line}"


def _verdict(screen: Screen, verdict: Verdict) -> Iterator[str]:
    """The verdict's own figures, a line each."""
    reader = screen.reader
    rows = [(screen.say(message("explain.verdict")), screen.say(state_words(verdict.state)))]
    if verdict.due is not None:
        due = reader.value(verdict.due)
        if verdict.provisional:
            due = f"{due} ({screen.say(message('explain.provisional'))})"
        rows.append((screen.say(message("column.due")), due))
    if verdict.promised_due is not None and verdict.promised_due != verdict.due:
        promised = reader.value(verdict.promised_due)
        rows.append((screen.say(message("explain.promised")), promised))
    if verdict.stopped is not None:
        rows.append((screen.say(message("explain.stopped")), reader.value(verdict.stopped)))
    if verdict.used_us is not None:
        rows.append((screen.say(message("column.used")), reader.span(verdict.used_us)))
    if verdict.left_us is not None and verdict.left_us >= 0:
        rows.append((screen.say(message("column.left")), reader.span(verdict.left_us)))
    elif verdict.left_us is not None:
        rows.append((screen.say(message("explain.over")), reader.span(-verdict.left_us)))
    rows += list(_warnings(screen, verdict))
    if verdict.party != "provider":
        rows.append((screen.say(message("explain.duty-of")), verdict.party))
    standing = standing_words(verdict)
    if standing is not None:
        rows.append((screen.say(message("explain.standing")), screen.say(standing)))
    colour = _STYLES.get(verdict.state)

    def style(number: int, column: int, cell: str) -> str:
        if number == 0 and column == 1:
            return screen.styled(cell, "bold", colour) if colour else screen.styled(cell, "bold")
        return cell

    yield from lined_up(rows, style=style)


def _warnings(screen: Screen, verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The warnings that were given, and those to come."""
    for alert in verdict.alerts:
        if alert.at is None:
            continue
        at = screen.reader.value(alert.at)
        given = message("explain.warning-given", at=at)
        told = (
            given if alert.state is AlertState.FIRED else message("explain.warning-coming", at=at)
        )
        yield screen.say(message("explain.warning", when=alert.threshold)), screen.say(told)


def _zones(screen: Screen, story: Story) -> str:
    shown, own = screen.reader.zone or story.agreement.zone, story.agreement.zone
    if shown == own:
        return screen.say(message("explain.zone", zone=own))
    return screen.say(message("explain.zones", zone=shown, own=own))


def _text(reading: Message) -> str:
    return str(reading.data["text"])


def wrapped(screen: Screen, text: str, indent: str) -> list[str]:
    """The text in lines no wider than the screen."""
    return textwrap.wrap(
        text,
        width=screen.width,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if text.startswith(("» ", "– ")) else ""),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent.rstrip()]
