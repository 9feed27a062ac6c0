"""The compiled form of a revision: the page, and its calendars written out beside it, as a lock.

Whoever holds it judges as its maker did, with any version of the holiday and zone tables, or with
none: every holiday and every change of the clocks in the revision's life stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.compile import assemble
from uphold.agreement.document_json import DocumentFormError, from_json, to_json
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.terms.load import load_terms
from uphold.worktime import CompiledCalendar

FORM = "uphold.agreement/1"


class LockFormError(ValueError):
    """JSON that is no compiled agreement; the text says what was found."""


def lock(agreement: Agreement) -> dict[str, Any]:
    """The compiled agreement as JSON values."""
    return {
        "form": FORM,
        "document": to_json(agreement.document),
        "calendars": {
            name: calendar.to_json() for name, calendar in sorted(agreement.calendars.items())
        },
    }


def unlock(data: Mapping[str, Any]) -> Agreement:
    """The agreement of its compiled form, without reading any installed table.

    Raises `LockFormError` for JSON of another form or with parts that do not fit.
    """
    if not isinstance(data, Mapping) or data.get("form") != FORM:
        form = data.get("form") if isinstance(data, Mapping) else type(data).__name__
        raise LockFormError(f"found the form {form!r}; a compiled agreement has the form {FORM!r}")
    try:
        document = from_json(data["document"])
        calendars = {
            name: CompiledCalendar.from_json(form) for name, form in data["calendars"].items()
        }
    except (DocumentFormError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise LockFormError(f"the compiled agreement cannot be read: {error}") from error
    if ALWAYS not in calendars:
        raise LockFormError(f"the compiled agreement lacks the calendar {ALWAYS!r}")
    terms, problems = load_terms(document)
    agreement, missing = (None, problems) if problems else assemble(document, terms, calendars)
    if agreement is None:
        codes = ", ".join(problem.code for problem in (*problems, *missing))
        raise LockFormError(f"the page in the compiled agreement cannot be run: {codes}")
    return agreement
