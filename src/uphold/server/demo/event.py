"""What the demo's history is told in: events, and the stories that they make up.

An event becomes a fact when it is loaded: then its thing has a number and its words a digest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from uphold.facts import Fact, make_fact
from uphold.facts.times import format_time


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote: `person` is the writer's key, `title` a request's headline if any."""

    text: str
    person: str
    language: str
    title: str = ""


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
            **({"written": digest(event.words)} if event.words else {}),
        )
        for event in story.events
    )
