"""A provider for rows that belong to one."""

from __future__ import annotations

from django.apps import apps


def a_provider(key: str = "harbour") -> int:
    """The id of a provider of that key."""
    made = apps.get_model("accounts", "Organisation").objects.create(
        kind="provider", key=key, name=key.title()
    )
    return int(made.pk)
