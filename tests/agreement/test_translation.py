"""A translation pairs with its original clause by clause, and what does not pair is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.agreement.pages import HEADER, document, read

from uphold.agreement.document import Document, read_document
from uphold.agreement.translation import check_pairing, pairs

NORWEGIAN = "---\ntranslation of: sample\nrevision: 1\ntitle: Et eksempel\nlanguage: nb\n---\n\n"


def original(anchors: Sequence[str]) -> Document:
    block = "\n```yaml sla\ntext only: states no duty\n```\n\n"
    return document("".join(f"# {a} {{#{a}}}\n\nWords.\n{block}" for a in anchors))


def translation(anchors: Sequence[str]) -> Document:
    found = read("".join(f"# Om {a} {{#{a}}}\n\nOrd.\n\n" for a in anchors), NORWEGIAN).document
    assert found is not None
    return found


def wrong(first: Sequence[str], second: Sequence[str]) -> list[tuple[str, str]]:
    """Code and anchor of each problem."""
    problems = check_pairing(original(first), translation(second))
    return [(each.code, str(each.message.data.get("anchor", ""))) for each in problems]


def test_the_same_clauses_in_the_same_order_pair() -> None:
    assert wrong("abc", "abc") == []
    found = pairs(original("abc"), translation("abc"))
    assert [(one.title, other.title) for one, other in found] == [
        ("a", "Om a"),
        ("b", "Om b"),
        ("c", "Om c"),
    ]


def test_what_is_lacking_and_what_is_too_much_is_named() -> None:
    assert wrong("abc", "ac") == [("translation-lacks", "b")]
    assert wrong("abc", "abcd") == [("translation-extra", "d")]
    assert wrong("ab", "xy") == [
        *(("translation-extra", "x"), ("translation-extra", "y")),
        *(("translation-lacks", "a"), ("translation-lacks", "b")),
    ]


def test_of_a_disorder_the_fewest_clauses_are_named() -> None:
    assert wrong("abcde", "acdeb") == [("translation-order", "b")]
    assert wrong("abcde", "eabcd") == [("translation-order", "e")]
    assert wrong("abcde", "bacde") in ([("translation-order", "a")], [("translation-order", "b")])


def test_a_clause_of_terms_alone_needs_no_translation() -> None:
    page = "# A {#a}\n\nWords.\n\n# Examples {#examples}\n\n```yaml sla\nexample: one\n```\n"
    assert check_pairing(document(page), translation("a")) == ()
    assert check_pairing(document(page), translation(["a", "examples"])) == ()


def test_a_heading_over_others_is_translated_too() -> None:
    page = "# A {#a}\n\n## B {#b}\n\nWords.\n"
    problems = check_pairing(document(page), translation("b"))
    assert [each.code for each in problems] == ["translation-lacks"]


def test_the_shipped_translation_pairs(repository: Path) -> None:
    agreements = repository / "agreements"
    one = read_document(agreements / "easymeeting.md").document
    other = read_document(agreements / "easymeeting.nb.md").document
    assert one is not None
    assert other is not None
    assert check_pairing(one, other) == ()
    assert len(pairs(one, other)) == len(other.clauses)


ANCHORS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(ANCHORS, ANCHORS)
def test_nothing_is_wrong_only_where_the_clauses_are_the_same(
    first: list[str], second: list[str]
) -> None:
    found = wrong(first, second)
    assert (found == []) == (first == second)
    assert {anchor for code, anchor in found if code == "translation-lacks"} == {*first} - {*second}
    assert {anchor for code, anchor in found if code == "translation-extra"} == {*second} - {*first}
    moved = {anchor for code, anchor in found if code == "translation-order"}
    kept = [anchor for anchor in second if anchor in first and anchor not in moved]
    assert kept == [anchor for anchor in first if anchor in kept]


def test_the_original_is_no_translation() -> None:
    problems = check_pairing(original("a"), original("a"))
    assert {each.code for each in problems} == {
        "translation-not",
        "translation-language",
        "translation-term",
    }
    assert HEADER.count("\n") == 10
