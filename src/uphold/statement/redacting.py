"""Other customers' names taken out of facts and runs: salted digests stand in their places.

One name always becomes the same digest in one customer's statements, so that what hangs together
still does; without the salt, which is not in the statement, nobody can test a name against it.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from uphold.facts.checking import FactError, read_fact
from uphold.facts.evidence.run import Run
from uphold.facts.fact import ENVELOPE, Fact
from uphold.facts.table import BY_NAME
from uphold.facts.types import Field, Kind

_DIGITS = 16
HIDDEN = "~"
"""What a digest in place of a name begins with."""

_FOR_PEOPLE = frozenset({Kind.TEXT, Kind.PERSON})
_IDS = frozenset({"id", "corrects", "retracts"})
_AS_THEY_ARE = frozenset(
    {Kind.TIME, Kind.YES_NO, Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DURATION, Kind.TYPES}
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """Which names give way to digests: those of other customers and their accounts.

    A name counts where it stands as a word of its own; one's own names that hold another's
    ("north" in "north-harbour") stay whole, and so do words of the agreements' own pages. What
    people write for people is read whatever the case: "globex" is Globex there.
    """

    replaced: Mapping[str, str]
    _pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, others: Iterable[str], own: Iterable[str], salt: bytes) -> Redaction:
        """The redaction of these names; `own` names are never touched."""
        kept = frozenset(own)
        hidden = frozenset(name for name in others if name) - kept
        replaced = {name: _digest(name, salt) for name in hidden}
        words = sorted((*hidden, *kept), key=lambda name: (-len(name), name))
        pattern = "|".join(map(re.escape, filter(None, words)))
        whole = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if hidden else None
        return cls({**replaced, **{name: name for name in kept}}, whole)

    def text(self, text: str) -> str:
        """The text with every name of others replaced."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self.replaced[found[0]], text)

    def free_text(self, text: str) -> str:
        """The same for what people wrote, in whatever case they spelt a name."""
        if self._pattern is None:
            return text
        return re.sub(self._pattern.pattern, self._shown, text, flags=re.IGNORECASE)

    def _shown(self, found: re.Match[str]) -> str:
        """What stands in a name's place; for one's own, what was written."""
        exact = self.replaced.get(found[0])
        if exact is not None:
            return exact
        alike = [
            (name, shown)
            for name, shown in self.replaced.items()
            if re.fullmatch(re.escape(name), found[0], re.IGNORECASE)
        ]
        is_own = any(name == shown for name, shown in alike)
        return found[0] if is_own else alike[0][1]

    def names(self, text: str) -> bool:
        """Whether the text names somebody else."""
        return self.text(text) != text

    def fact(self, fact: Fact) -> Fact:
        """The fact without others' names; itself where it names none.

        A fact whose id is the digest of its content keeps that id, in its redacted form: what
        corrects it still finds it.
        """
        written = {name: self._value(fact, name, raw) for name, raw in fact.written.items()}
        if written == dict(fact.written):
            return fact
        redacted, problems = read_fact({**written, "id": self.text(fact.id)})
        if redacted is None:
            raise FactError(problems)
        return redacted

    def run(self, run: Run) -> Run:
        """The run without others' names in its source."""
        return replace(run, source=self.text(run.source))

    def _value(self, fact: Fact, name: str, raw: object) -> object:
        field = _field(fact, name)
        if field is None or field.kind in _AS_THEY_ARE or field.words or name == "type":
            return raw
        if field.kind is Kind.SUBJECT and isinstance(raw, str):
            thing, colon, rest = raw.partition(":")
            return f"{thing}{colon}{self.text(rest)}"
        if field.kind in _FOR_PEOPLE and name not in _IDS and isinstance(raw, str):
            return self.free_text(raw)
        if isinstance(raw, list | tuple):
            return [self.text(each) if isinstance(each, str) else each for each in raw]
        return self.text(raw) if isinstance(raw, str) else raw


def with_changed_ids(facts: Iterable[Fact], redaction: Redaction, salt: bytes) -> Redaction:
    """The redaction that also hides the digests of facts that it changes.

    A fact without an id is known by the digest of what it says; whoever can guess what it said
    before others' names were taken out could test the guess against that digest.
    """
    changed = {
        fact.id: _digest(fact.id, salt)
        for fact in facts
        if fact.given_id is None and redaction.fact(fact) is not fact
    }
    if not changed:
        return redaction
    replaced = dict(redaction.replaced)
    hidden = [name for name, shown in replaced.items() if name != shown]
    kept = [name for name, shown in replaced.items() if name == shown]
    return Redaction.of((*hidden, *changed), kept, salt)


def _field(fact: Fact, name: str) -> Field | None:
    return _FIELDS[fact.type].get(name)


_FIELDS: Mapping[str, Mapping[str, Field]] = {
    name: {each.name: each for each in (*ENVELOPE, *fact_type.fields)}
    for name, fact_type in BY_NAME.items()
}


def _digest(name: str, salt: bytes) -> str:
    return HIDDEN + hmac.digest(salt, name.encode(), "sha256").hex()[:_DIGITS]
