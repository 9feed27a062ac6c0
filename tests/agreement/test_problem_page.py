"""The page of problems says what the catalogues and the files say now."""

import os
from pathlib import Path

from tests.agreement.problem_page import problem_page

from uphold.agreement.check.problem_codes import CHECK_HINTS
from uphold.agreement.problem_codes import HINTS


def test_the_page_of_problems_is_current(repository: Path) -> None:
    page = repository / "docs" / "language" / "problems.md"
    made = problem_page(repository / "tests" / "errors")
    if os.environ.get("UPHOLD_UPDATE_GOLDENS") == "1":
        page.write_text(made, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made
    assert all(f"### {code}\n" in made for code in (*HINTS, *CHECK_HINTS))
