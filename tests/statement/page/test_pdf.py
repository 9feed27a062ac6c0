"""The page on paper: real PDF, whole rows, numbered sheets; and what is said where it cannot be."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.engine.pages import page as agreement_page
from tests.statement.made import EVIDENCE, SERVICE, WHOLE, agreed, at
from tests.statement.page.made import made_of, march, quiet, restless

from uphold.agreement import load_agreement
from uphold.messages import Reader
from uphold.statement import Statement
from uphold.statement.page import PdfUnavailableError, statement_pdf

SHORT = """\
availability: monthly
of: calling
per: account
window: calendar month
target: at least 99.9 %
counts: outages of at least 5 minutes
"""


@pytest.fixture
def printer() -> Callable[[Statement, str], list[str]]:
    """Prints a statement and reads each sheet's text; skips where this machine cannot print."""

    def printed(statement: Statement, language: str = "en") -> list[str]:
        try:
            data = statement_pdf(statement, Reader(language))
        except PdfUnavailableError:
            pytest.skip("system part missing: libpango-1.0-0 libpangoft2-1.0-0")
        return [sheet.extract_text() for sheet in PdfReader(BytesIO(data)).pages]

    return printed


def test_the_printed_page_tells_what_the_page_tells(printer: Any) -> None:
    sheets = printer(march(), "nb")
    text = " ".join("\n".join(sheets).replace("\u00a0", " ").split())
    for wanted in ("Mars 2028", "99,716 %", "22,50 €", "brutt", "request:414"):
        assert wanted in text
    for number, sheet in enumerate(sheets, 1):
        assert f"Side {number} av {len(sheets)}" in sheet
        assert "Fjordline Hosting: tjenesteoppgjør for acme, mars 2028" in sheet
    assert 5 <= len(sheets) <= 9


def test_two_hundred_outages_are_printed_without_a_cut_row(printer: Any) -> None:
    """Rows of several lines: the first bears the time, the last what it counts in all."""
    written = agreement_page(SERVICE, EVIDENCE, SHORT, WHOLE, name="fjordline-calling")
    agreement = load_agreement(("page.md", written), until=at("2027-12-31T00:00:00+01:00"))
    accounts = [agreed("acme", f"acme-of-a-long-name-{place}") for place in range(4)]
    sheets = printer(made_of(accounts, restless(200), agreement))
    rows = 0
    for sheet in sheets:
        begun = len(re.findall(r"Aug \d\d:\d\d\s+\d+\s", sheet))
        middle = len(re.findall(r"only\s+5\s+minutes\s+or\s+more\s+counts\.", sheet))
        ended = len(re.findall(r"^calling: 3 min$", sheet, re.M))
        assert begun == middle == ended
        assert not begun or "Began" in sheet  # the heads stand on each sheet again
        rows += begun
    assert rows == 200


def test_the_same_statement_gives_the_same_bytes(printer: Any) -> None:
    printer(quiet())
    assert statement_pdf(quiet(), Reader("en")) == statement_pdf(quiet(), Reader("en"))


def test_the_printed_page_has_its_language_title_and_tags(printer: Any) -> None:
    printer(quiet())
    found = PdfReader(BytesIO(statement_pdf(quiet(), Reader("pl"))))
    assert found.metadata is not None
    assert found.metadata.title == "Fjordline: zestawienie jakości usług dla acme, sierpień 2026"
    catalogue: Any = found.trailer["/Root"]
    assert catalogue["/Lang"] == "pl"
    assert catalogue["/MarkInfo"]["/Marked"]


def without(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """As on a machine where importing the printer fails so."""
    real = builtins.__import__

    def importing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise error
        return real(name, *rest, **named)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ImportError("no weasyprint"), r"pip install uphold\[pdf\]"),
        (OSError("cannot load library"), "apt-get install libpango-1.0-0"),
    ],
)
def test_a_machine_that_cannot_print_is_told_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    without(monkeypatch, error)
    with pytest.raises(PdfUnavailableError, match=said):
        statement_pdf(march(), Reader("en"))
