"""Making Django ready for a command, with a clear word where that cannot be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from uphold.cli.refusal import Refusal
from uphold.messages import message
from uphold.server.environment import Environment, SettingError, read_environment

_SETTINGS = "DJANGO_SETTINGS_MODULE"
_NEEDED = ("django", "granian", "whitenoise", "allauth", "ninja", "prometheus_client")


@contextmanager
def started() -> Iterator[Environment]:
    """The settings, with Django ready; what the database refuses inside becomes a `Refusal`."""
    if any(find_spec(each) is None for each in _NEEDED):
        raise Refusal(message("running.extra-missing"), message("running.extra-install"))
    environment = _environment()
    _make_folders(environment)
    import django
    from django.conf import settings
    from django.db import DatabaseError, OperationalError

    if not settings.configured and not os.environ.get(_SETTINGS, "").startswith("uphold.server."):
        os.environ[_SETTINGS] = "uphold.server.settings"  # whatever the shell says of others
    django.setup()
    from uphold.server.ledger.services import Busy, is_passing

    try:
        yield environment
    except (Busy, DatabaseError) as error:
        if isinstance(error, Busy) or (isinstance(error, OperationalError) and is_passing(error)):
            raise Refusal(message("ledger.held-up"), message("ledger.held-up-hint")) from error
        raise Refusal(
            message("running.database", reason=" ".join(str(error).split())),
            message("running.database-hint"),
        ) from error


def _environment() -> Environment:
    try:
        return read_environment()
    except SettingError as error:
        raise Refusal(error.said, message("running.settings-page")) from error


def _make_folders(environment: Environment) -> None:
    """Makes the data folder, and that of the SQLite file where it lies elsewhere."""
    folders = [environment.data]
    if environment.sqlite_file is not None:
        folders.append(environment.sqlite_file.parent)
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise _unwritable(str(folder), error.strerror or str(error)) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _unwritable(str(folder), os.strerror(13))


def _unwritable(folder: str, reason: str) -> Refusal:
    return Refusal(
        message("running.folder-unwritable", folder=folder, reason=reason),
        message("running.folder-other"),
    )
