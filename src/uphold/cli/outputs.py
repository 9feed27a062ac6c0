"""Where results are written: never over what they are made from."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from uphold.cli.refusal import Refusal
from uphold.messages import message


def check_outputs(names: Iterable[str], inputs: Iterable[str]) -> None:
    """Raises `Refusal` where a file cannot be written, before any work is done for it.

    So it is with one that is itself read (the agreement, the facts, a statement that is stated
    anew), by whatever name; with a folder; and in a folder that is not there.
    """
    read = {os.path.realpath(each) for each in inputs}
    for name in names:
        path = Path(os.path.realpath(name))
        if str(path) in read:
            raise Refusal(message("cli.out-is-read", file=name), message("cli.out-form"))
        if path.is_dir():
            raise Refusal(message("cli.out-is-folder", file=name), message("cli.out-form"))
        if not path.parent.is_dir():
            folder = str(path.parent)
            raise Refusal(message("cli.out-nowhere", file=name, folder=folder))
