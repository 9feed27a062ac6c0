"""The codes of the problems that terms, phrases, calendars and the checker's rules give."""

from __future__ import annotations

from collections.abc import Mapping

from uphold.agreement.problem_codes import message_ids


def _with_own_hints(codes: str) -> dict[str, tuple[str, ...]]:
    return {code: (code,) for code in codes.split()}


PHRASE_HINTS: Mapping[str, tuple[str, ...]] = _with_own_hints(
    "phrase-unreadable duration-ambiguous duration-fraction duration-zero duration-not-elapsed"
    " percentage-unreadable percentage-out-of-range money-unreadable name-unreadable"
    " date-unreadable instant-unreadable instant-without-offset instant-out-of-range"
    " revision-unreadable"
    " days-unreadable hours-unreadable hours-table-expected source-kind table-too-deep"
    " table-without-by table-without-rows text-expected rows-expected list-expected facts-expected"
    " expectations-expected word-unknown yes-or-no term-key-missing"
) | {
    "term-kind-unknown": ("term-kind-unknown", "nearest"),
    "term-key-unknown": ("term-key-unknown", "nearest"),
    "term-value-shape": ("term-value-text", "term-value-list", "term-value-table"),
}
"""What can be wrong inside a term, before anything is compared."""

CALENDAR_HINTS: Mapping[str, tuple[str, ...]] = _with_own_hints(
    "calendar-holiday-file calendar-unreadable-hours calendar-repeated-weekday"
    " calendar-unreadable-day calendar-opened-without-hours calendar-closed-and-opened"
    " calendar-empty-calendar"
) | {
    "calendar-unknown-zone": ("calendar-unknown-zone", "nearest"),
    "calendar-unknown-holidays": ("calendar-unknown-holidays", "nearest"),
}
"""What keeps a calendar from being written out (`uphold.worktime.CalendarError`)."""

RULE_HINTS: Mapping[str, tuple[str, ...]] = {
    "quote-not-in-clause": (
        "quote-not-in-clause", "quote-near", "quote-without-prose", "figures-not-in-clause",
    ),
    "figure-not-quoted": ("figure-not-quoted", "figure-not-quoted-none"),
    "figure-without-term": ("figure-without-term", "figure-without-term-text-only"),
    "name-unknown": ("name-unknown", "nearest"),
    "contradiction-two": ("contradiction-one",),
    **dict.fromkeys(
        (
            "reading-open-lost", "reading-open-window", "reading-open-average",
            "reading-open-at-once", "reading-open-every", "reading-open-holidays",
            "reading-open-holidays-ours", "reading-open-weekdays",
        ),
        ("reading-open",),
    ),
    **_with_own_hints(
        "quote-in-another-clause term-without-quote sentence-split clause-without-term"
        " text-only-beside-term"
        " day-kind-open hour-kind-open name-of-another-kind duplicate-name name-reserved"
        " supplier-file-missing fact-without-type priority-without-levels level-unreachable"
        " level-without-row contradiction unreachable-starts-and-stops"
        " unreachable-repeats-and-ends unreachable-stops-before unreachable-notice"
        " unreachable-condition unreachable-quota unreachable-tier unreachable-cap"
        " kept-shorter-than-gap tier-falls credit-basis clock-without-start clock-without-stop"
        " clock-without-target repeats-without-end rule-missing working-time-without-hours"
        " hours-beside-calendar term-says-nothing amendment-missing priority-without-default"
        " unknown-counts-as-up under-unsaid under-said clock-ring calendar-ring service-ring"
        " translation-figure-differs translation-figure-lacks translation-figure-extra"
    ),
}  # fmt: skip
"""What the rules find in an agreement that can be read."""

CHECK_HINTS: Mapping[str, tuple[str, ...]] = {**PHRASE_HINTS, **CALENDAR_HINTS, **RULE_HINTS}
"""Each code with the hints it may give, as `uphold.agreement.problem_codes.HINTS` has them."""

MESSAGE_IDS = tuple(dict.fromkeys(message_ids(CHECK_HINTS)))
