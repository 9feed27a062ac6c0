"""The rows that tests claim to drive are rows of the requirements."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROW = re.compile(r"^\|\s*([A-Z]\d+[a-z]?)\s*\|", re.MULTILINE)


def claimed_rows(tests: Path) -> Iterator[tuple[str, str]]:
    """Each row named by a `requirement` mark, with the place of the mark."""
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="requirement"), args=rows):
                    for row in rows:
                        place = f"{path.relative_to(tests)}:{node.lineno}"
                        yield (str(row.value) if isinstance(row, ast.Constant) else ""), place


def test_the_rows_that_tests_claim_exist(repository: Path, shared: Callable[[str], Path]) -> None:
    rows = set(ROW.findall(shared("requirements.md").read_text(encoding="utf-8")))
    assert {"E1", "E9a", "L1", "B1", "C1"} <= rows
    unknown = [
        f"{place}: {row!r}" for row, place in claimed_rows(repository / "tests") if row not in rows
    ]
    assert unknown == []


def test_marks_are_found_where_tests_bear_them(tmp_path: Path) -> None:
    sample = tmp_path / "test_sample.py"
    mark = "@pytest.mark.requirement('E9a', 'L3')"
    sample.write_text(f"import pytest\n{mark}\ndef test_it() -> None: ...\n", encoding="utf-8")
    assert list(claimed_rows(tmp_path)) == [("E9a", "test_sample.py:2"), ("L3", "test_sample.py:2")]
