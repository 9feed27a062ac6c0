"""The key that signs sessions and links: given, or made on the first start and kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from uphold.server.environment import Environment


def secret_key(environment: Environment) -> str:
    """The given key, or the one in the data folder, made there by whichever process is first."""
    if environment.secret_key:
        return environment.secret_key
    path = environment.data / "secret-key"
    return _read(path) or _make(path)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def _make(path: Path) -> str:
    """Written whole beside its place and linked there, so that no process reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(50)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(key, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    finally:
        draft.unlink()
    return key
