"""Whether a text holds the words of a quote, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Final

# One sign for all that a printer may put: blanks, hyphens and dashes, quotation marks.
_SAME: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u202f\u2009\u2002\u2003\t\n\r", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
)
_SOFT_HYPHEN: Final = "\u00ad"
_BLANKS: Final = re.compile(r" +")
_WORD: Final = re.compile(r"[^\s.,;:!?()]+(?:[.,:][^\s.,;:!?()]+)*%?")
_MOST_WORDS: Final = 2_000
_LONGEST_QUOTE: Final = 200


def alike(text: str) -> str:
    """The text with one sign for all signs of a kind; as long as before, so that offsets stay."""
    return text.translate(_SAME)


def folded(quote: str) -> str:
    """A quote as it is compared: signs alike, white space single, soft hyphens gone."""
    return _BLANKS.sub(" ", alike(quote.replace(_SOFT_HYPHEN, ""))).strip()


def occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where the words of a quote stand in a text, as offsets of its start and end.

    Only whole words and whole numbers count: `8 hours` does not stand in "48 hours", nor `5 %`
    in "2.5 %".
    """
    words = folded(quote)
    if not words:
        return
    bare, offsets = _without_soft_hyphens(alike(text))
    start = bare.find(words)
    while start >= 0:
        end = start + len(words)
        if _is_whole(bare, start, end):
            yield (start, end) if offsets is None else (offsets[start], offsets[end - 1] + 1)
        start = bare.find(words, start + 1)


def _without_soft_hyphens(text: str) -> tuple[str, list[int] | None]:
    if _SOFT_HYPHEN not in text:
        return text, None
    offsets = [offset for offset, sign in enumerate(text) if sign != _SOFT_HYPHEN]
    return "".join(text[offset] for offset in offsets), offsets


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word or number goes on beyond the stretch."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if text[start].isalnum() and before.isalnum():
        return False
    if text[end - 1].isalnum() and behind.isalnum():
        return False
    if text[start].isdigit() and before in tuple(".,") and text[max(start - 2, 0)].isdigit():
        return False
    return not (
        text[end - 1].isdigit() and behind in tuple(".,") and text[end + 1 : end + 2].isdigit()
    )


def nearest_words(text: str, quote: str) -> tuple[int, int] | None:
    """The stretch of the text most like a quote that it does not hold; None if none is."""
    wanted = _WORD.findall(folded(quote).casefold())[:_LONGEST_QUOTE]
    found = list(islice(_WORD.finditer(alike(text)), _MOST_WORDS))
    if not wanted or not found:
        return None
    words = [match[0].casefold() for match in found]
    best, best_share = None, 0.5
    for first in _likely_starts(words, wanted):
        window = words[first : first + len(wanted)]
        share = SequenceMatcher(None, window, wanted, autojunk=False).ratio()
        if share > best_share:
            best, best_share = first, share
    if best is None:
        return None
    last = min(best + len(wanted), len(found)) - 1
    return found[best].start(), found[last].end()


def _likely_starts(words: list[str], wanted: list[str]) -> list[int]:
    """Starts of windows that share most words with the quote; the rest need no comparison."""
    sought = set(wanted)
    size = len(wanted)
    shared = sum(word in sought for word in words[:size])
    counts = [(shared, 0)]
    for first in range(1, max(len(words) - size + 1, 1)):
        shared += (words[first + size - 1] in sought) - (words[first - 1] in sought)
        counts.append((shared, first))
    counts.sort(key=lambda row: (-row[0], row[1]))
    return [first for count, first in counts[:12] if count]


def common_beginning(text: str, quote: str) -> int:
    """How many characters of a folded quote the text holds in one piece, to whole words."""
    words = folded(quote).split()
    bare = alike(text)
    for count in range(min(len(words), _LONGEST_QUOTE) - 1, 0, -1):
        beginning = " ".join(words[:count])
        if beginning in bare:
            return len(beginning) + 1
    return 0
