"""Which of several facts that speak of one happening is the one that counts.

The rule, for what is known at a time:

1. A retraction takes back the fact it names, with all corrections of that fact recorded before
   the retraction. A retraction that was itself retracted or corrected takes back nothing.
2. Of a fact, its corrections and theirs, the one recorded last holds, of those not taken back.

So a retracted correction brings back what it had replaced. A fact without `recorded` was known
when it happened. A correction of an id that no fact bears, and corrections in a ring, correct
nothing: they are problems, and count as facts of their own (a retraction as none). So does one
that was known before what it corrects, until that is known too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from uphold.facts.fact import Fact
from uphold.facts.problems import Place, Problem
from uphold.messages import Message

_NEVER = -(1 << 63)


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A fact and everything that corrects or retracts it, directly or by another.

    `members` begins with that fact, and names none before the one it corrects (`target`).
    """

    members: tuple[Fact, ...]
    target: Mapping[Fact, Fact]

    def standing(self, known_us: int | None) -> frozenset[Fact]:
        """Those that count by what was known at `known_us` (all, if None).

        One at most, unless a correction was known before what it corrects: until then it corrects
        nothing, and is a fact of its own.
        """
        known = [each for each in self.members if known_us is None or each.known_us <= known_us]
        if len(known) == len(self.members):
            found = self._last_word()
            return frozenset(() if found is None else (found,))
        there = set(known)
        target = {each: self.target[each] for each in known if self.target.get(each) in there}
        grouped = _grouped(target)
        words = [each._last_word() for each in set(grouped.values())]
        alone = [each for each in known if each not in grouped and not each.retracts]
        return frozenset([*(each for each in words if each is not None), *alone])

    def _last_word(self) -> Fact | None:
        """The one that holds when all of them are known; None if none."""
        named_by = self._effective_retractions()
        before: dict[Fact, int] = {}  # what was recorded until then is taken back with its target
        left: list[Fact] = []
        for fact in self.members:
            inherited = before.get(self.target[fact], _NEVER) if fact in self.target else _NEVER
            own = named_by.get(fact, _NEVER)
            before[fact] = max(inherited, own)
            if own == _NEVER and inherited < fact.known_us and not fact.retracts:
                left.append(fact)
        return max(left, key=self._word_order, default=None)

    def _effective_retractions(self) -> dict[Fact, int]:
        """The facts named by a retraction that holds, with when the last such was recorded."""
        named_by: dict[Fact, int] = {}
        undone: set[Fact] = set()
        for fact in reversed(self.members):
            if fact not in self.target or (fact.retracts and fact in undone):
                continue
            target = self.target[fact]
            undone.add(target)
            if fact.retracts:
                named_by[target] = max(named_by.get(target, _NEVER), fact.known_us)
        return named_by

    def _word_order(self, fact: Fact) -> tuple[bool, int, str]:
        return fact in self.target, fact.known_us, fact.id


def families_of(
    corrections: Iterable[Fact], find: Callable[[str], Fact | None]
) -> tuple[dict[Fact, Family], tuple[Problem, ...]]:
    """Each fact that corrections touch, with its family; and the corrections that are problems."""
    target: dict[Fact, Fact] = {}
    problems: list[Problem] = []
    for fact in corrections:
        named = fact.corrects or fact.retracts
        assert named is not None
        found = find(named)
        if found is None:
            problems.append(_problem(fact, Message("problem.fact-correction-unknown", _told(fact))))
        else:
            target[fact] = found
    for fact in _in_rings(target):
        problems.append(_problem(fact, Message("problem.fact-correction-ring", _told(fact))))
        del target[fact]
    return _grouped(target), tuple(problems)


def _grouped(target: dict[Fact, Fact]) -> dict[Fact, Family]:
    named_by: dict[Fact, list[Fact]] = {}
    for fact, corrected in target.items():
        named_by.setdefault(corrected, []).append(fact)
    families: dict[Fact, Family] = {}
    for root in named_by:
        if root in target:
            continue
        members = [root]
        for fact in members:  # grows while it is walked: a fact before those that name it
            members.extend(named_by.get(fact, ()))
        own = {each: target[each] for each in members[1:]}
        families.update(dict.fromkeys(members, Family(tuple(members), own)))
    return families


def _in_rings(target: dict[Fact, Fact]) -> list[Fact]:
    """The facts that, followed from correction to corrected, lead back to themselves."""
    state: dict[Fact, int] = {}
    ringed: list[Fact] = []
    for walk, start in enumerate(target):
        path: list[Fact] = []
        current = start
        while current in target and current not in state:
            state[current] = walk
            path.append(current)
            current = target[current]
        if state.get(current) == walk and current in path:
            ringed.extend(path[path.index(current) :])
    return ringed


def _told(fact: Fact) -> dict[str, str]:
    return {"named": fact.corrects or fact.retracts or "", "subject": fact.subject}


def _problem(fact: Fact, message: Message) -> Problem:
    return Problem(message.id.removeprefix("problem."), message, None, place_of(fact))


def place_of(fact: Fact) -> Place | None:
    """The file and line that a fact was read from, if it was read from one."""
    if fact.place is None:
        return None
    file, _, line = fact.place.rpartition(":")
    return Place(file, int(line)) if line.isdigit() else Place(fact.place)
