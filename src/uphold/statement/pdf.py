"""A statement's page on paper: PDF by WeasyPrint, which comes with the extra `pdf`."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any, NoReturn

from uphold.messages import Reader, message
from uphold.statement.errors import StatementError
from uphold.statement.form import Statement
from uphold.statement.page.page import statement_page

if TYPE_CHECKING:
    from types import ModuleType


class PdfUnavailableError(StatementError):
    """This machine cannot make PDF; the text says what is missing and where to get it."""


def statement_pdf(statement: Statement, reader: Reader, *, file: str | None = None) -> bytes:
    """The statement's page (see `statement_page`) as PDF, A4, tagged for screen readers.

    The same statement, reader and fonts give the same bytes. Raises `PdfUnavailableError` where
    WeasyPrint or the library Pango is missing, and `StatementError` as the page does.
    """
    weasyprint = _weasyprint()
    page = statement_page(statement, reader, file=file)
    document: Any = weasyprint.HTML(string=page, url_fetcher=_fetch_nothing)
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=bytes.fromhex(statement.digest)[:16]
    )
    return pdf


def _weasyprint() -> ModuleType:
    try:
        with redirect_stdout(StringIO()):  # where it says at length what we say in a sentence
            import weasyprint
    except ImportError as error:
        raise PdfUnavailableError(message("sheet.pdf-extra")) from error
    except OSError as error:  # its word for a library of the system that is not there
        raise PdfUnavailableError(message("sheet.pdf-pango")) from error
    found: ModuleType = weasyprint
    return found


def _fetch_nothing(url: str, *_arguments: object, **_options: object) -> NoReturn:
    """Printing fetches nothing: the page stands alone, and whatever asks is no part of it."""
    raise ValueError(f"a statement's page has no foreign parts, but asks for {url}")
