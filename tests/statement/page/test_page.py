"""What a statement's page tells: every figure of the statement, with its reason and its words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.statement.made import KEY, agreed, at, statement
from tests.statement.page.made import LANGUAGES, made_of, march, page, quiet, restless
from tests.statement.page.tree import Node, tree
from tests.statement.test_restating import again, late_report

from uphold.messages import Reader
from uphold.statement import read_statement, recompute, seal
from uphold.statement.page import statement_page
from uphold.statement.page.naming import figure_names
from uphold.statement.page.teller import Teller


def cells(table: Node) -> list[list[str]]:
    """A table's rows as texts."""
    body = table.one("tbody")
    return [[c.text for c in row.content if isinstance(c, Node)] for row in body.every("tr")]


def table(found: Node, caption: str) -> Node:
    (one,) = (each for each in found.every("table") if each.one("caption").text == caption)
    return one


@pytest.mark.requirement("X4")
def test_the_page_tells_what_the_statement_says() -> None:
    found = tree(page())
    assert found.one("h1").text == "Service statement March 2028"
    assert found.one("p", class_="provider").text == "Fjordline Hosting"
    assert found.one("p", class_="lead").text == (
        "2 of 3 promises of availability were kept. acme-boston: 99.716% where 99.9% was promised."
        " 28 of 32 promises of time were kept. €22.50 is owed."
        " 1 question about the evidence is open; its time counts as unknown."
    )
    assert cells(table(found, "Every figure, its target and what it came to")) == [
        ["calling for acme-boston", "March 2028", "99.9%", "99.716%", "2 h 6 min", "✕missed"],
        ["calling for acme-oslo", "March 2028", "99.9%", "99.914%", "38 min", "✓met"],
        ["calling", "April 2027 – March 2028", "99%", "99.724%", "24 h 11 min", "✓met"],
    ]
    verdicts = march().parts["verdicts"]
    shown = [each.text for each in found.every("p", class_="big")]
    assert shown == [
        f"{each['availability']}% {place}" for place, each in enumerate(verdicts["figures"], 1)
    ]


def test_each_outage_says_what_it_counts_in_which_figure() -> None:
    rows = cells(
        table(tree(page()), "Every outage that the figures rest on, and what it counts in each")
    )
    assert len(rows) == 7
    assert rows[1] == [
        "Fri, 5 Nov 2027 06:00 4", "Sat, 6 Nov 2027 01:10", "19 h 10 min", "–", "19 h 10 min"
    ]  # fmt: skip
    assert rows[4] == [
        "Thu 9 Mar 02:10 4",
        "02:13",
        "3 min",
        "–",
        (
            "acme-boston and acme-oslo: It lasted 3 minutes without a break;"
            " only 5 minutes or more counts. calling: 3 min"
        ),
    ]
    assert rows[6] == ["Mon 20 Mar 08:14 5", "09:42", "1 h 28 min", "own", "1 h 28 min"]


def test_the_question_shows_the_evidence_on_each_side() -> None:
    (row,) = cells(
        table(tree(page()), "What the sources do not agree on; the time counts as unknown")
    )
    assert row[:3] == ["Sat 18 Mar 13:00", "13:20", "calling"]
    assert "Shown down by checks (oslo) alone" in row[3]
    assert "Shown up at that time by checks (bergen)" in row[3]


def test_promises_are_counted_and_misses_told_one_by_one() -> None:
    found = tree(page())
    counts = {
        row[0].split()[0]: row[1:5]
        for row in cells(table(found, "Each promise, and how often it was kept"))
    }
    assert counts["response"] == ["6", "2", "0", "1"]
    assert counts["resolution"] == ["5", "0", "2", "0"]
    misses = cells(table(found, "Lateness is counted in the hours that each promise counts in."))
    assert [row[0].split()[0] for row in misses] == [
        "request:412", "request:416", "request:414", "request:416", "request:413", "request:417"
    ]  # fmt: skip
    assert misses[1][1:] == [
        "response",
        "Thu 16 Mar 10:05",
        "Fri 17 Mar 09:00",
        "6 h 55 min",
        "✕missed",
    ]


def test_credits_are_summed_and_their_payment_told() -> None:
    found = table(tree(page()), "What misses cost, and what has become of it")
    ((what, *rest),) = cells(found)
    assert what.startswith("acme-boston, calling") and "2.2 By the month" in what
    assert rest == ["March 2028", "€22.50", "→owed", "–", "Mon 1 May"]
    assert found.one("tfoot").text == "Together €22.50"


def test_every_figure_has_a_note_with_its_reasons() -> None:
    found = tree(page())
    notes = list(found.one("ol", class_="notes").every("li"))
    by_id = {each.attributes["id"]: each for each in notes if "id" in each.attributes}
    for big in found.every("p", class_="big"):
        mark = big.one("a", class_="mark")
        note = by_id[mark.attributes["href"].removeprefix("#")]
        assert "Time owed" in note.text
        assert "Rests on" in note.text
    first = by_id["note-1"].text
    assert "(742 hours − 1 h 50 min − 2 h 6 min) / (742 hours − 1 h 50 min) = 99.716%." in first
    assert "maintenance:88 ran 20 minutes outside its plan" in first
    assert "Shown down by" not in first  # each outage tells that itself


def test_the_words_and_readings_that_figures_rest_on_are_there() -> None:
    words = tree(page()).one("section", id="words")
    clause = words.one("article", id="clause-1-measure")
    assert clause.one("blockquote").text.startswith("An account can sign in and place calls.")
    assert clause.one("blockquote").attributes["lang"] == "en"
    assert "Our reading: Silence of more than 3 minutes is unknown time." in clause.text


def test_the_seal_and_the_way_to_check_it_are_told() -> None:
    made = march()
    check = tree(page()).one("section", id="check")
    assert check.one("p", class_="command").text == (
        "uphold verify acme-2028-03.json --key PUBLIC.pub"
    )
    assert made.seal.fingerprint is not None
    for told in (made.seal.fingerprint, made.digest, made.seal.parts["facts"]):
        assert told in check.text
    assert f"{len(made.parts['facts'])} facts" in check.text


@pytest.mark.parametrize(
    ("language", "share", "money", "month", "state"),
    [
        ("en", "99.716%", "€22.50", "March 2028", "missed"),
        ("nb", "99,716 %", "22,50 €", "Mars 2028", "brutt"),
        ("pl", "99,716%", "22,50 €", "Marzec 2028", "niedotrzymane"),
        ("nl", "99,716%", "€ 22,50", "Maart 2028", "gemist"),
        ("es", "99,716 %", "22,50 €", "Marzo de 2028", "incumplido"),
    ],
)
def test_five_languages_write_figures_each_in_its_way(
    language: str, share: str, money: str, month: str, state: str
) -> None:
    found = tree(page(language))
    assert found.one("html").attributes["lang"] == language
    text = found.one("body").text.replace("\u00a0", " ")
    for wanted in (share, money, state):
        assert wanted in text
    assert found.one("h1").text.endswith(month)
    assert "[sheet." not in text


def test_no_language_lacks_a_word_or_shows_a_placeholder() -> None:
    for language in LANGUAGES:
        text = tree(page(language)).one("body").text
        assert re.findall(r"\[[a-z]+\.[a-z.-]+\]|\{[a-z]+\}", text) == []


def test_a_reader_in_another_zone_sees_times_there() -> None:
    found = tree(statement_page(march(), Reader("en", "America/New_York")))
    rows = cells(table(found, "Every outage that the figures rest on, and what it counts in each"))
    assert rows[3][0].startswith("Fri 3 Mar 05:02")
    assert "America/New_York" in found.one("dl", class_="facts").text


def test_the_same_statement_gives_the_same_page_from_its_file() -> None:
    again_read = read_statement(march().to_bytes())
    assert statement_page(again_read, Reader("en"), file="acme-2028-03.json") == page()


def test_an_unsigned_statement_says_so() -> None:
    text = tree(statement_page(statement(), Reader("en"))).one("body").text
    assert "not signed; how to check it" in text
    assert "nobody vouches for them" in text
    assert "uphold verify STATEMENT" in text


def test_a_month_of_which_nothing_is_known_does_not_look_like_a_good_one() -> None:
    found = tree(statement_page(quiet(), Reader("en")))
    assert "figures cannot be known for want of evidence" in found.one("p", class_="lead").text
    assert {each.text for each in found.every("p", class_="big")} == {"– 1", "– 2"}
    assert found.one("dl", class_="numbers").text == "Owed 0"


def test_a_period_that_is_not_over_is_marked() -> None:
    early = statement(at=at("2026-08-20T12:00:00+02:00"))
    found = tree(statement_page(early, Reader("en")))
    assert "The period was not over" in found.one("p", class_="warning").text
    assert "(only Sat 1 Aug 00:00 – Thu 20 Aug 12:00)" in found.one("body").text


@pytest.mark.requirement("X4")
def test_a_restatement_tells_its_reason_its_changes_and_its_price() -> None:
    made = seal(again(statement(), [late_report()]), KEY)
    restated = tree(statement_page(made, Reader("en"))).one("section", id="restated")
    assert "The reason: The report came in late." in restated.text
    assert "1 fact came to be known." in restated.text
    rows = cells(restated.one("table"))
    assert ["account:acme-2/monthly/2026-08", "99.932%, met", "99.798%, missed"] in rows
    assert "Difference in credits €2.50" in restated.text


def test_many_outages_are_all_told() -> None:
    made = made_of([agreed("acme", "acme-1")], restless(200))
    found = tree(statement_page(made, Reader("en")))
    rows = cells(table(found, "Every outage that the figures rest on, and what it counts in each"))
    assert len([row for row in rows if row[2] == "3 min"]) == 200


def test_figures_are_named_by_what_tells_them_apart() -> None:
    found = recompute(march()).stated.figures
    teller = Teller.of(Reader("en"), march().about)
    assert list(figure_names(teller, found).values()) == ["acme-boston", "acme-oslo", "calling"]
    assert list(figure_names(teller, found[:1]).values()) == ["acme-boston"]
    others = [replace(found[0], service=name, key=name) for name in ("mail", "calling")]
    assert list(figure_names(teller, others).values()) == ["mail", "calling"]
    assert figure_names(teller, ()) == {}
