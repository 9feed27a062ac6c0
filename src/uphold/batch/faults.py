"""What can be wrong with checks in bulk: typed errors whose text says what and where."""

from __future__ import annotations

from uphold.messages import Message, Reader, message

_NAMING = ("batch.in-file", "batch.file-", "batch.folder-")
"""Messages that name the file themselves."""


class BatchError(ValueError):
    """Checks or runs that cannot be measured; `message` says what was found and what is right."""

    def __init__(self, said: Message) -> None:
        super().__init__(Reader("en").text(said))
        self.message = said

    def name_file(self, file: str) -> None:
        """Adds the file in which it was found, unless the message names it already."""
        if not self.message.id.startswith(_NAMING):
            self.message = message("batch.in-file", file=file, problem=self.message)
            self.args = (Reader("en").text(self.message),)


class ArrowMissing(BatchError):
    """pyarrow, which reads and writes files in bulk, is not installed."""

    def __init__(self) -> None:
        super().__init__(message("batch.arrow-missing", command='pip install "uphold[batch]"'))


class FileUnreadable(BatchError):
    """A file that is not what its name says, or that is damaged."""


class ColumnWrong(BatchError):
    """A column that is absent, of another type, or holds what it must not."""


class ChecksMissing(BatchError):
    """Rows without a check, a time or a state, where they were not to be left out."""


class ChecksUnsorted(BatchError):
    """Checks that do not stand in the order of time, where they were not to be sorted."""


class ChunksInterleave(BatchError):
    """Chunks whose checks lie between each other's; `series` are (source, check) pairs."""

    def __init__(self, said: Message, series: tuple[tuple[str, str], ...]) -> None:
        super().__init__(said)
        self.series = series


class TooManyRuns(BatchError):
    """Checks that make more runs than memory may hold."""


class TermRefused(BatchError):
    """A promise that cannot be measured in bulk; the engine can."""


def require_arrow() -> None:
    """Raises `ArrowMissing` where pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise ArrowMissing from error
