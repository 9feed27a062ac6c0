"""A page that everybody can read: structure, text alternatives, contrast, and grey print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from operator import mul

import pytest
from tests.statement.made import agreed
from tests.statement.page.made import LANGUAGES, made_of, page, quiet, restless
from tests.statement.page.tree import Node, tree

from uphold.messages import Reader
from uphold.statement import Statement
from uphold.statement.page import statement_page

STYLE = files("uphold.statement.page").joinpath("style.css").read_text("utf-8")


def busy() -> Statement:
    return made_of([agreed("acme", "acme-1")], restless(20))


def pages() -> list[Node]:
    others = (statement_page(each, Reader("en")) for each in (quiet(), busy()))
    return [tree(each) for each in (*map(page, LANGUAGES), *others)]


def test_the_page_has_landmarks_and_a_way_past_its_head() -> None:
    for found in pages():
        body = found.one("body")
        assert [each.name for each in body.content if isinstance(each, Node)] == [
            "a",
            "header",
            "main",
        ]
        assert body.one("a", class_="skip").attributes["href"] == "#text"
        assert body.one("main").attributes["id"] == "text"
        sections = list(body.one("main").every("section"))
        assert sections
        named = [found.one("*", id=each.attributes["aria-labelledby"]) for each in sections]
        assert all(each.name == "h2" and each.text for each in named)


def test_headings_go_down_one_level_at_a_time() -> None:
    for found in pages():
        levels = [int(each.name[1]) for each in found.every() if re.fullmatch(r"h[1-6]", each.name)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_one_of_a_kind_and_links_lead_somewhere() -> None:
    for found in pages():
        ids = [each.attributes["id"] for each in found.every() if "id" in each.attributes]
        assert len(ids) == len(set(ids))
        assert not any(re.search(r"\s", each) for each in ids)
        links = [each.attributes["href"] for each in found.every("a")]
        assert links and {each[1:] for each in links} <= set(ids)
        assert all(each.startswith("#") for each in links)
        for each in found.every():
            for name in ("aria-labelledby", "aria-describedby"):
                assert set(each.attributes.get(name, "").split()) <= set(ids)


def test_every_table_has_a_caption_and_heads_that_say_what_they_head() -> None:
    for found in pages():
        for table in found.every("table"):
            assert table.one("caption").text
            scopes = {each.attributes.get("scope") for each in table.every("th")}
            assert scopes <= {"col", "row"}
            heads = len(list(table.one("thead").every("th")))
            for row in table.one("tbody").every("tr"):
                assert len([each for each in row.content if isinstance(each, Node)]) == heads


def test_every_drawing_has_words_or_stands_beside_them() -> None:
    for found in pages():
        for drawing in found.every("svg"):
            if drawing.attributes.get("aria-hidden") != "true":
                assert drawing.attributes["role"] == "img"
                assert drawing.one("title").content
        for strip in found.every("div", class_="strip"):
            assert strip.attributes["role"] == "img"
            assert found.one("*", id=strip.attributes["aria-labelledby"]).text


def test_the_days_of_a_strip_can_be_read_as_a_table() -> None:
    found = tree(page())
    (first, *_) = found.every("details", class_="days")
    rows = [each.text for each in first.one("tbody").every("tr")]
    assert rows == [
        "Fri 3 Mar 18 min – –",
        "Tue 14 Mar 20 min – 1 h",
        "Sat 18 Mar – 20 min –",
        "Mon 20 Mar 1 h 28 min – –",
        "Wed 22 Mar – 1 h 30 min –",
    ]


def test_a_state_is_never_told_by_colour_alone() -> None:
    for found in pages():
        for state in found.every("span", class_="state"):
            assert state.one("span", class_="sign").text
            assert state.text != state.one("span", class_="sign").text


def test_nothing_foreign_and_nothing_that_runs() -> None:
    for found in pages():
        names = {each.name for each in found.every()}
        assert names.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form"})
        for each in found.every():
            assert not any(name.startswith("on") for name in each.attributes)
            assert "style" not in each.attributes
        policy = found.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
        assert "default-src 'none'" in policy
    assert "url(" not in STYLE and "@import" not in STYLE and "http" not in STYLE


def palettes() -> list[Mapping[str, str]]:
    """The colours of the light page, the dark one and paper."""
    found = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    assert len(found) == 3
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", each)) for each in found]


def luminance(colour: str) -> Fraction:
    """Relative luminance (WCAG 2.1), in fractions close enough to tell."""
    weights = (0.2126, 0.7152, 0.0722)
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return Fraction(sum(map(mul, weights, linear)))


def contrast(one: str, other: str) -> Fraction:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + Fraction(1, 20)) / (dark + Fraction(1, 20))


@pytest.mark.parametrize("ground", ["paper", "soft"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent"])
def test_text_stands_out_in_light_dark_and_print(ink: str, ground: str) -> None:
    for palette in palettes():
        assert contrast(palette[ink], palette[ground]) >= Fraction(9, 2)


def test_words_on_dark_marks_stand_out() -> None:
    for palette in palettes():
        assert contrast(palette["on-ink"], palette["ink"]) >= Fraction(9, 2)


def test_what_is_drawn_stands_out_from_paper_and_from_each_other() -> None:
    for palette in palettes():
        for drawn in ("up", "ink", "muted", "accent"):
            assert contrast(palette[drawn], palette["paper"]) >= 3
        assert contrast(palette["up"], palette["ink"]) >= 3


def test_printed_colours_are_those_of_the_drawings() -> None:
    """Printers read drawings without the style sheet, so that both must say the same."""
    paper = palettes()[2]
    said = r'(?:fill|stroke)="(#[0-9a-f]{6})"[^>]*? class="is-([a-z]+)"'
    drawn = set(re.findall(said, page()))
    meant = {
        "up": "up",
        "kept": "up",
        "down": "ink",
        "missed": "ink",
        "cell": "paper",
        "line": "muted",
        "outside": "rim",
        "band": "band",
        "mark": "accent",
        "target": "ink",
        "strong": "ink",
        "label": "muted",
    }
    assert {kind for _, kind in drawn} <= set(meant)
    assert {(colour, kind) for colour, kind in drawn if colour != paper[meant[kind]]} == set()
