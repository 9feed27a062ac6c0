"""Small incident logs for tests, and what was made of them in short."""

import csv
import io

from uphold.connect.servicenow import Conversion, Options, convert
from uphold.facts import Fact

OPENED = "29-02-2016 08:00"
USUAL = {
    "number": "INC1",
    "incident_state": "New",
    "sys_updated_at": "29-02-2016 08:10",
    "opened_at": OPENED,
    "assigned_to": "?",
    "priority": "3 - Moderate",
    "assignment_group": "?",
    "reopen_count": "0",
    "contact_type": "Phone",
    "caller_id": "Caller 1",
    "resolved_at": "?",
    "made_sla": "TRUE",
}


def log(*rows: dict[str, str], delimiter: str = ",") -> io.BytesIO:
    """A log of these rows, each the usual one but for what it says."""
    stream = io.StringIO()
    columns = list(dict.fromkeys([*USUAL, *(name for row in rows for name in row)]))
    writer = csv.DictWriter(stream, columns, restval="?", delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**USUAL, **row} for row in rows)
    return io.BytesIO(stream.getvalue().encode())


def at(clock: str, state: str, **rest: str) -> dict[str, str]:
    """A row of the morning of 29 February 2016, or of the day that the time names."""
    time = clock if "-" in clock else f"29-02-2016 {clock}"
    return {"sys_updated_at": time, "incident_state": state, **rest}


def converted(*rows: dict[str, str], zone: str = "Europe/Oslo", **options: object) -> Conversion:
    return convert(log(*rows), zone, Options(**options))  # type: ignore[arg-type]


def said(conversion: Conversion) -> list[str]:
    """The facts in short: local time, what happened, and the cause or priority."""
    return [short(fact) for fact in conversion.facts]


def short(fact: Fact) -> str:
    data = fact.data
    extra = " ".join(
        str(data[name])
        for name in ("cause", "priority", "by", "to", "team", "what")
        if name in data
    )
    clock = str(fact.written["at"])[11:16]
    return f"{clock} {fact.type.removeprefix('request.')} {extra}".rstrip()


def noted(conversion: Conversion) -> dict[str, int]:
    return {finding.code: finding.count for finding in conversion.report.findings}
