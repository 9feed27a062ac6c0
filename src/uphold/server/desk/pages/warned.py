"""Warnings that nobody has seen, by the thing they are about, with their thresholds in words."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.targets import parse_alert
from uphold.messages import Message, Percent, message
from uphold.server.desk.shapes import AlarmView


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning of a thing's: of which clock, and what has come of it."""

    alarm: AlarmView
    said: Message


@dataclass(frozen=True, slots=True)
class WarnedThing:
    """A thing that somebody was warned of, the latest warning first."""

    first: AlarmView
    warnings: tuple[Warned, ...]

    @property
    def is_miss(self) -> bool:
        """Whether some time is up."""
        return any(each.alarm.is_miss for each in self.warnings)


def warned(alarms: tuple[AlarmView, ...]) -> tuple[WarnedThing, ...]:
    """The warnings by thing: those whose time is up first, then as they came, the latest first."""
    found: dict[str, list[AlarmView]] = {}
    for alarm in alarms:
        found.setdefault(alarm.subject, []).append(alarm)
    things = [
        WarnedThing(several[0], tuple(Warned(each, threshold_words(each)) for each in several))
        for several in found.values()
    ]
    return tuple(sorted(things, key=lambda each: not each.is_miss))


def threshold_words(alarm: AlarmView) -> Message:
    """What has come: the share of the time, the stretch before its end, or the end."""
    if alarm.is_miss:
        return message("desk.alarm-missed")
    try:
        alert = parse_alert(alarm.threshold)
    except PhraseError:
        return message("desk.word", word=alarm.threshold)
    if alert.share is not None:
        return message("desk.alarm-share", share=Percent(alert.share.value))
    assert alert.before is not None
    return message("desk.alarm-before", length=alert.before)
