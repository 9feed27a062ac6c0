"""The evidence of an example: rows of what a source saw, each misspelling with its place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from uphold.agreement.document import read_document
from uphold.agreement.schema import term_schema
from uphold.agreement.terms.example import ExampleTerm
from uphold.agreement.terms.load import load_terms, read_term
from uphold.worktime.durations import Elapsed

HEAD = """\
---
agreement: gateway
title: Gateway
revision: 1
posted: 2026-01-01T00:00:00Z
language: en
provider: Northgrid
zone: Etc/UTC
---

# Examples {#examples}

```yaml sla
example: a minute down
facts: []
evidence:
"""
TAIL = """\
at: 2026-02-01T00:00:00Z
expect: {}
```
"""


def _example(*rows: str) -> tuple[ExampleTerm | None, list[tuple[str, int]]]:
    page = HEAD + "".join(f"  - {row}\n" for row in rows) + TAIL
    document = read_document(("gateway.md", page)).document
    assert document is not None
    terms, problems = load_terms(document)
    found = [term for term in terms if isinstance(term, ExampleTerm)]
    lines = [(problem.code, problem.place.line) for problem in problems]
    return (found[0] if found else None), lines


def test_rows_are_read_as_they_are_written() -> None:
    example, _ = _example(
        "{check: sign-in, state: up, first: 2026-01-01T00:00:00Z, last: 2026-01-02T00:00:00Z,"
        " every: 1 minute, from: oslo, attempts: 30, failed: 2}",
        "{check: sign-in, state: down, first: 2026-01-02T00:01:00Z, by: logs}",
    )
    assert example is not None
    up, down = example.evidence
    assert (up.check, up.state, up.from_, up.by) == ("sign-in", "up", "oslo", "checks")
    assert up.last == datetime(2026, 1, 2, tzinfo=UTC)
    assert up.every == Elapsed(60_000_000)
    assert (up.attempts, up.failed) == (30, 2)
    assert (down.from_, down.by, down.last) == ("monitor", "logs", None)


def test_the_json_form_reads_back() -> None:
    example, _ = _example(
        "{check: sign-in, state: down, first: 2026-01-02T00:01:00Z, loss: 1.5 %, every: 5 minutes}"
    )
    assert example is not None
    again = read_term(example.json_form())
    assert isinstance(again, ExampleTerm)
    assert again.evidence == example.evidence


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{state: up, first: 2026-01-01T00:00:00Z}", "term-key-missing"),
        ("{check: sign-in, state: up, frist: 2026-01-01T00:00:00Z}", "term-key-unknown"),
        ("{check: sign-in, state: sleepy, first: 2026-01-01T00:00:00Z}", "word-unknown"),
        ("{check: sign-in, state: up, first: 2026-01-01T00:00:00}", "instant-without-offset"),
        (
            "{check: sign-in, state: up, first: 2026-01-01T00:00:00Z, every: 2 working days}",
            "duration-not-elapsed",
        ),
        (
            "{check: sign-in, state: up, first: 2026-01-01T00:00:00Z, attempts: many}",
            "phrase-unreadable",
        ),
    ],
)
def test_a_mistake_is_told_with_its_row(row: str, code: str) -> None:
    good = "{check: sign-in, state: up, first: 2026-01-01T00:00:00Z}"
    example, problems = _example(good, row)
    assert example is None
    assert (code, HEAD.count("\n") + 2) in problems


def test_the_schema_writes_the_rows_out() -> None:
    rows = term_schema(ExampleTerm)["properties"]["evidence"]["items"]
    assert rows["required"] == ["check", "state", "first"]
    assert "from" in rows["properties"]
    assert rows["additionalProperties"] is False
