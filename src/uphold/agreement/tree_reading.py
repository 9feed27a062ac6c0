"""One way into a block's tree, whichever reader builds it."""

from __future__ import annotations

from uphold.agreement.document_page import Snippet
from uphold.agreement.problem import Problem
from uphold.agreement.tree import Mapping, Node
from uphold.agreement.tree_quick import read_quickly

_EMPTY = ("term-empty", "header-empty")
_NO_MAPPING = ("term-shape", "header-shape")


def read_tree(snippet: Snippet) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a block, None where it is empty or cannot be read, and its problems.

    Every text stays text. The problems' places are those of the file the block is in.
    """
    tab = snippet.text.find("\t")
    if tab >= 0:
        before = snippet.text[:tab]
        place = snippet.place(before.count("\n"), tab - (before.rfind("\n") + 1))
        return None, (snippet.page.found("yaml-tab", place),)
    quick = read_quickly(snippet)
    if quick is not None:
        return quick, ()
    from uphold.agreement.tree_yaml import compose

    return compose(snippet)


def read_mapping(
    snippet: Snippet, *, header: bool = False
) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """The tree of a block that must be keys and values: a term, or a page's header."""
    root, problems = read_tree(snippet)
    if isinstance(root, Mapping) and root.entries:
        return root, problems
    if problems:
        return None, problems
    code = (_EMPTY if root is None or isinstance(root, Mapping) else _NO_MAPPING)[header]
    place = snippet.place(0, 0) if root is None else root.place
    return None, (snippet.page.found(code, place),)
