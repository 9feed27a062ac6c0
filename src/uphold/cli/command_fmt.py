"""`uphold fmt`: terms made tidy in place, prose left alone to the byte."""

from __future__ import annotations

from uphold.agreement.format import tidy
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.table import TERMS
from uphold.cli.options import Shared
from uphold.cli.running import FINE, FOUND, UNUSABLE
from uphold.cli.screen import Screen
from uphold.cli.sources import pages
from uphold.cli.writing import written
from uphold.messages import message

_NOT_KEYS = frozenset({"name", "clause"})


def fmt(*files: str, check: bool = False, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Tidies the terms of agreements in place; with `--check` only says which are untidy."""
    screen = Screen(shared)
    order = {kind: _keys(kind, term) for kind, term in TERMS.items()}
    code = FINE
    told = []
    for name in pages(files, "fmt"):
        tidied = tidy(name, order)
        for problem in tidied.problems:
            screen.problem(problem.text(screen.reader))
            code = max(code, FOUND)
        if tidied.text is None:
            code = UNUSABLE
        elif tidied.changed and check:
            code = max(code, FOUND)
        elif tidied.changed:
            written(name, tidied.text)
        told.append({"file": name, "changed": tidied.changed})
    if shared.json:
        screen.json(told)
    else:
        _report(screen, [str(each["file"]) for each in told if each["changed"]], check, len(told))
    return code


def _report(screen: Screen, changed: list[str], check: bool, count: int) -> None:
    for name in changed:
        said = message("fmt.untidy", file=name) if check else message("fmt.tidied", file=name)
        screen.result(screen.say(said))
    if not changed:
        screen.result(screen.say(message("fmt.fine", count=count)))


def _keys(kind: str, term: type[Term]) -> tuple[str, ...]:
    """The keys of a kind of term as its type lists them: its kind first, its quotes last."""
    own = [
        field.alias or name.replace("_", " ")
        for name, field in term.model_fields.items()
        if name not in _NOT_KEYS
    ]
    first = [key for key in own if key not in ("interpretation", "quotes")]
    return (kind, *first, "interpretation", "quotes")
