"""What can be set from outside: one table of environment variables, read once.

The table is what the operations page is made from; nothing else in the server reads the
environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from uphold.messages import LANGUAGES, Message, Reader, message
from uphold.worktime import UnknownZone
from uphold.worktime.zone import find_zone


class SettingError(ValueError):
    """A setting that cannot be: `said` names it, what was found, and what would be right."""

    def __init__(self, said: Message) -> None:
        super().__init__(Reader("en").text(said))
        self.said = said


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what it does without being set, and what it is for."""

    name: str
    default: str
    doc: str


SETTINGS: Final = (
    Setting("UPHOLD_DATA", "./uphold-data", "the folder for the SQLite file and the secret key"),
    Setting(
        "UPHOLD_DATABASE",
        "SQLite in the data folder",
        "postgresql://user:password@host:5432/name, or sqlite:///path/to/file",
    ),
    Setting("UPHOLD_BIND", "127.0.0.1:8000", "the address and port to serve at"),
    Setting(
        "UPHOLD_HOSTS", "localhost,127.0.0.1,[::1]", "the host names it answers to, with commas"
    ),
    Setting(
        "UPHOLD_HTTPS",
        "no",
        "yes behind a proxy that brings HTTPS: cookies for HTTPS alone, plain requests sent on,"
        " HSTS; wants UPHOLD_PROXY=yes",
    ),
    Setting(
        "UPHOLD_PROXY", "no", "yes behind a proxy that sets X-Forwarded-Proto and X-Forwarded-For"
    ),
    Setting(
        "UPHOLD_SECRET_KEY",
        "made on first start, kept in the data folder",
        "signs sessions and links; the same for every process of one installation",
    ),
    Setting("UPHOLD_LANGUAGE", "en", f"the language of visitors: {', '.join(LANGUAGES)}"),
    Setting("UPHOLD_ZONE", "UTC", "the zone of visitors who have none, an IANA name"),
    Setting("UPHOLD_LOG", "text", "text for people, json for machines"),
    Setting("UPHOLD_LOG_LEVEL", "info", "debug, info, warning or error"),
    Setting("UPHOLD_PROCESSES", "1", "processes that serve; more than one wants PostgreSQL"),
    Setting("UPHOLD_THREADS", "16", "requests that one process answers at the same time"),
    Setting("UPHOLD_WORKER", "yes", "no where `uphold worker` runs beside `uphold serve`"),
    Setting("UPHOLD_METRICS", "local", "who reads /metrics: local, all, or none"),
    Setting(
        "UPHOLD_MAIL",
        "console",
        "smtp://user:password@host:587 (STARTTLS where a user is given), smtps://…:465 (TLS), or"
        " console, which prints mails",
    ),
    Setting("UPHOLD_MAIL_FROM", "uphold@localhost", "the sender of the server's own mails"),
    Setting("UPHOLD_RATE", "600", "API calls a minute that one token may make"),
)

_DATABASES: Final = (
    "postgresql://user:password@host:5432/uphold, sqlite:////var/lib/uphold/uphold.sqlite3"
)
LONGEST_WAIT_S: Final = 20
"""How long a statement waits for other writers before it is broken off."""
_YES = {"yes": True, "no": False, "1": True, "0": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings as read. `database` is as Django takes it; `secret_key` may still be made."""

    data: Path
    database: Mapping[str, object]
    host: str
    port: int
    hosts: tuple[str, ...]
    https: bool
    proxy: bool
    secret_key: str | None
    language: str
    zone: str
    log: str
    log_level: str
    processes: int
    threads: int
    worker: bool
    metrics: str
    mail: str
    mail_from: str
    rate: int

    @property
    def sqlite_file(self) -> Path | None:
        """The file of an SQLite database, None for PostgreSQL."""
        is_sqlite = self.database["ENGINE"] == "django.db.backends.sqlite3"
        return Path(str(self.database["NAME"])) if is_sqlite else None


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """The settings of an environment, the process's own without one. Raises `SettingError`."""
    found = dict(os.environ if given is None else given)
    _refuse_unknown(found)
    data = Path(found.get("UPHOLD_DATA") or "uphold-data").expanduser().absolute()
    host, port = _bind(found.get("UPHOLD_BIND") or "127.0.0.1:8000")
    hosts = found.get("UPHOLD_HOSTS") or "localhost,127.0.0.1,[::1]"
    return Environment(
        data=data,
        database=_database(found.get("UPHOLD_DATABASE") or f"sqlite:///{data}/uphold.sqlite3"),
        host=host,
        port=port,
        hosts=tuple(name.strip() for name in hosts.split(",") if name.strip()),
        https=_https(found),
        proxy=_yes_no(found, "UPHOLD_PROXY", "no"),
        secret_key=found.get("UPHOLD_SECRET_KEY") or None,
        language=_one_of(found, "UPHOLD_LANGUAGE", "en", tuple(LANGUAGES)),
        zone=_zone(found.get("UPHOLD_ZONE") or "UTC"),
        log=_one_of(found, "UPHOLD_LOG", "text", ("text", "json")),
        log_level=_one_of(found, "UPHOLD_LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
        processes=_whole(found, "UPHOLD_PROCESSES", "1", most=1_000),
        threads=_whole(found, "UPHOLD_THREADS", "16", most=1_000),
        worker=_yes_no(found, "UPHOLD_WORKER", "yes"),
        metrics=_one_of(found, "UPHOLD_METRICS", "local", ("local", "all", "none")),
        mail=_mail(found.get("UPHOLD_MAIL") or "console"),
        mail_from=found.get("UPHOLD_MAIL_FROM") or "uphold@localhost",
        rate=_whole(found, "UPHOLD_RATE", "600", most=1_000_000),
    )


def _refuse_unknown(found: Mapping[str, str]) -> None:
    """A mistyped name would be silently without effect."""
    names = {each.name for each in SETTINGS}
    for name in sorted(found):
        if name.startswith("UPHOLD_") and name not in names and not name.startswith(_OTHERS):
            raise SettingError(
                message("running.setting-unknown", name=name, names=", ".join(sorted(names)))
            )


_OTHERS = ("UPHOLD_PROMETHEUS_", "UPHOLD_TEST_", "UPHOLD_TRACEBACK", "UPHOLD_WRITE_")


def _yes_no(found: Mapping[str, str], name: str, default: str) -> bool:
    value = (found.get(name) or default).lower()
    if value not in _YES:
        raise _wrong(name, value, "yes, no")
    return _YES[value]


def _https(found: Mapping[str, str]) -> bool:
    """Only a proxy brings HTTPS; without word of it every request would be sent on for ever."""
    is_on = _yes_no(found, "UPHOLD_HTTPS", "no")
    if is_on and not _yes_no(found, "UPHOLD_PROXY", "no"):
        raise SettingError(message("running.setting-https"))
    return is_on


def _one_of(found: Mapping[str, str], name: str, default: str, words: tuple[str, ...]) -> str:
    value = (found.get(name) or default).lower()
    if value not in words:
        raise _wrong(name, value, ", ".join(words))
    return value


def _whole(found: Mapping[str, str], name: str, default: str, *, most: int) -> int:
    value = found.get(name) or default
    if not value.isdecimal() or len(value) > len(str(most)) or not 1 <= int(value) <= most:
        raise _wrong(name, value, message("running.setting-whole", example=default, most=most))
    return int(value)


def _zone(name: str) -> str:
    try:
        find_zone(name)
    except UnknownZone as error:
        given = error.data["near"]
        near = given if isinstance(given, tuple) and given else ("Europe/Oslo",)
        raise _wrong("UPHOLD_ZONE", name, ", ".join(near)) from error
    return name


def _bind(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) < 65_536:
        raise _wrong("UPHOLD_BIND", text, "127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _mail(url: str) -> str:
    parts = urlsplit(url)
    try:
        is_server = parts.scheme in ("smtp", "smtps") and bool(parts.hostname)
        is_server = is_server and parts.port != 0
    except ValueError:
        is_server = False
    if url != "console" and not is_server:
        raise _wrong("UPHOLD_MAIL", _hidden(url), "console, smtp://user:password@host:587")
    return url


def _database(url: str) -> Mapping[str, object]:
    """The database as Django takes it."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        file = url.removeprefix("sqlite:///")
        if file in ("", ":memory:", url):  # in memory each thread would have one of its own
            raise _wrong("UPHOLD_DATABASE", url, _DATABASES)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": LONGEST_WAIT_S,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;PRAGMA secure_delete=ON;"
                ),
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        try:
            port = parts.port
        except ValueError as error:
            raise _wrong("UPHOLD_DATABASE", _hidden(url), _DATABASES) from error
        query = dict(each.split("=", 1) for each in parts.query.split("&") if "=" in each)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")) or "uphold",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": str(port or query.get("port", "")),
            "OPTIONS": {"options": f"-c lock_timeout={LONGEST_WAIT_S}s"},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise _wrong("UPHOLD_DATABASE", _hidden(url), _DATABASES)


def _hidden(url: str) -> str:
    """An address without its password, for eyes and logs."""
    before, at, after = url.rpartition("@")
    scheme, slashes, who = before.partition("://")
    return f"{scheme}{slashes}{who.partition(':')[0]}{at}{after}" if at else url


def _wrong(name: str, found: str, right: str | Message) -> SettingError:
    return SettingError(message("running.setting-wrong", name=name, found=found, right=right))
