"""`uphold backup`: everything in one file, while the server runs."""

from __future__ import annotations

from pathlib import Path

from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message
from uphold.server.running.starting import started


def backup(file: Path, /, *, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Writes everything as it stands now into the file; the server may run and be written to."""
    screen = Screen(shared)
    with started():
        from uphold.server.ledger.backing_up import backup as back_up
        from uphold.server.ledger.backup_file import BackupError
        from uphold.server.running.preparing import check_migrated

        check_migrated()
        try:
            rows = back_up(file)
        except BackupError as error:
            raise Refusal(error.said, error.hint) from error
    if shared.json:
        screen.json({"file": str(file), "rows": rows})
    else:
        screen.result(screen.say(message("ledger.backed-up", count=rows, file=str(file))))
    return FINE
