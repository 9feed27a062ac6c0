"""What of a log could not be used as it stands, and why: counts, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from uphold.facts.problems import SpeaksMessages, printable
from uphold.messages import Message, Value

FINDINGS = (
    "row-ragged",
    "row-unnumbered",
    "row-undated",
    "row-silent",
    "rows-out-of-order",
    "state-unknown",
    "opened-missing",
    "opened-late",
    "response-unrecorded",
    "supplier-unrecorded",
    "change-unexplained",
    "priority-unknown",
    "channel-unknown",
    "reopening-unseen",
    "resolved-missing",
    "resolved-differs",
    "closed-unresolved",
    "time-skipped",
    "time-repeated",
)
MESSAGE_IDS = tuple(f"servicenow.{name}" for name in FINDINGS)
_LINES_KEPT = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of trouble: how often, and on which lines of the file first.

    The message bears the count, and the log's word (`value`) where it is about one.
    """

    code: str
    message: Message
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was read and made, and what could not be used.

    `made_sla` is the log's own judgement on each request's last row. It is kept to compare with
    and never used: it was made under an agreement that we do not have.
    """

    rows: int
    requests: int
    facts: int
    findings: tuple[Finding, ...]
    unused_columns: tuple[str, ...]
    made_sla: Mapping[str, bool]

    def text(self, reader: SpeaksMessages) -> str:
        """The report as a person reads it, a line for each finding."""
        told: dict[str, Value] = {
            "rows": self.rows,
            "requests": self.requests,
            "facts": self.facts,
        }
        shown = [reader.text(Message("servicenow.summary", told))]
        for each in self.findings:
            lines = tuple(str(line) for line in each.lines)
            where = Message("servicenow.lines", {"count": len(lines), "lines": lines})
            shown.append(f"- {reader.text(each.message)} ({reader.text(where)})")
        if self.unused_columns:
            unused = Message("servicenow.columns-unused", {"columns": self.unused_columns})
            shown.append(f"- {reader.text(unused)}")
        return "\n".join(map(printable, shown))

    def to_json(self, reader: SpeaksMessages) -> dict[str, object]:
        """The report as data, with its words in the reader's language."""
        return {
            "rows": self.rows,
            "requests": self.requests,
            "facts": self.facts,
            "findings": [
                {
                    "code": each.code,
                    "message": reader.text(each.message),
                    "count": each.count,
                    "lines": list(each.lines),
                }
                for each in self.findings
            ],
            "unused_columns": list(self.unused_columns),
            "made_sla": dict(self.made_sla),
        }


@dataclass(slots=True)
class Tally:
    """Findings while a log is being read."""

    lines: dict[tuple[str, str | None], list[int]] = field(default_factory=dict)

    def note(self, code: str, line: int, value: str | None = None) -> None:
        """Counts one more of its kind, at a line of the file."""
        assert code in FINDINGS
        self.lines.setdefault((code, value), []).append(line)

    def findings(self) -> tuple[Finding, ...]:
        """All that was noted, in the order of the kinds."""
        found: list[Finding] = []
        for (code, value), lines in sorted(self.lines.items(), key=_kind_order):
            told: dict[str, Value] = {"count": len(lines)}
            if value is not None:
                told["value"] = value
            message = Message(f"servicenow.{code}", told)
            found.append(Finding(code, message, len(lines), tuple(lines[:_LINES_KEPT])))
        return tuple(found)


def _kind_order(entry: tuple[tuple[str, str | None], list[int]]) -> tuple[int, str]:
    (code, value), _ = entry
    return FINDINGS.index(code), value or ""


def read_only(judged: dict[str, bool]) -> Mapping[str, bool]:
    """The log's own judgements, not to be changed."""
    return MappingProxyType(judged)
