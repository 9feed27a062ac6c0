"""Which Uphold this is."""

from __future__ import annotations


def version() -> str:
    """The version of the installed package; of a bare source tree, that it is one."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("uphold")
    except PackageNotFoundError:
        return "(source)"
