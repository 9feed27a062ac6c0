"""Whether facts may stand in the ledger beside those that are there, and which of them are new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uphold.facts import Fact
from uphold.facts.checking import MOST_AHEAD, shown
from uphold.facts.identity import id_twice, same_content
from uphold.facts.times import format_time
from uphold.messages import Message, message
from uphold.server.ledger.models import FactRow
from uphold.server.ledger.reading import fact_in, in_lots
from uphold.server.ledger.texts import NewText, unknown_digests

_LONGEST: Final = {"id": 200, "subject": 200, "customer": 100}


class Refused(Exception):
    """Facts that the ledger does not take; nothing of them was written."""

    def __init__(self, problems: tuple[Message, ...]) -> None:
        from uphold.messages import Reader

        super().__init__("\n".join(Reader("en").text(each) for each in problems))
        self.problems = problems


class Moved(Exception):
    """Something happened with the subject since whoever appends last looked."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"{subject} has moved on since it was looked at; look again, then decide again"
        )
        self.subject = subject


@dataclass(frozen=True, slots=True)
class Family:
    """The chain that a correcting fact belongs to: the id and subject of its first fact."""

    root: str = ""
    subject: str = ""


NO_FAMILY: Final = Family()


@dataclass(frozen=True, slots=True)
class Checked:
    """Facts by id as the ledger has them, `new` ones in their order, each with its family."""

    there: Mapping[str, FactRow]
    new: Mapping[str, Fact]
    families: Mapping[str, Family]


def checked(
    provider: int, facts: Sequence[Fact], now_us: int, texts: Collection[NewText] = ()
) -> Checked:
    """The facts held against the ledger. Raises `Refused` with all that is wrong."""
    unfit = [wrong for fact in facts for wrong in unfit_for_a_row(fact)]
    if unfit:
        raise Refused(tuple(unfit))
    problems: list[Message] = []
    there = rows_by_id(provider, (fact.id for fact in facts))
    new: dict[str, Fact] = {}
    for fact in facts:
        row = there.get(fact.id)
        known = new.get(fact.id) if row is None else fact_in(row)
        if known is None:
            new[fact.id] = fact
            problems += ahead(fact, now_us)
        elif not same_content(known, fact):
            problems.append(id_twice(known, fact).message)
    problems += wrong_texts(provider, new.values(), texts).values()
    families, loose = families_of(provider, new)
    problems += loose
    if problems:
        raise Refused(tuple(problems))
    return Checked(there, new, families)


def rows_by_id(provider: int, names: Iterable[str]) -> dict[str, FactRow]:
    """The rows of these ids, by id."""
    found: dict[str, FactRow] = {}
    for some in in_lots(dict.fromkeys(names)):
        rows = FactRow.objects.filter(provider=provider, fact_id__in=some)
        found.update((row.fact_id, row) for row in rows)
    return found


def unfit_for_a_row(fact: Fact) -> list[Message]:
    """What keeps a sound fact out of every database."""
    problems: list[Message] = []
    for name, most in _LONGEST.items():
        value = fact.id if name == "id" else str(fact.written.get(name, ""))
        if len(value) > most:
            problems.append(message("ledger.too-long", field=name, most=most, found=len(value)))
        if "\x00" in value:
            problems.append(message("ledger.holds-nul", field=name))
    return problems


def ahead(fact: Fact, now_us: int) -> list[Message]:
    """The problem that a fact lies further ahead than clocks differ, if it does."""
    if fact.at_us <= now_us + MOST_AHEAD:
        return []
    told = {"at": format_time(fact.at_us), "now": format_time(now_us)}
    return [Message("problem.fact-time-ahead", told)]


def wrong_texts(
    provider: int, facts: Iterable[Fact], texts: Collection[NewText] = ()
) -> dict[str, Message]:
    """What is wrong with facts, by id, whose `written` names no words that are kept apart.

    What stands there instead may be words, which could never be erased.
    """
    named = {fact.id: str(fact.written["written"]) for fact in facts if "written" in fact.written}
    brought = {each.digest for each in texts}
    unknown = unknown_digests(provider, set(named.values()) - brought) if named else frozenset()
    return {
        fact_id: message("ledger.text-unknown", digest=shown(digest))
        for fact_id, digest in named.items()
        if digest in unknown
    }


def families_of(provider: int, new: Mapping[str, Fact]) -> tuple[dict[str, Family], list[Message]]:
    """The family of each new fact that corrects or retracts, and what is wrong with the others."""
    naming = {fact_id: named_by(fact) for fact_id, fact in new.items() if named_by(fact)}
    ends = chain_ends(naming)
    there = rows_by_id(provider, (end for end in ends.values() if end and end not in new))
    families: dict[str, Family] = {}
    problems: list[Message] = []
    for fact_id, end in ends.items():
        if end and end in new:
            families[fact_id] = Family(end, new[end].subject)
        elif end and end in there:
            families[fact_id] = family_through(there[end])
        else:
            problems.append(unsettled(naming[fact_id], new[fact_id].subject, ring=not end))
    return families, problems


def chain_ends(naming: Mapping[str, str]) -> dict[str, str]:
    """Where each chain of ids, from a fact to the one it names, ends; empty for a ring."""
    ends: dict[str, str] = {}
    for start in naming:
        current, walked = start, {start}
        while current in naming and naming[current] not in walked:
            current = naming[current]
            walked.add(current)
        ends[start] = "" if current in naming else current
    return ends


def family_through(row: FactRow) -> Family:
    """The family of a fact that names the one in this row."""
    return Family(row.family or row.fact_id, row.family_subject or row.subject)


def unsettled(named: str, subject: str, *, ring: bool) -> Message:
    """What is wrong with a fact that names nothing, or itself by way of others."""
    told = {"named": named, "subject": subject}
    if ring:
        return Message("problem.fact-correction-ring", told)
    return Message("problem.fact-correction-unknown", told)


def named_by(fact: Fact) -> str:
    """The id of the fact that this one corrects or retracts, or empty."""
    return fact.corrects or fact.retracts or ""
