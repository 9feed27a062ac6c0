"""The states in which actions can be taken."""

WORKED = frozenset({"open", "answered"})
"""There is work to do."""

WAITING = frozenset({"waiting"})
"""The customer has yet to pass it on."""

DONE = frozenset({"resolved", "closed"})
EVERY = WORKED | WAITING | DONE | {"cancelled", "merged"}
NEW: frozenset[str] = frozenset()
"""There is no such thing yet."""
