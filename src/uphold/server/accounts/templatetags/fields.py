"""Fields of the sign-in library's forms, in our look."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_CLASSES = {"checkbox": "checkbox", "textarea": "textarea", "select": "select"}


@register.filter
def styled(field: BoundField) -> SafeString:
    """`{{ field|styled }}`: the widget with the class that our style sheet knows it by."""
    return field.as_widget(attrs={"class": _CLASSES.get(field.widget_type, "input")})
