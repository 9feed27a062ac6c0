"""An agreement as HTML: nothing in it runs, everything in it is said, anybody can read it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.pages import HEADER, WORDS, document, read, term

from uphold.agreement.document import Document, read_document
from uphold.agreement.html import render_html, render_page
from uphold.agreement.html_renderer import clean
from uphold.messages import Reader

ALLOWED = {
    *("a", "blockquote", "body", "br", "code", "dd", "details", "div", "dl", "dt", "em", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main", "meta"),
    *("nav", "ol", "p", "pre", "section", "span", "strong", "style", "summary", "sup", "table"),
    *("tbody", "td", "th", "thead", "title", "tr", "ul"),
}
ATTRIBUTES = {
    *("aria-label", "charset", "class", "content", "href", "http-equiv", "id", "lang", "name"),
    *("rel", "role", "scope", "start", "tabindex", "title"),
}
VOID = {"br", "hr", "meta"}


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.headings: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, each, value in self.attributes if each == name]


def harmless(html: str) -> Page:
    """Checks that nothing in the page can run or fetch, and that its tags nest."""
    page = Page(html)
    assert page.open == []
    assert set(page.tags) <= ALLOWED
    assert {name for _, name, _ in page.attributes} <= ATTRIBUTES
    for address in page.values("href"):
        first = re.split(r"[/?#]", address)[0]
        assert ":" not in first or first.split(":")[0] in ("http", "https", "mailto", "tel")
    identities = Counter(page.values("id"))
    assert max(identities.values(), default=1) == 1
    return page


def page_of(found: Document) -> Page:
    return harmless(render_page(found))


def test_a_page_says_what_the_agreement_says(shared: Callable[[str], Path]) -> None:
    found = read_document(shared("examples/harbour.md")).document
    assert found is not None
    html = render_page(found)
    page = harmless(html)
    shown = " ".join(page.text.split())
    for clause in found.clauses:
        assert clause.title in shown
        assert clause.text in shown
        assert clause.anchor in page.values("id")
        assert f"#{clause.anchor}" in page.values("href")
    assert page.tags["details"] == len(found.blocks)
    for word in (
        "Revision 3",
        "Posted Mon, 1 Feb 2027",
        "Supersedes revision 2",
        "Fjordline Hosting",
    ):
        assert word in shown
    assert '<html lang="en">' in html
    assert html.startswith("<!doctype html>\n")
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_headings_go_down_one_step_at_a_time_under_one_first_heading() -> None:
    page = page_of(document("### Deep\n\nX.\n\n# Top\n\nY.\n\n##### Deeper\n\nZ.\n"))
    assert page.headings == [1, 2, 2, 3]
    assert page.tags["main"] == page.tags["h1"] == page.tags["title"] == 1
    assert page.values("href")[0] == "#uphold-text"


def test_the_words_around_the_terms_are_the_readers() -> None:
    found = document(term("clock: a\n"), HEADER.replace("language: en", "language: nb"))
    assert "Vilkår: clock a" in render_html(found)
    assert "Bepaling: clock a" in render_html(found, reader=Reader("nl"))


def test_terms_are_shown_as_they_are_written() -> None:
    body = "clock: <b>a</b>\ntarget: {by: plan, gold: 1 h}\nquotes: ['\"x\" & y', z]\nempty: []\n"
    html = render_html(document(term(body)))
    assert "Term: clock &lt;b&gt;a&lt;/b&gt;" in html
    assert "<dt>target</dt><dd><dl><dt>by</dt><dd>plan</dd><dt>gold</dt><dd>1 h</dd></dl>" in html
    assert "<li>&quot;x&quot; &amp; y</li><li>z</li>" in html
    harmless(html)


def test_a_translation_bears_the_terms_of_its_original() -> None:
    original = document(term("clock: a\n").replace("Goodwill", "Goodwill {#goodwill}"))
    header = "---\ntranslation of: sample\nrevision: 1\ntitle: Et eksempel\nlanguage: nb\n---\n"
    translation = document("# Velvilje {#goodwill}\n\nKlare ord.\n", header)
    html = render_html(translation, original=original)
    assert "Klare ord." in html
    assert "Vilkår: clock a" in html


def test_footnotes_lead_there_and_back() -> None:
    page = page_of(document("# A\n\nOne[^x] two[^y] one[^x].\n\n[^y]: Why.\n\n[^x]: X.\n"))
    marks = [value for value in page.values("href") if value.startswith("#uphold-")]
    assert marks == [
        *("#uphold-text", "#uphold-note-1", "#uphold-note-2", "#uphold-note-1"),
        *("#uphold-mark-2", "#uphold-mark-1"),
    ]
    identities = page.values("id")
    assert {mark.removeprefix("#") for mark in marks} <= set(identities)


def test_markdown_is_rendered() -> None:
    html = render_html(
        document("# A\n\n*b* **c** `d` \\* &amp; ![e *f*](g)\n\n| h | i |\n|:--|--:|\n| j | k |\n")
    )
    assert "<em>b</em> <strong>c</strong> <code>d</code> * &amp; " in html
    assert '<span class="image">e f</span>' in html
    assert '<th scope="col" class="left">h</th>' in html
    assert '<td class="right">k</td>' in html
    assert "<img" not in html


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<!--><script>alert(1)</script>-->",
    "</style><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x1;javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](https://a.b \"onmouseover=alert(1) '\")",
    "[x](https://a.b/\"onmouseover=alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x\"onerror=alert(1)](x)",
    "`<script>`",
    "```<script>\n<script>\n```",
    "    <script>alert(1)</script>",
    "[^\"><script>]\n\n[^\"><script>]: <script>",
    "| <script> | \\| |\n|---|---|\n| onload= | x |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "# <script>alert(1)</script>",
    "# x {#\"><script>}",
    "```yaml sla\n<script>: <script>\nx: [<script>, '\"><img src=x>']\n```",
    "\"'><script>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through(attack: str) -> None:
    found = read(f"# A\n\n{attack}\n").document
    assert found is not None
    page = page_of(found)
    assert page.tags["script"] == page.tags["img"] == 0


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through_the_header(attack: str) -> None:
    line = attack.replace("\n", " ").replace("'", "''").replace("\t", " ")
    header = HEADER.replace("A sample", f"'{line}'").replace("language: en", f"language: '{line}'")
    found = read("# A\n\nX.\n", header.replace("Europe/Oslo", f"'{line}'")).document
    assert found is not None
    page = page_of(found)
    assert page.values("lang") == ["en"]


@settings(max_examples=250)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(ATTACKS),
            WORDS,
            st.sampled_from([*"<>\"'&()[]{}`*_|#!\\/:=\n", "\n\n", "\n> ", "](", "[x](", "<!--"]),
            st.text(max_size=6),
        ),
        max_size=14,
    ).map("".join)
)
def test_no_mixture_gets_through(text: str) -> None:
    found = read(text).document
    if found is not None:
        page_of(found)


@given(st.text(max_size=40), st.sampled_from(ATTACKS))
def test_the_second_wall_holds_alone(text: str, attack: str) -> None:
    """Even if the renderer let HTML through, nothing of it would run."""
    page = Page(clean(attack + text))
    assert page.tags["script"] == page.tags["img"] == page.tags["svg"] == page.tags["iframe"] == 0
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert not [each for each in page.values("href") if each.lower().startswith("javascript")]
