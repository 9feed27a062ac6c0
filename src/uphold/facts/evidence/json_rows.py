"""The rows of a file of JSON Lines, an object each, as cells of text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.findings import Findings
from uphold.facts.evidence.row import Row
from uphold.facts.lines import LONGEST
from uphold.facts.strict_json import JsonError, parse_object
from uphold.messages import message


def json_rows(lines: Iterator[bytes], findings: Findings) -> Iterator[Row]:
    """Each line that is not blank; numbers keep the digits they are written with."""
    decode = json.JSONDecoder(
        object_pairs_hook=tuple, parse_float=Decimal, parse_constant=_refused
    ).decode
    for number, line in enumerate(lines, 1):
        try:
            pairs = decode(line.decode()) if len(line) <= LONGEST else None
        except (ValueError, RecursionError, ArithmeticError):
            pairs = None
        if type(pairs) is not tuple:
            if _explained(number, line, findings):
                yield number, (), None
            continue
        try:
            cells = [
                value if type(value) is str else _text_of(name, value) for name, value in pairs
            ]
        except CellError as error:
            findings.add(number, error.message, error.hint)
            yield number, (), None
            continue
        yield number, tuple([name for name, _ in pairs]), cells


def _explained(number: int, line: bytes, findings: Findings) -> bool:
    """Says what is wrong with a line that is no JSON object; a blank line is no row at all."""
    try:
        if parse_object(line) is None:
            return False
    except JsonError as error:
        findings.add(number, error.message, error.hint, error.column)
    else:
        # The strict reader takes numbers with exponents that no exact number can bear.
        findings.add(number, message("problem.facts-number-too-long"))
    return True


def _text_of(name: str, value: object) -> str:
    """The text that a CSV file would have in the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    raise CellError(message("problem.evidence-cell", column=name))


def _refused(constant: str) -> object:
    raise ValueError(constant)
