"""The reference page of terms: current, and every example on it is read."""

from pathlib import Path

import pytest

from uphold.agreement import read_document
from uphold.agreement.reference import reference
from uphold.agreement.terms.load import load_terms
from uphold.agreement.terms.table import TERMS

PAGE = Path(__file__).parents[2] / "docs" / "language" / "terms.md"
HEADER = """\
---
agreement: sample
title: Sample
revision: 1
posted: 2027-01-01T00:00:00+01:00
language: en
provider: Sample
zone: Europe/Oslo
---

# One {#one}

Words.

```yaml sla
"""


def test_the_page_is_what_the_terms_say() -> None:
    assert PAGE.read_text("utf-8") == reference(), (
        "make it anew: python -m uphold.agreement.reference > docs/language/terms.md"
    )


@pytest.mark.parametrize("kind", TERMS)
def test_the_example_of_each_kind_is_read(kind: str) -> None:
    page = f"{HEADER}{TERMS[kind].example}```\n"
    reading = read_document(("sample.md", page))
    assert reading.document is not None
    terms, problems = load_terms(reading.document)
    assert not [*reading.problems, *problems]
    assert [term.kind for term in terms] == [kind]
