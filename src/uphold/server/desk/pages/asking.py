"""What a page of the desk reads off its address and its form."""

from __future__ import annotations

from django.http import QueryDict

from uphold.server.accounts.access import NotFound
from uphold.server.desk.shapes import Values

THINGS = {"requests": "request", "complaints": "complaint", "orders": "order"}
"""What stands in addresses, and the kinds of things it means."""


def subject_of(things: str, number: int) -> str:
    """The subject that an address means. Raises `NotFound` for a kind that there is not."""
    if things not in THINGS:
        raise NotFound
    return f"{THINGS[things]}:{number}"


def filled_in(form: QueryDict) -> Values:
    """What somebody filled in, without what belongs to the page; a field given twice is a list."""
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in form.lists()
        if name not in ("csrfmiddlewaretoken", "seen") and values
    }
