"""Names and texts from outside are shown as they are written, and never read as markup."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.pages import page as agreement_page
from tests.statement.made import CREDIT, EVIDENCE, MONTHLY, SERVICE, agreed, at, fact, facts, runs
from tests.statement.page.made import made_of
from tests.statement.page.tree import Node, tree

from uphold.agreement import Agreement, load_agreement
from uphold.facts import Fact
from uphold.messages import Reader
from uphold.statement.page import statement_page
from uphold.statement.page.markup import element
from uphold.statement.page.page import _quoted

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; } body { display: none } /*",
    "</style><b>",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;i&gt;",
    "{customer}",
    "\u202eevil\u202c",
)


def reported(name: str) -> list[Fact]:
    """A customer, an account, a request and an outage that all bear the same text."""
    return [
        agreed(name, name),
        fact("request.opened", "2026-08-03T09:00:00+02:00", f"request:{name}", account=name),
        fact(
            "outage.reported",
            "2026-08-12T12:00:00+02:00",
            f"outage:{name}",
            service="calling",
            start="2026-08-12T11:00:00+02:00",
            end="2026-08-12T12:00:00+02:00",
            source=name,
        ),
        fact(
            "outage.judged",
            "2026-08-13T09:00:00+02:00",
            f"outage:{name}",
            reason=name,
            by=name,
        ),
    ]


def hostile_agreement(text: str) -> Agreement:
    """An agreement whose title and provider are hostile; the terms are sound."""
    written = agreement_page(SERVICE, EVIDENCE, MONTHLY, CREDIT, name="fjordline-calling")
    quoted = "'" + text.replace("'", "''") + "'"
    written = written.replace("title: A sample", f"title: {quoted}")
    written = written.replace("provider: Fjordline", f"provider: {quoted}")
    written = written.replace("We promise.", f"We promise. {text}")
    return load_agreement(("page.md", written), until=at("2027-12-31T00:00:00+01:00"))


def shape(found: Node) -> list[str]:
    """Every element's name, and its attributes' names."""
    return [f"{each.name} {sorted(each.attributes)}" for each in found.every()]


def test_hostile_facts_change_words_and_nothing_else() -> None:
    plain = shape(
        tree(statement_page(made_of(reported("plain"), runs(), customer="plain"), Reader("en")))
    )
    for name in NASTY:
        text = statement_page(made_of(reported(name), runs(), customer=name), Reader("en"))
        assert shape(tree(text)) == plain, name
        assert "<script" not in text and "<img" not in text and "\u202e" not in text


def test_hostile_agreements_change_words_and_nothing_else() -> None:
    plain = shape(
        tree(statement_page(made_of(facts(), runs(), hostile_agreement("plain")), Reader("en")))
    )
    for text in NASTY[:-1]:
        found = statement_page(made_of(facts(), runs(), hostile_agreement(text)), Reader("en"))
        assert shape(tree(found)) == plain, text


def test_a_title_cannot_end_the_style_that_prints_it() -> None:
    text = statement_page(
        made_of(facts(), runs(), hostile_agreement('</style><b>"}')), Reader("en")
    )
    style = tree(text).one("style").text
    assert "</style" not in style
    assert style.count("{") == style.count("}")


@given(st.text())
def test_a_text_of_the_style_sheet_holds_no_sign_that_could_end_it(text: str) -> None:
    assert re.fullmatch(r'"(\\[0-9a-f]+ )*"', _quoted(text))


@settings(max_examples=200)
@given(st.text(), st.text())
def test_text_comes_back_as_it_was_written(text: str, value: str) -> None:
    found = tree(str(element("p", text, aria_label=value))).one("p")
    marks = re.compile(r"\\x[0-9a-f]{2,}")
    shown = "".join(each for each in found.content if isinstance(each, str))
    assert len(list(found.every())) == 0
    assert marks.sub("", shown) == marks.sub("", _as_shown(text))
    assert marks.sub("", found.attributes["aria-label"]) == marks.sub("", _as_shown(value))


def _as_shown(text: str) -> str:
    from uphold.messages.template import printable

    return printable(text)
