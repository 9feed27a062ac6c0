"""The codes of the problems that reading, pairing and tidying pages report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_DIVIDE = ("divide",)
_HEADER = ("header",)

HINTS: Mapping[str, tuple[str, ...]] = {
    # the file
    "file-missing": ("file-missing",),
    "file-directory": ("file-directory",),
    "file-unreadable": ("file-unreadable",),
    "file-too-large": ("file-too-large",),
    "file-kind": ("save-as-text",),
    "file-binary": ("save-as-text",),
    "file-empty": _HEADER,
    "encoding": ("save-as-utf-8",),
    "encoding-byte": ("save-as-utf-8",),
    "hidden-character": ("hidden-character",),
    "too-many-lines": _DIVIDE,
    "too-many-signs": _DIVIDE,
    "too-many-cells": _DIVIDE,
    "too-many-headings": _DIVIDE,
    "line-too-long": ("line-too-long",),
    "markdown-depth": ("markdown-depth",),
    # the header
    "header-missing": _HEADER,
    "header-empty": _HEADER,
    "header-unclosed": ("header-unclosed",),
    "header-shape": ("header-shape",),
    "header-key": ("unknown-name", "unknown-name-among"),
    "header-lacks": ("header-lacks",),
    "header-value": ("header-value",),
    # the inside of a block
    "yaml-tab": ("yaml-tab",),
    "yaml-documents": ("yaml-documents",),
    "yaml-anchor": ("yaml-anchor",),
    "yaml-tag": ("yaml-tag",),
    "yaml-depth": ("yaml-depth",),
    "yaml-key": ("yaml-key",),
    "yaml-escape": ("yaml-escape",),
    "yaml-sign": ("quote-it",),
    "yaml-colon": ("yaml-colon",),
    "yaml-quotation-open": ("yaml-quotation-open",),
    "yaml-bracket": ("yaml-bracket",),
    "yaml-no-colon": ("yaml-no-colon",),
    "yaml-structure": ("yaml-structure",),
    "duplicate-key": ("duplicate-key",),
    "term-empty": ("term-empty",),
    "term-shape": ("term-shape",),
    # clauses, blocks and notes
    "anchor-form": ("anchor-form",),
    "duplicate-anchor": ("duplicate-anchor", "duplicate-anchor-made"),
    "unclosed-fence": ("unclosed-fence",),
    "fence-not-sla": ("fence-not-sla",),
    "note-missing": ("note-missing", "note-missing-footnote"),
    "note-unused": ("note-unused",),
    "duplicate-note": ("duplicate-note",),
    # a translation beside its original
    "translation-not": ("translation-not",),
    "translation-of": ("translation-of",),
    "translation-language": ("translation-language",),
    "translation-revision": ("translation-revision",),
    "translation-term": ("translation-term",),
    "translation-lacks": ("translation-lacks",),
    "translation-extra": ("translation-extra",),
    "translation-order": ("translation-order", "translation-order-first"),
    # tidying
    "format-comments": ("format-comments",),
    # so many alike that the rest is only counted
    "more": (),
}
"""Each code with the hints it may give; the first is given unless another is asked for."""


def message_ids(hints: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The ids of the messages that problems of these codes are told in."""
    for code, advice in hints.items():
        yield f"problem.{code}"
        yield from (f"hint.{each}" for each in advice)
