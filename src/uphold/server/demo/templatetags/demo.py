"""What the demo's bar and page list."""

from __future__ import annotations

from django import template

from uphold.server.demo.switch import Choice, Choices, choices

register = template.Library()


@register.simple_tag(takes_context=True)
def demo_choices(context: template.Context) -> tuple[Choices, ...]:
    """Everybody one can be, with whoever one is marked."""
    viewer = context.get("viewer")
    return choices(viewer.person if viewer else "")


@register.filter
def demo_now(found: tuple[Choices, ...]) -> Choice | None:
    """Whoever one is, if one can be switched to."""
    return next((each for one in found for each in one.people if each.is_now), None)
