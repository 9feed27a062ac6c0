"""A page as header and clauses: labels, anchors, prose, plain words and their places."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.pages import HEADER, WORDS, codes, document, read, term

from uphold.agreement.document import PREAMBLE, read_document
from uphold.agreement.markdown_anchor import is_anchor, label_of, slug
from uphold.agreement.tree import plain


def test_the_example_reads_without_a_problem(shared: Callable[[str], Path]) -> None:
    reading = read_document(shared("examples/harbour.md"))
    assert reading.problems == ()
    found = reading.document
    assert found is not None
    assert found.header_text("provider") == "Fjordline Hosting"
    assert found.header_text("posted") == "2027-02-01T09:00:00+01:00"
    assert [clause.anchor for clause in found.clauses if clause.structure] == [
        "support",
        "availability",
    ]
    response = found.clause("response")
    assert response is not None
    assert (response.label, response.title, response.level) == ("1.4", "First response", 2)
    assert response.text.startswith("We answer a critical request within 8 business hours, a high")
    assert [(each.kind, each.name, each.clause) for each in response.blocks] == [
        ("clock", "response", "response")
    ]
    assert len(found.blocks) == 30
    assert found.blocks[-1].kind == "example"


def test_prose_is_the_clause_without_its_terms() -> None:
    found = document(
        "# 1 Support {#support}\n\nWe *value*\n`plain`  words.\n\n```yaml sla\nclock: a\n```\n\n"
        "- one\n- two\n\n```text\ncode\n```\n"
    )
    (clause,) = found.clauses
    assert clause.prose == ("We *value*\n`plain`  words.\n\n\n- one\n- two\n\n```text\ncode\n```")
    assert clause.text == "We value plain words. one two code"
    assert not clause.structure


def test_words_are_those_a_reader_sees() -> None:
    (clause,) = document(
        "# A\n\nSee [the *page*](https://x.y/a 'b c'), <https://z.y>, &lt;9&nbsp;% \\* and ![alt\n"
        'text](i.png "t").\\\nNext <b>line</b>  \nlast[^1]\n\n[^1]: A note.\n\n'
        "| a | b |\n|---|---|\n| 1 \\| 2 | **3** |\n"
    ).clauses
    assert clause.text == (
        "See the page, https://z.y, <9 % * and alt text. Next <b>line</b> last A note. a b 1 | 2 3"
    )


def test_clauses_begin_at_every_heading_of_the_page_itself() -> None:
    found = document(
        "Before.\n\nTitle\n=====\n\n# Other #\n\n> # Not here\n\n- # nor here\n\n### Deep\n\nX.\n"
    )
    assert [(each.anchor, each.level, each.text) for each in found.clauses] == [
        (PREAMBLE, 0, "Before."),
        ("title", 1, ""),
        ("other", 1, "Not here nor here"),
        ("deep", 3, "X."),
    ]


def test_a_page_without_words_above_its_headings_has_no_preamble() -> None:
    assert [clause.anchor for clause in document("\n\n# A\n\nX.\n").clauses] == ["a"]


@pytest.mark.parametrize(
    ("heading", "label", "title"),
    [
        ("1.4 First response", "1.4", "First response"),
        ("1. Support", "1", "Support"),
        ("§ 12a) Fees", "12a", "Fees"),
        ("A.2 Sites", "A.2", "Sites"),
        ("2.10.3: Backups", "2.10.3", "Backups"),
        ("Support", "", "Support"),
        ("24x7 support", "", "24x7 support"),
        ("99.9% uptime", "", "99.9% uptime"),
    ],
)
def test_the_number_a_heading_begins_with(heading: str, label: str, title: str) -> None:
    assert label_of(heading) == (label, title)
    (clause,) = document(f"# {heading} {{#x}}\n\nWords.\n").clauses
    assert (clause.label, clause.title, clause.heading.text) == (label, title, heading)


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("First response", "first-response"),
        ("Åpningstid & øvrig", "apningstid-ovrig"),
        ("Dostępność łączy", "dostepnosc-laczy"),
        ("Straße 24×7", "strasse-24-7"),
        ("日本", "section"),
        ("", "section"),
    ],
)
def test_an_anchor_made_from_a_title(title: str, anchor: str) -> None:
    assert slug(title) == anchor


@given(st.text(max_size=30))
def test_any_title_makes_an_anchor(title: str) -> None:
    assert is_anchor(slug(title))
    assert slug(slug(title)) == slug(title)


def test_an_anchor_that_is_written_wins_over_the_title() -> None:
    found = document("# First {#second}\n\nX.\n\n# Second {#third}  \n\nY.\n\n# a_b {#a_b}\n\nZ.\n")
    assert [clause.anchor for clause in found.clauses] == ["second", "third", "a_b"]
    assert [clause.title for clause in found.clauses] == ["First", "Second", "a_b"]


def test_the_digest_is_the_same_however_a_page_is_stored() -> None:
    page = HEADER + "# A\n\nÆ words.\n"
    stored = (
        page.encode(),
        page.replace("\n", "\r\n").encode(),
        page.replace("\n", "\r").encode(),
        ("\ufeff" + page).encode(),
        page.rstrip("\n").encode(),
    )
    found = {read_document(("x", content)).document for content in stored}
    assert len(found) == 1
    (one,) = found
    assert one is not None
    assert one.digest == hashlib.sha256(page.encode()).hexdigest()


def test_a_header_with_lists() -> None:
    header = HEADER.replace("zone:", "prevails: [contract, annex]\ndepends on: operations\nzone:")
    found = document("# A\n\nX.\n", header)
    prevails = found.header.get("prevails")
    assert prevails is not None
    assert plain(prevails) == ["contract", "annex"]
    assert found.header_text("depends on") == "operations"


def test_a_translation_needs_fewer_keys() -> None:
    header = "---\ntranslation of: sample\nrevision: 1\ntitle: Et eksempel\nlanguage: nb\n---\n"
    assert document("# A\n\nX.\n", header).is_translation
    lacking = read("# A\n\nX.\n", header.replace("language: nb\n", ""))
    assert codes(lacking) == ["header-lacks"]


def test_everything_wrong_is_reported_in_the_order_of_the_page() -> None:
    reading = read(
        "# A {#B}\n\nX.[^1]\n\n```yaml sla\na: [\n```\n\n```yaml sla\na: b\na: c\n```\n"
        "\n# B\n\n```yaml\nclock: c\n```\n"
    )
    assert codes(reading) == [
        *("anchor-form", "note-missing", "yaml-bracket", "duplicate-key"),
        *("duplicate-anchor", "fence-not-sla"),
    ]
    assert reading.document is not None


def test_a_footnote_and_its_mark_belong_together() -> None:
    assert codes(read("# A\n\nX.[^1] Y.[^1]\n\n[^1]: Note.\n")) == []
    assert codes(read("# A\n\n`[^1]` is code, \\[^1] is text.\n")) == []


@pytest.mark.parametrize(
    "prose",
    [
        "Within 3 hours\\*\\*.\n",
        "| a | b |\n|---|---|\n| Level 1 | at most 3 hours ** |\n\nHours.[^x]\n\n[^x]: X.\n",
        "Within 3 hours† and more.\n",
        "Everybody's uptime¹ counts.\n",
        "Answered (at once)*, they say.\n",
    ],
)
def test_a_typographic_mark_without_its_note_is_found(prose: str) -> None:
    found = [each.code for each in read(f"# A\n\n{prose}").problems if each.severity == "error"]
    assert found == ["note-missing"]


@pytest.mark.parametrize(
    "prose",
    [
        "Within 3 hours\\*.\n\n\\* Office hours.\n",
        "Within 3 hours\\*.\n\n* Office hours.\n",
        "Within 3 hours **\n\n\\*\\* Office hours.\n",
        "Uptime†\n\n† Measured.\n",
        "It costs 3 * 4 and a*b* and **bold** and *words*.\n",
        "An area of 4 m², 10³ pieces, x*y.\n",
        "* a list\n* of items\n",
        "* one item\n",
        "`code*` stays code.\n",
    ],
)
def test_marks_with_notes_and_stars_that_are_no_marks(prose: str) -> None:
    assert codes(read(f"# A\n\n{prose}")) == []


@pytest.mark.requirement("C3")
def test_the_published_table_of_connexys_has_a_mark_without_a_note() -> None:
    reading = read(
        "# Reactie\n\n| Type van call | Reactietijd \\* |\n|---|---|\n"
        "| Gebruikersvraag | uiterlijk 12 uur |\n| Niveau 1 | uiterlijk 3 uur \\*\\* |\n\n"
        "\\* Kantooruren en werkdagen.\n"
    )
    (problem,) = reading.problems
    assert problem.code == "note-missing"
    assert (problem.place.line, problem.place.column, problem.length) == (16, 30, 2)


MARKUP = st.sampled_from(
    [
        *(
            "*a*",
            "**b c**",
            "`d`",
            "`` e ` f ``",
            "[g](h)",
            "[i *j*](k 'l')",
            "<https://m.n>",
            "\\*",
        ),
        *(
            "&amp;",
            "&nbsp;",
            "![o](p)",
            "[^1]",
            "\n",
            "  \n",
            "\\\n",
            "\n\n",
            "\n- ",
            "\n> ",
            "\n1. ",
        ),
        *("\n\n| a | b |\n|-|-|\n| c \\| d | e |\n", "\n\n    code  here\n\n", "\n# H\n\n", "word"),
        *("\n```\nfence\n```\n", "two words", "*", "_", "`", "[", "](", "|", "<b>", "\\|", "é日本"),
    ]
)


@settings(max_examples=300)
@given(st.lists(st.one_of(MARKUP, WORDS), max_size=15))
def test_each_word_is_where_its_place_says(parts: list[str]) -> None:
    """A character of the plain words stands at its place on the page, or as an entity or mark."""
    found = read(" ".join(parts)).document
    assert found is not None
    for clause in found.clauses:
        for words in (clause.words, clause.heading):
            places = [words.place_of(offset) for offset in range(len(words.text))]
            assert places == sorted(places) or "[^1]" in found.source
            for character, place in zip(words.text, places, strict=True):
                there = found.line(place.line)[place.column - 1 :]
                if character != " ":
                    assert there.startswith((character, "&", "\\"))


def test_a_place_in_a_long_paragraph() -> None:
    found = document("# A\n\nOne two\nthree 99.9 % four.\n")
    clause = found.clauses[0]
    assert str(clause.place_of(clause.text.index("99.9"))) == "sample.md:14:7"


def test_a_clause_says_how_many_of_its_terms_were_not_read() -> None:
    reading = read(term("- a\n") + "\n" + term("").replace("Goodwill", "Other"))
    assert reading.document is not None
    assert [clause.unread for clause in reading.document.clauses] == [1, 1]
    assert codes(reading) == ["term-shape", "term-empty"]
