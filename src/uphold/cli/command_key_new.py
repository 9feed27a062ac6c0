"""`uphold key new`: a key to seal statements with."""

from __future__ import annotations

from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message

_FILE = "uphold.key"


def key_new(
    *,
    out: str = _FILE,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Makes a key: the private part to seal with, the public part to give to customers."""
    from uphold.statement.errors import KeyFileError
    from uphold.statement.keys import new_key

    screen = Screen(shared)
    try:
        made = new_key(out)
    except KeyFileError as error:
        raise Refusal(error.message) from error
    if shared.json:
        screen.json(
            {
                "private": str(made.private_file),
                "public": str(made.public_file),
                "fingerprint": made.fingerprint,
            }
        )
        return FINE
    screen.result(screen.say(message("key.private", file=str(made.private_file))))
    screen.result(screen.say(message("key.public", file=str(made.public_file))))
    screen.result(screen.say(message("key.fingerprint", fingerprint=made.fingerprint)))
    return FINE
