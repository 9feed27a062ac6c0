"""Whatever an installation of Uphold brings may be passed on, and docs/licences.md lists it.

`UPHOLD_WRITE_GUIDES=1` writes the table of that page anew.
"""

from __future__ import annotations

import json
import os
import re
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

import pytest
from tests.house.locked import brought, canonical

EXTRAS: Final = ("batch", "pdf", "postgresql", "server")
ROW: Final = re.compile(r"^\| ([a-z0-9-]+) \| (.+) \|$", re.MULTILINE)
HEAD: Final = "| library | licence |\n|---|---|\n"

# Whoever passes Uphold on with these has to keep notices, or to offer the library's own source.
PERMITTED: Final = re.compile(
    r"0BSD|Apache|BSD|CC0|MIT|PSF|Zlib|LGPL|MPL"
    r"|GNU Lesser General Public License|Mozilla Public License"
)

# What these say by classifiers alone is less than what their licence files say.
READ: Final = {
    "pyphen": "MPL-1.1",  # or GPL-2.0 or LGPL-2.1: whoever takes it chooses
    "qrcode": "BSD-3-Clause AND MIT",  # "other": the notice of the work it was ported from
}


def said(library: Distribution) -> str:
    """The licence by a library's own words: its expression, else classifiers, else its field."""
    name, own = canonical(library.name), library.metadata
    classifiers = own.get_all("Classifier") or []
    kept = " AND ".join(each.rpartition(" :: ")[2] for each in classifiers if is_one(each))
    expression, free = (own.get_all(key) or [""] for key in ("License-Expression", "License"))
    return READ.get(name) or expression[0] or kept or free[0]


def is_one(classifier: str) -> bool:
    return classifier.startswith("License :: ") and not classifier.endswith("OSI Approved")


def may_be_passed_on(licence: str) -> bool:
    """Whether one of the licences to choose from is permitted in each of its parts."""
    return any(
        all(PERMITTED.match(part.strip(" ()")) for part in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )


@pytest.fixture(scope="module")
def libraries(repository: Path) -> dict[str, str]:
    """The licences of the libraries that an installation with every extra brings here."""
    wanted = brought(repository, *EXTRAS)
    found = {canonical(each.name): said(each) for each in distributions()}
    return {name: found[name] for name in sorted(wanted & found.keys())}


@pytest.mark.parametrize(
    ("licence", "permitted"),
    [
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("BSD-3-Clause AND GPL-3.0-only", False),
        ("GPL-2.0-or-later OR MIT", True),
        ("GNU General Public License v3 (GPLv3)", False),
        ("GNU Affero General Public License v3", False),
        ("AGPL-3.0-only", False),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_all_that_it_asks(licence: str, permitted: bool) -> None:
    assert may_be_passed_on(licence) is permitted


def test_every_library_may_be_passed_on(libraries: dict[str, str]) -> None:
    assert len(libraries) > 50
    assert {each for each, licence in libraries.items() if not may_be_passed_on(licence)} == set()


def test_the_page_lists_every_library(libraries: dict[str, str], repository: Path) -> None:
    page = repository / "docs" / "licences.md"
    text = page.read_text("utf-8")
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        rows = "".join(f"| {name} | {licence} |\n" for name, licence in libraries.items())
        page.write_text(text.partition(HEAD)[0] + HEAD + rows, "utf-8")
    listed = dict(ROW.findall(text.partition(HEAD)[2]))
    assert {name: listed.get(name) for name in libraries} == libraries
    assert listed.keys() - brought(repository, *EXTRAS) == set()


def test_files_of_others_that_we_carry_have_their_licence_beside_them(repository: Path) -> None:
    built = json.loads((repository / "tools" / "styles" / "package.json").read_text("utf-8"))
    names = {each.removesuffix(".org") for each in built["devDependencies"]}
    folder = repository / "src" / "uphold" / "server" / "web" / "static" / "web" / "licences"
    licences = {file.stem: file.read_text("utf-8") for file in folder.iterdir()}
    assert {name for name in names if not name.startswith("@")} == licences.keys()
    assert all(
        re.search(r"^(MIT License|Zero-Clause BSD)$", each, re.M) for each in licences.values()
    )
