"""Change any one figure of a shipped agreement: the checker objects, or an example fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.agreement.mutations import Mutation, is_caught, prose_mutations, term_mutations

AGREEMENTS = Path(__file__).resolve().parent.parent.parent / "agreements"
SHIPPED = sorted(
    path
    for path in AGREEMENTS.rglob("*.md")
    if path.parent.name != "suppliers" and len(path.suffixes) == 1
)
SAMPLE = ("lifesize.md", "tiers.md", "claims.md", "updates.md", "quota.md", "by-plan.md")


def survivors(path: Path, mutations: list[Mutation], *, run_examples: bool) -> list[str]:
    return [
        str(mutation)
        for mutation in mutations
        if not is_caught(path, mutation, run_examples=run_examples)
    ]


@pytest.mark.parametrize("path", [p for p in SHIPPED if p.name in SAMPLE], ids=lambda p: p.name)
def test_a_changed_figure_of_a_small_agreement_is_caught(path: Path) -> None:
    prose, terms = list(prose_mutations(path)), list(term_mutations(path))
    assert prose
    assert survivors(path, prose, run_examples=False) == []
    assert survivors(path, terms, run_examples=True) == []


@pytest.mark.long
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_changed_figure_of_the_prose_is_caught_by_the_checker(path: Path) -> None:
    assert survivors(path, list(prose_mutations(path)), run_examples=False) == []


@pytest.mark.long
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_changed_figure_of_a_term_is_caught(path: Path) -> None:
    assert survivors(path, list(term_mutations(path)), run_examples=True) == []
