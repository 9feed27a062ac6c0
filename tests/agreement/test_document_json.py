"""A document's JSON form: everything in it, nothing but texts, and back again the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.pages import HEADER, MEDDLED_YAML, WORDS, document, read, term

from uphold.agreement.document import read_document
from uphold.agreement.document_json import DocumentFormError, from_json, to_json


def test_the_form_says_what_the_page_says() -> None:
    prose = "# 1.1 Hours {#hours}\n\nWe *answer* within 8 hours.\n\n"
    body = prose + "```yaml sla\nclock: a\nb: [NO]\n```\n"
    form = to_json(document(body))
    assert form["header"]["revision"] == "1"
    assert form["clauses"] == [
        {
            "anchor": "hours",
            "label": "1.1",
            "title": "Hours",
            "level": 1,
            "line": 11,
            "prose": "We *answer* within 8 hours.",
            "text": "We answer within 8 hours.",
            "terms": [
                {"kind": "clock", "name": "a", "line": 16, "term": {"clock": "a", "b": ["NO"]}}
            ],
        }
    ]


def test_it_comes_back_the_same(shared: Callable[[str], Path]) -> None:
    found = read_document(shared("examples/harbour.md")).document
    assert found is not None
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


@settings(max_examples=100)
@given(st.lists(st.one_of(WORDS, MEDDLED_YAML.map(term)), max_size=6).map("\n".join))
def test_whatever_was_read_comes_back_the_same(text: str) -> None:
    found = read(text).document
    if found is not None:
        assert from_json(json.loads(json.dumps(to_json(found)))) == found


def changed(**parts: Any) -> dict[str, Any]:
    return {**to_json(document(term("clock: a\n"))), **parts}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "found the form 'list'"),
        ({}, "found the form None"),
        (changed(form="uphold.document/9"), "found the form 'uphold.document/9'"),
        (changed(source=3), "has texts for 'file' and 'source'"),
        (changed(source=""), "cannot be read: file-empty"),
        (changed(source=HEADER), "'digest' is not what the page"),
        (changed(digest="0" * 64), "'digest' is not what the page"),
        (changed(header={}), "'header' is not what the page"),
        (changed(clauses=[]), "'clauses' is not what the page"),
    ],
)
def test_a_form_that_is_none_or_contradicts_itself_is_refused(data: Any, says: str) -> None:
    with pytest.raises(DocumentFormError, match=says):
        from_json(data)
