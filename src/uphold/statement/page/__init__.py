"""A page for people of a statement: HTML that stands alone, and the same on paper.

`statement_page` makes HTML without scripts or foreign parts; `statement_pdf` prints it with the
extra `pdf`. Both show what follows from the statement, and refuse one from which it does not.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uphold.statement.page.page import statement_page
    from uphold.statement.pdf import PdfUnavailableError, statement_pdf

__all__ = ["PdfUnavailableError", "statement_page", "statement_pdf"]

_HOMES = {
    "PdfUnavailableError": "uphold.statement.pdf",
    "statement_page": "uphold.statement.page.page",
    "statement_pdf": "uphold.statement.pdf",
}


def __getattr__(name: str) -> object:
    """Loads what is asked for, when it is asked for: printing needs a library that loads slowly."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
