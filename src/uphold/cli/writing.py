"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def written(name: str, text: str) -> None:
    """Writes a file of text, in UTF-8, as `written_bytes` does. Raises OSError."""
    written_bytes(name, text.encode())


def written_bytes(name: str, content: bytes) -> None:
    """Writes the file beside its place and then puts it there, with the rights it had.

    Whoever reads it meanwhile sees the old page or the new one, never half of one. A symbolic
    link stays one: what it leads to is written. Raises OSError.
    """
    path = Path(os.path.realpath(name))
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
