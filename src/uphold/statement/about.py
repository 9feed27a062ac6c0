"""Whom a statement is about: customer, window, and as of when it was worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uphold.facts.times import TimeUnreadableError, format_time, parse_time
from uphold.statement.strict_reading import no_part, text_of


@dataclass(frozen=True, slots=True)
class About:
    """What a statement is about; instants in microseconds since 1970-01-01T00:00Z.

    `label` names the window ("2026-08"), half-open from `start` to `end`, in `zone`. Facts count
    that happened until `at` and were learned until `known` (None: all). `made` is when the
    statement was drawn up. `accounts` are the customer's, `agreements` those that it was run
    under, each with revision and the digest of its page.
    """

    customer: str
    accounts: tuple[str, ...]
    providers: tuple[str, ...]
    agreements: tuple[tuple[str, int, str], ...]
    label: str
    start: int
    end: int
    zone: str
    at: int
    known: int | None
    as_if_in_force: bool
    made: int

    @property
    def is_over(self) -> bool:
        """Whether the window had ended by then; before, a statement is provisional."""
        return self.end <= self.at

    def to_json(self) -> dict[str, Any]:
        """The same as JSON values, times in RFC 3339 (UTC)."""
        return {
            "customer": self.customer,
            "accounts": list(self.accounts),
            "providers": list(self.providers),
            "agreements": [
                {"agreement": name, "revision": revision, "page": page}
                for name, revision, page in self.agreements
            ],
            "window": {
                "label": self.label,
                "start": format_time(self.start),
                "end": format_time(self.end),
                "zone": self.zone,
            },
            "at": format_time(self.at),
            "known": None if self.known is None else format_time(self.known),
            "as_if_in_force": self.as_if_in_force,
            "made": format_time(self.made),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> About:
        """What its JSON form says. Raises `NotAStatementError`."""
        try:
            window = found["window"]
            about = cls(
                customer=text_of(found["customer"]),
                accounts=tuple(map(text_of, found["accounts"])),
                providers=tuple(map(text_of, found["providers"])),
                agreements=tuple(map(_agreement, found["agreements"])),
                label=text_of(window["label"]),
                start=parse_time(window["start"]),
                end=parse_time(window["end"]),
                zone=text_of(window["zone"]),
                at=parse_time(found["at"]),
                known=None if found["known"] is None else parse_time(found["known"]),
                as_if_in_force=found["as_if_in_force"] is True,
                made=parse_time(found["made"]),
            )
        except (KeyError, TypeError, TimeUnreadableError) as error:
            raise no_part("about") from error
        if about.to_json() != found:
            raise no_part("about")
        return about


def _agreement(value: Mapping[str, Any]) -> tuple[str, int, str]:
    revision = value["revision"]
    if type(revision) is not int:
        raise TypeError(f"{revision!r} is no revision")
    return text_of(value["agreement"]), revision, text_of(value["page"])
