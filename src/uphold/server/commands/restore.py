"""`uphold restore`: a backup into an empty installation, on whichever database that is."""

from __future__ import annotations

from pathlib import Path

from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message
from uphold.server.running.starting import started


def restore(file: Path, /, *, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Fills an empty installation from a backup; on SQLite no server may have the file open."""
    screen = Screen(shared)
    with started() as environment:
        from uphold.server.ledger.backup_file import BackupError
        from uphold.server.ledger.restoring import restore as put_back
        from uphold.server.running.preparing import alone

        try:
            with alone(environment):
                rows = put_back(file)
        except BackupError as error:
            raise Refusal(error.said, error.hint) from error
    if shared.json:
        screen.json({"file": str(file), "rows": rows})
    else:
        screen.result(screen.say(message("ledger.restored", count=rows, file=str(file))))
    return FINE
