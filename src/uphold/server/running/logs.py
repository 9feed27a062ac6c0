"""Logs: one object a line for machines, or a line for people; never a name, an address, a secret.

A record bears the id of the request it was written for. Paths are logged as their pattern
("desk/<str:subject>/"), for a path may hold a secret.
"""

from __future__ import annotations

import json
import logging
import logging.config
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from granian.log import LogLevels

from uphold.server.environment import Environment

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered, or empty."""

_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}


def configure(environment: Environment) -> None:
    """Sets up the logs of this process."""
    logging.config.dictConfig(configuration(environment))


def configuration(environment: Environment) -> dict[str, Any]:
    """The logs as `logging.config` takes them."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"patterns": {"()": f"{__name__}.Patterns"}},
        "formatters": {
            "json": {"()": f"{__name__}.JsonLines"},
            "text": {"()": f"{__name__}.TextLines"},
        },
        "handlers": {
            "out": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": environment.log,
                "filters": ["patterns"],
            },
        },
        "root": {"handlers": ["out"], "level": environment.log_level.upper()},
        "loggers": {
            "_granian": {"level": "ERROR", "propagate": True},
            "django.server": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
        },
    }


def server_level(environment: Environment) -> LogLevels:
    """What the WSGI server may say: its errors, and all it has to tell where debug is set."""
    return LogLevels.debug if environment.log_level == "debug" else LogLevels.error


class Patterns(logging.Filter):
    """Lets no full path into the logs: Django's own records about a request name its pattern."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for what the line about the request says too."""
        request = getattr(record, "request", None)
        if request is None or not record.name.startswith("django.request"):
            return True
        record.msg, record.args = "%s", (f"{request.method} {pattern_of(request)} failed",)
        return record.levelno >= logging.ERROR


def pattern_of(request: Any) -> str:
    """The pattern of the address that was asked for, empty where no page has it."""
    match = getattr(request, "resolver_match", None)
    return "" if match is None else f"/{match.route}"


def _more(record: logging.LogRecord) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(record).items()
        if name not in _STANDARD and not name.startswith("_")
    }


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with everything that was said with it."""
        line: dict[str, Any] = {
            "time": _when(record).replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line |= _more(record)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """A line that people read, with a traceback below it where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, what was said, and what was said with it."""
        more = _more(record)
        if request_id.get():
            more["request"] = request_id.get()
        said = " ".join(f"{name}={value}" for name, value in more.items() if value != "")
        line = f"{_when(record)[11:23]}Z {record.levelname.lower():<7} {record.getMessage()} {said}"
        line = line.rstrip().replace("\n", "\\n")
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
