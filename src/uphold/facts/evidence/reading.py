"""Evidence from CSV and JSON Lines: every look that can be read, and every problem found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.changes import held
from uphold.facts.evidence.csv_rows import csv_rows
from uphold.facts.evidence.evidence import Evidence
from uphold.facts.evidence.findings import Findings
from uphold.facts.evidence.gathering import Gathering
from uphold.facts.evidence.json_rows import json_rows
from uphold.facts.evidence.layout import layout_of
from uphold.facts.evidence.moments import Moments
from uphold.facts.evidence.options import Options
from uphold.facts.evidence.row import Row
from uphold.facts.evidence.run import Run
from uphold.facts.evidence.table import Table
from uphold.facts.lines import Source, lines_in, source_name, sources_in
from uphold.facts.problems import Problem
from uphold.messages import message

_BOM = b"\xef\xbb\xbf"
_MOST_TABLES = 1 << 12
_LOOKED_AT = 1 << 10


@dataclass(frozen=True, slots=True)
class EvidenceRead:
    """What was read: the evidence, all problems, and the number of rows, sound or not.

    Where there are problems and the options do not say to keep going, the evidence is empty.
    """

    evidence: Evidence
    problems: tuple[Problem, ...]
    rows: int

    @property
    def runs(self) -> tuple[Run, ...]:
        """The evidence's runs."""
        return self.evidence.runs


def read_evidence(
    sources: Iterable[Source] | Source, options: Options | None = None
) -> EvidenceRead:
    """The evidence of one or more paths or streams: CSV with a header, or JSON Lines.

    Give the files of a log of changes together: a row holds until the next, whichever file that
    is in. Nothing in a file raises; what is wrong is among the problems, with its line. Raises
    `UnknownZone` for a zone of the options that there is not.
    """
    chosen = options or Options()
    moments = Moments(chosen.zone, chosen.unit)
    gathering = Gathering()
    problems: list[Problem] = []
    rows = 0
    for source in sources_in(sources):
        reading = _Reading(source, chosen, gathering, moments)
        rows += reading.take()
        problems.extend(reading.findings.all())
    evidence = Evidence(gathering.settled(), chosen.longest_gap)
    if chosen.change_log is not None:
        evidence = held(evidence, chosen.change_log, chosen.interval, chosen.own_kind)
    problems.extend(evidence.conflicts)
    if problems and not chosen.keep_going:
        evidence = Evidence()
    return EvidenceRead(evidence, tuple(problems), rows)


class _Reading:
    """One reading of one source into a gathering."""

    def __init__(
        self, source: Source, options: Options, gathering: Gathering, moments: Moments
    ) -> None:
        self.findings = Findings(source_name(source, "evidence"))
        self._source, self._options = source, options
        self._gathering, self._moments = gathering, moments
        self._tables: dict[tuple[str, ...], Table | CellError] = {}

    def take(self) -> int:
        """Takes in all rows, and returns how many there were."""
        count = 0
        before: tuple[str, ...] | None = None
        table: Table | CellError | None = None
        for line, names, cells in self._rows():
            count += cells is not None or not names
            if cells is None and not names:
                continue
            if names is not before:
                before, table = names, self._table(names)
            try:
                if isinstance(table, CellError):
                    raise table
                if cells is not None and table is not None:
                    table.add(cells)
            except CellError as error:
                self.findings.add(line, error.message, error.hint)
                if cells is None:
                    break  # the header says that nothing below it can be read
        return count

    def _table(self, names: tuple[str, ...]) -> Table | CellError:
        """The table of rows with these columns, or what is wrong with the columns."""
        found = self._tables.get(names)
        if found is None:
            try:
                layout = layout_of(names, self._options.columns)
                found = Table(layout, self._options, self._gathering, self._moments)
            except CellError as error:
                found = error
            if len(self._tables) >= _MOST_TABLES:
                self._tables.clear()
            self._tables[names] = found
        return found

    def _rows(self) -> Iterator[Row]:
        """The rows by what the first line that is not blank begins with."""
        try:
            blocks = lines_in(self._source)
            first = next(blocks, [b""])
            first[0] = first[0].removeprefix(_BOM)
            head = next((line.strip() for line in first if line.strip()), b"")
            lines = chain(first, chain.from_iterable(blocks))
            if not head:
                self.findings.add(
                    0, message("problem.evidence-empty"), message("hint.evidence-header")
                )
            elif not _is_text(first, head):
                self.findings.add(
                    1, message("problem.facts-not-text"), message("hint.evidence-header")
                )
            elif head.startswith(b"["):
                self.findings.add(1, message("problem.facts-a-list"), message("hint.facts-object"))
            elif head.startswith(b"{"):
                yield from json_rows(lines, self.findings)
            else:
                yield from csv_rows(lines, self.findings)
        except OSError as error:
            reason = error.strerror or str(error)
            self.findings.add(0, message("problem.facts-file-unreadable", reason=reason))


def _is_text(first: list[bytes], head: bytes) -> bool:
    """Whether a file that begins so is text in UTF-8, rather than packed or written another way."""
    if any(b"\0" in line for line in first):
        return False
    try:
        head[:_LOOKED_AT].decode()
    except UnicodeDecodeError as error:
        return len(head) > _LOOKED_AT and error.reason == "unexpected end of data"
    return True
