"""The rows of a CSV file, as cells of text."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from uphold.facts.evidence.findings import Findings
from uphold.facts.evidence.row import Row
from uphold.facts.lines import LONGEST
from uphold.messages import message

_DELIMITERS = ",;\t"


def csv_rows(lines: Iterator[bytes], findings: Findings) -> Iterator[Row]:
    """First the header as a row without cells, then each row that is not blank.

    The delimiter is the one of comma, semicolon and tab that the header has most of. A line that
    is no UTF-8 is left out, a row with other than the header's number of cells comes without them.
    """
    texts = _Texts(lines, findings)
    try:
        head = next((text for text in texts if text.strip()), "")
        delimiter = max(_DELIMITERS, key=head.count)
        header = tuple(next(csv.reader([head], delimiter=delimiter, strict=True), ()))
        yield texts.line, header, None
        width = len(header)
        for cells in csv.reader(texts, delimiter=delimiter, strict=True):
            if len(cells) == width:
                yield texts.line, header, cells
            elif cells:
                findings.add(
                    texts.line,
                    message("problem.evidence-ragged", found=len(cells), expected=width),
                    message("hint.evidence-ragged"),
                )
                yield texts.line, (), None
    except csv.Error:
        findings.add(texts.line, message("problem.evidence-not-csv"), message("hint.evidence-csv"))


class _Texts:
    """Lines as text with their newline, counted; a `csv.reader` takes them one by one."""

    def __init__(self, lines: Iterator[bytes], findings: Findings) -> None:
        self._lines, self._findings = lines, findings
        self.line = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            self.line += 1
            if len(line) > LONGEST:
                raise csv.Error("the line is too long to be a row")
            try:
                return line.decode() + "\n"
            except UnicodeDecodeError as error:
                byte = f"0x{line[error.start]:02x}"
                self._findings.add(
                    self.line,
                    message("problem.facts-not-utf-8", byte=byte),
                    message("hint.facts-utf-8"),
                    len(line[: error.start].decode()) + 1,
                )
        raise StopIteration
