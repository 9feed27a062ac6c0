"""The page of settings is what the table of settings says."""

from __future__ import annotations

from pathlib import Path

from uphold.server.environment import SETTINGS, read_environment
from uphold.server.running.settings_page import settings_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "operations" / "settings.md"


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page()


def test_defaults_that_are_values_are_what_is_read_without_them() -> None:
    """A default that the table tells must be the one that acts."""
    told = {each.name: each.default for each in SETTINGS if " " not in each.default}
    assert {"UPHOLD_BIND", "UPHOLD_RATE", "UPHOLD_MAIL"} <= told.keys()
    assert read_environment(told) == read_environment({})
