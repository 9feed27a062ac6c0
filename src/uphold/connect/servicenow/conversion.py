"""A whole incident log to facts, with a report of what could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from uphold.connect.servicenow.incident import Incident
from uphold.connect.servicenow.local_time import LocalTimes
from uphold.connect.servicenow.log import LogRow, read_log
from uphold.connect.servicenow.options import Options
from uphold.connect.servicenow.report import Report, Tally, read_only
from uphold.facts.fact import Fact
from uphold.worktime.zone import find_zone


@dataclass(frozen=True, slots=True)
class Conversion:
    """The facts of a log, by request in the file's order, and the report on the log."""

    facts: tuple[Fact, ...]
    report: Report


def convert(
    source: str | Path | IO[bytes], zone: str, options: Options | None = None
) -> Conversion:
    """The facts of a ServiceNow incident log (CSV, UTF-8) whose times are local to `zone`.

    Raises `ConversionError` for a file that is no such log, `UnknownZone` (with the nearest
    names) for a zone that is none, OSError for a path that cannot be read.
    """
    tally = Tally()
    times = LocalTimes(find_zone(zone), tally)
    log = read_log(source, tally)
    incidents: dict[str, list[LogRow]] = {}
    for row in log.rows:
        incidents.setdefault(row.number, []).append(row)
    facts: list[Fact] = []
    for number, rows in incidents.items():
        facts.extend(Incident(number, options or Options(), times, tally).walk(rows))
    judged = {
        f"request:{number}": rows[-1].made_sla.upper() == "TRUE"
        for number, rows in incidents.items()
        if rows[-1].made_sla
    }
    report = Report(
        rows=log.read,
        requests=len(incidents),
        facts=len(facts),
        findings=tally.findings(),
        unused_columns=log.unused_columns,
        made_sla=read_only(judged),
    )
    return Conversion(tuple(facts), report)
