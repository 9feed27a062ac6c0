"""How the words of a clause changed."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from uphold.agreement.document import Clause
from uphold.messages import Message, message

_MOST_SHOWN = 5
_LONGEST = 160
_CONTEXT = 2
_MOST_WORDS = 4_000


def clause_name(clause: Clause) -> str:
    """The clause's number and title, as its heading has them."""
    return f"{clause.label} {clause.title}".strip() or clause.anchor


def heading_changes(was: Clause, now: Clause) -> Iterator[Message]:
    """Another number or title of the same clause."""
    if clause_name(was) != clause_name(now):
        yield message("compare.clause-title", old=clause_name(was), new=clause_name(now))


def prose_changes(was: Clause, now: Clause) -> Iterator[Message]:
    """The places where the words differ, the first few of them with the words about them."""
    old, new = was.text.split(" "), now.text.split(" ")
    if old == new:
        return
    clause = clause_name(now)
    if max(len(old), len(new)) > _MOST_WORDS:
        yield message("compare.prose-long", clause=clause)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    places = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    for tag, old_start, old_end, new_start, new_end in places[:_MOST_SHOWN]:
        before = _words(old, old_start, old_end)
        after = _words(new, new_start, new_end)
        if tag == "insert":
            behind = _words(new, max(new_start - _CONTEXT, 0), new_start)
            yield message("compare.prose-added", clause=clause, words=after, behind=behind or "–")
        elif tag == "delete":
            yield message("compare.prose-removed", clause=clause, words=before)
        else:
            yield message("compare.prose-changed", clause=clause, old=before, new=after)
    if len(places) > _MOST_SHOWN:
        yield message("compare.prose-more", clause=clause, count=len(places) - _MOST_SHOWN)


def _words(words: list[str], start: int, end: int) -> str:
    text = " ".join(words[start:end])
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
