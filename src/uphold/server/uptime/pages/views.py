"""The calendar, one piece of maintenance, planning it and each step with it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uphold.facts.times import to_datetime
from uphold.messages import message
from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.desk.shapes import Wrong
from uphold.server.ledger.services import Moved
from uphold.server.request import PageRequest
from uphold.server.uptime import services
from uphold.server.uptime.kinds import Action
from uphold.server.uptime.pages.fields import Form, form_of
from uphold.server.uptime.shapes import NotDone, Preview, Values
from uphold.server.uptime.words import ACTION_WORDS, DONE_WORDS
from uphold.worktime.zone import find_zone

_LISTS = frozenset({"services", "regions", "accounts", "to"})
_SHOWN = "%Y-%m-%dT%H:%M"


@require_safe
def maintenance(request: PageRequest) -> HttpResponse:
    """The calendar: what is under way, what comes, what was done."""
    viewer = require(request.viewer, May.READ)
    data = {"calendar": services.calendar(viewer), "may_plan": viewer.may(May.LEAD)}
    return render(request, "uptime/calendar.html", data)


@require_safe
def thing(request: PageRequest, number: str) -> HttpResponse:
    """One piece of maintenance, its notice and its story."""
    viewer = require(request.viewer, May.READ)
    found = services.view(viewer, _subject(number))
    steps = [(each, ACTION_WORDS[each]) for each in found.actions]
    return render(request, "uptime/thing.html", {"view": found, "steps": steps})


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PageRequest) -> HttpResponse:
    """Planning: the form, judged while one types, and what is planned by it."""
    return _step(request, Action.PLAN, None)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PageRequest, number: str, action: str) -> HttpResponse:
    """A step with what is planned."""
    return _step(request, _action(action), _subject(number))


@require_POST
def preview_plan(request: PageRequest) -> HttpResponse:
    """What a plan would mean for the notice that was promised."""
    return _preview(request, Action.PLAN, None)


@require_POST
def preview_step(request: PageRequest, number: str, action: str) -> HttpResponse:
    """What a step would mean for it."""
    return _preview(request, _action(action), _subject(number))


def _step(request: PageRequest, action: Action, subject: str | None) -> HttpResponse:
    viewer = require(request.viewer, May.LEAD)
    if request.method != "POST":
        values = _start(request, viewer, action, subject)
        return _form_page(request, viewer, action, subject, values, ())
    values = _values(request)
    try:
        done = services.act(
            viewer, action, subject, values, zone=_zone(request), seen=_seen(request)
        )
    except Moved:
        wrong: tuple[Wrong, ...] = (Wrong("", message("uptime.wrong-moved")),)
    except NotDone as refused:
        wrong = refused.wrong
    else:
        messages.success(request, request.reader.text(DONE_WORDS[action]))
        return redirect("uptime:thing", done.subject.partition(":")[2])
    return _form_page(request, viewer, action, subject, values, wrong)


def _form_page(
    request: PageRequest,
    viewer: Viewer,
    action: Action,
    subject: str | None,
    values: Values,
    wrong: tuple[Wrong, ...],
) -> HttpResponse:
    form: Form = form_of(
        action,
        services.scope_of(viewer.provider),
        services.audiences_of(viewer.provider),
        values,
        wrong,
    )
    data = {
        "action": action,
        "label": ACTION_WORDS[action],
        "form": form,
        "view": services.view(viewer, subject) if subject else None,
        "seen": request.POST.get("seen") if wrong else None,
        "zone": _zone(request),
    }
    return render(request, "uptime/step.html", data, status=422 if wrong else 200)


def _preview(request: PageRequest, action: Action, subject: str | None) -> HttpResponse:
    viewer = require(request.viewer, May.LEAD)
    values = _values(request)
    try:
        found = services.preview(viewer, action, subject, values, zone=_zone(request))
    except NotDone as refused:
        found = Preview((), (), refused.wrong)
    # What nobody has come to yet is no mistake.
    wrong = tuple(each for each in found.wrong if not each.field or values.get(each.field))
    data = {"preview": replace(found, wrong=wrong)}
    return render(request, "uptime/preview.html", data)


def _start(request: PageRequest, viewer: Viewer, action: Action, subject: str | None) -> Values:
    """What a form begins with: the plan that stands, or those who must be told."""
    if subject is None:
        return {}
    found = services.view(viewer, subject)
    if action is Action.ANNOUNCE:
        told = [name for each in found.notices for name in each.audience]
        return {"to": tuple(dict.fromkeys(told))}
    if action is Action.CHANGE and found.row.start_us is not None:
        return {
            "start": _local(request, found.row.start_us),
            "end": _local(request, found.row.end_us or found.row.start_us),
        }
    return {}


def _local(request: PageRequest, at_us: int) -> str:
    return to_datetime(at_us).astimezone(find_zone(_zone(request))).strftime(_SHOWN)


def _values(request: PageRequest) -> Values:
    return {
        name: values if name in _LISTS else values[-1]
        for name, values in request.POST.lists()
        if values
    }


def _zone(request: PageRequest) -> str:
    return request.reader.zone or "UTC"


def _seen(request: PageRequest) -> int | None:
    """The ledger's position that the page showed; None where the form does not say."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None


def _subject(number: str) -> str:
    return f"maintenance:{number}"


def _action(name: str) -> Action:
    try:
        found = Action(name)
    except ValueError:
        raise NotFound from None
    if found is Action.PLAN:
        raise NotFound
    return found
