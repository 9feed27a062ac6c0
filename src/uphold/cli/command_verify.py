"""`uphold verify`: whether a statement is what was sealed, and whether all of it follows."""

from __future__ import annotations

from uphold.cli.loading import agreements
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.screen import Screen
from uphold.cli.sources import content_of
from uphold.cli.watching import Several
from uphold.messages import message


def verify(
    file: str,
    /,
    *,
    key: str | None = None,
    previous: str | None = None,
    restated: str | None = None,
    agreement: Several = (),
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Checks a statement: every byte against its seal, then every figure against its facts."""
    from uphold.statement.errors import StatementError
    from uphold.statement.keys import read_public_key
    from uphold.statement.verifying import verify as verified

    screen = Screen(shared)
    data = content_of(file)
    try:
        pinned = None if key is None else read_public_key(key)
        found = verified(
            data,
            pinned,
            agreements=agreements(agreement) if agreement else (),
            previous=None if previous is None else content_of(previous),
            restated=None if restated is None else content_of(restated),
        )
    except StatementError as error:
        raise Refusal(error.message) from error
    if shared.json:
        difference = found.difference
        screen.json(
            {
                "file": file,
                "status": str(found.status),
                "fingerprint": found.fingerprint,
                "told": screen.say(found.message),
                "difference": difference
                and {
                    "kind": str(difference.kind),
                    "part": difference.part,
                    "name": difference.name,
                    "field": difference.field,
                },
            }
        )
        return found.exit_code
    if found.exit_code:
        screen.problem(f"{file}: {screen.say(found.message)}")
        return found.exit_code
    screen.result(screen.say(found.message))
    if found.statement is not None:
        about = found.statement.about
        told = message("verify.about", customer=about.customer, window=about.label)
        screen.result(screen.say(told))
    return found.exit_code
