"""Agreements: reading, checking, comparing and showing the page that is the program."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uphold.agreement.agreement import Agreement
    from uphold.agreement.compile import AgreementError, compile_agreement, load_agreement
    from uphold.agreement.document import read_document

__all__ = [
    "Agreement",
    "AgreementError",
    "compile_agreement",
    "load_agreement",
    "read_document",
]

_HOMES = {
    "Agreement": "agreement",
    "AgreementError": "compile",
    "compile_agreement": "compile",
    "load_agreement": "compile",
    "read_document": "document",
}


def __getattr__(name: str) -> object:
    """Loads what is asked for, when it is asked for: reading a page must start quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
