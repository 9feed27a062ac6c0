"""The names of facts and their fields, as the checker asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from uphold.agreement.check.subject import FactKind

ENVELOPE = frozenset({
    "type", "at", "subject", "id", "customer", "account", "source", "recorded", "seq", "v",
    "corrects", "retracts",
})  # fmt: skip
"""What a fact of any type may bear (design, "Facts")."""
_DERIVED = {"agreement": frozenset({"in_force"}), "maintenance": frozenset({"planned_start"})}


class Vocabulary:
    """Look-ups over the kinds of fact."""

    def __init__(self, facts: Sequence[FactKind]) -> None:
        self.types = {kind.name: kind for kind in facts}
        self.fields = {kind.name: frozenset(field.name for field in kind.fields) for kind in facts}

    def fields_of(self, fact_type: str) -> frozenset[str]:
        """The fields that a fact of the type may bear, besides those that all may."""
        return self.fields.get(fact_type, frozenset())

    def fields_of_thing(self, thing: str) -> frozenset[str]:
        """The fields that facts about a thing give it; `account` has those of its customer."""
        owner = "customer" if thing == "account" else thing
        known: set[str] = set(_DERIVED.get(thing, ()))
        for name, kind in self.types.items():
            if owner in kind.things or name.startswith(f"{owner}."):
                known |= self.fields[name]
        return frozenset(known)

    def events_of(self, thing: str) -> frozenset[str]:
        """The names of the events of a thing: `request.opened` is also a time of it."""
        owner = "customer" if thing == "account" else thing
        return frozenset(
            name.partition(".")[2].replace(" ", "_")
            for name in self.types
            if name.startswith(f"{owner}.")
        )

    def words_of(self, thing: str, field: str) -> tuple[str, ...]:
        """The only values that the field of a thing may have; empty where any word will do."""
        owner = "customer" if thing == "account" else thing
        listed: list[str] = []
        for name, kind in self.types.items():
            if owner in kind.things or name.startswith(f"{owner}."):
                for each in kind.fields:
                    if each.name == field and not each.words:
                        return ()
                    if each.name == field:
                        listed += each.words
        return tuple(dict.fromkeys(listed))
