"""A compiled calendar's rule written out as plain JSON values, and read back.

Hours, holidays with their dates, closed and opened times, and the zone's changes of offset
stand in it; spans are worked out anew from these, the same on every machine.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from uphold.worktime.errors import CalendarError, UnreadableForm
from uphold.worktime.hours import hours_mapping, parse_hours
from uphold.worktime.rules import CombinedRule, Operation, Rule, WeeklyRule
from uphold.worktime.special_days import SpecialDay, parse_special_days
from uphold.worktime.zone import SECOND, ZoneTable, day_date, day_number

_OPERATIONS: tuple[Operation, ...] = ("union", "intersection", "difference")
_DEEPEST = 50


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain JSON values; offsets and changes in seconds."""
    if isinstance(rule, CombinedRule):
        return {rule.operation: [rule_to_json(rule.left), rule_to_json(rule.right)]}
    return {
        "zone": rule.zone.name,
        "offset": rule.zone.first_offset // SECOND,
        "changes": [
            [instant // SECOND, offset // SECOND]
            for instant, offset in zip(rule.zone.transitions, rule.zone.offsets, strict=True)
        ],
        "hours": hours_mapping(rule.hours),
        "holidays": {str(day_date(day)): name for day, name in rule.holidays},
        "closed": [str(entry) for entry in rule.closed],
        "opened": [str(entry) for entry in rule.opened],
    }


def read_form(form: Mapping[str, Any], version: int) -> tuple[Rule, int, int, str | None]:
    """Return rule, first and last day number and name of a written form."""
    if not isinstance(form, Mapping):
        raise UnreadableForm("it is no mapping")
    if form.get("version") != version:
        raise UnreadableForm(f"its version is {form.get('version')!r}, not {version}")
    try:
        first_day, last_day = (day_number(date.fromisoformat(form[k])) for k in ("since", "until"))
        rule = rule_from_json(form["rule"])
        name = None if form["name"] is None else str(form["name"])
    except KeyError as error:
        raise UnreadableForm(f"it lacks {error}") from error
    except CalendarError as error:
        raise UnreadableForm(str(error)) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableForm(f"a value has the wrong form ({error})") from error
    if last_day < first_day:
        raise UnreadableForm("it ends before it begins")
    return rule, first_day, last_day, name


def rule_from_json(form: Mapping[str, Any], depth: int = 0) -> Rule:
    """Return the rule of a written form."""
    if depth > _DEEPEST:
        raise UnreadableForm(f"it nests more than {_DEEPEST} calendars")
    for operation in _OPERATIONS:
        if operation in form:
            left, right = (rule_from_json(part, depth + 1) for part in form[operation])
            return CombinedRule(operation, left, right)
    changes = [(int(instant), int(offset)) for instant, offset in form["changes"]]
    zone = ZoneTable(
        str(form["zone"]),
        int(form["offset"]) * SECOND,
        tuple(instant * SECOND for instant, _ in changes),
        tuple(offset * SECOND for _, offset in changes),
    )
    holidays = sorted(
        (day_number(date.fromisoformat(day)), str(name)) for day, name in form["holidays"].items()
    )
    return WeeklyRule(
        zone,
        parse_hours(form["hours"]),
        tuple(holidays),
        _special_days("closed", form),
        _special_days("opened", form),
    )


def _special_days(where: str, form: Mapping[str, Any]) -> tuple[SpecialDay, ...]:
    return parse_special_days(where, list(form[where]))
