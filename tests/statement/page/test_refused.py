"""A page is made of no statement that checking it would not let pass."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from tests.statement.made import KEY, OTHER_KEY, statement
from tests.statement.test_restating import again, late_report

from uphold.messages import Reader
from uphold.statement import Statement, StatementError, fingerprint, seal
from uphold.statement.page import statement_page


def altered(change: Any, *, resealed: bool) -> Statement:
    """A sealed statement with a part changed, sealed again by the same key or not."""
    made = seal(statement(), KEY)
    parts = copy.deepcopy(dict(made.parts))
    change(parts)
    if resealed:
        return seal(Statement.of(parts), KEY)
    return replace(made, parts=parts)


def better(parts: dict[str, Any]) -> None:
    parts["verdicts"]["figures"][0]["availability"] = "100.000"


def test_a_figure_that_does_not_follow_gets_no_page_whoever_signed_it() -> None:
    with pytest.raises(StatementError, match=r"No page is made.*facts give 99\.798"):
        statement_page(altered(better, resealed=True), Reader("en"))


def test_an_altered_statement_gets_no_page() -> None:
    with pytest.raises(StatementError, match="No page is made of this statement"):
        statement_page(altered(better, resealed=False), Reader("en"))


def test_a_wrong_signature_gets_no_page() -> None:
    made, other = seal(statement(), KEY), seal(statement(), OTHER_KEY)
    forged = replace(made, seal=replace(made.seal, signature=other.seal.signature))
    with pytest.raises(StatementError, match="signature"):
        statement_page(forged, Reader("en"))


def test_a_fingerprint_that_is_not_the_keys_gets_no_page() -> None:
    """Customers compare what the page shows with the provider's own."""
    made = seal(statement(), KEY)
    shown = replace(made.seal, fingerprint=fingerprint(OTHER_KEY.public_key()))
    with pytest.raises(StatementError, match="signature"):
        statement_page(replace(made, seal=shown), Reader("en"))


@pytest.mark.parametrize(
    "told",
    [
        {"digest": "x", "reason": "r"},
        {"digest": "x", "reason": "r", "changes": []},
        {"digest": "x", "reason": "r", "changes": {"facts": {}, "figures": [{"key": "k"}]}},
    ],
)
def test_a_restatement_in_another_form_is_refused_by_name(told: dict[str, Any]) -> None:
    parts = dict(again(statement(), [late_report()]).parts) | {"restates": told}
    with pytest.raises(StatementError, match="what it restates cannot be read"):
        statement_page(Statement.of(parts), Reader("en"))
