"""What readers are given holds: words cited from pages stand there, links lead somewhere."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
CATALOGUES = ROOT / "src" / "uphold" / "messages" / "catalogues" / "en"
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
BLOCK = re.compile(r"^(`{3,}).*?^\1$", re.S | re.M)
CODE = re.compile(rf"{BLOCK.pattern}|`[^`\n]*`", re.S | re.M)


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as those who show Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


def test_the_guide_to_the_desk_cites_words_of_its_pages() -> None:
    said: set[str] = set()
    for file in CATALOGUES.glob("*.po"):
        with file.open("rb") as opened:
            for entry in read_po(opened):
                forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
                said |= {str(form) for form in forms}
    guide = (ROOT / "docs" / "guide" / "desk.md").read_text("utf-8")
    cited = {" ".join(each.split()) for each in re.findall(r"\*\*([^*]+)\*\*", guide)}
    assert len(cited) > 40
    assert cited - said == {"like this"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    astray = []
    for place, anchor in LINK.findall(CODE.sub("", text)):
        target = page.parent / place if place else page
        if not target.exists():
            astray.append(place)
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text("utf-8")):
            astray.append(f"{place}#{anchor}")
    assert astray == []
