"""What the demo's history is told in: events, and the stories that they make up.

An event becomes a fact when it is loaded: then its thing has a number and its words a digest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from uphold.facts import BY_NAME, Fact, make_fact
from uphold.facts.times import format_time
from uphold.server.desk.prose import named


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, by what it tells: the field of the fact, or a part of its text.

    `person` is the writer's key; customers never see what is internal.
    """

    parts: tuple[tuple[str, str], ...]
    person: str
    language: str
    is_internal: bool = False

    def told(self, fact_type: str, digest: str) -> dict[str, str]:
        """What a fact says of them: the digest of all, and by field each part that it names."""
        known = BY_NAME[fact_type]
        fields = {
            name: named(digest, place)
            for place, (name, _) in enumerate(self.parts, start=1)
            if name != "written" and known.field(name) is not None
        }
        return {"written": digest, **fields}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, `at_us` in microseconds (UTC); `fields` are those of its fact."""

    type: str
    at_us: int
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """All events of one thing, in order.

    `subject` is empty where the thing gets its number later; `label` says what the story shows.
    """

    thing: str
    events: tuple[Event, ...]
    subject: str = ""
    customer: str = ""
    account: str = ""
    label: str = ""

    @property
    def begins_us(self) -> int:
        """When the first event happened."""
        return self.events[0].at_us

    def about(self, subject: str) -> Story:
        """The same story of a thing that has its number."""
        return replace(self, subject=subject)

    def until(self, now_us: int) -> Story | None:
        """The story as far as it has come by then; None where it has not begun."""
        kept = tuple(each for each in self.events if each.at_us <= now_us)
        return replace(self, events=kept) if kept else None


def facts_of(story: Story, digest: Callable[[Words], str]) -> tuple[Fact, ...]:
    """The story's facts; `digest` gives what stands for words in them."""
    shared = {"customer": story.customer, "account": story.account}
    envelope = {name: value for name, value in shared.items() if value}
    return tuple(
        make_fact(
            event.type,
            format_time(event.at_us),
            story.subject,
            **envelope,
            **event.fields,
            **(event.words.told(event.type, digest(event.words)) if event.words else {}),
        )
        for event in story.events
    )
