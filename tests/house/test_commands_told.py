"""Whatever `--help` lists stands in the guide to the command line."""

import re
from pathlib import Path

import pytest

from uphold.cli.commands import every_command
from uphold.cli.help import command_page
from uphold.cli.options import Shared
from uphold.cli.screen import Screen

OPTION = re.compile(r"^  (--[a-z-]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def guide(repository: Path) -> dict[str, str]:
    """The sections of the guide by their headings; what stands before the first is under ""."""
    page = (repository / "docs" / "guide" / "command-line.md").read_text("utf-8")
    first, *others = re.split(r"^## ", page, flags=re.MULTILINE)
    sections = (section.partition("\n") for section in others)
    return {"": first} | {heading: text for heading, _, text in sections}


@pytest.mark.parametrize("name", every_command())
def test_a_command_stands_in_the_guide_with_its_options(name: str, guide: dict[str, str]) -> None:
    (own,) = (text for heading, text in guide.items() if name in heading.split(", "))
    page = command_page(every_command()[name], Screen(Shared(lang="en"), "UTC"))
    told = set(re.findall(r"--[a-z-]+", own + guide[""]))
    assert set(OPTION.findall(page)) - told == set()
