"""A local server that answers as the Prometheus did whose answers lie beside this file.

Answers are kept as they came, byte for byte; where a test asks for a part of the time, the recorded
matrix is cut as that Prometheus cut its own (both ends of a range selector included), or as version
3 does (without its first instant).
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HERE = Path(__file__).parent

Answer = tuple[int, bytes]


@dataclass(slots=True)
class Asked:
    """What the server was asked: paths with their parameters, and the last request's headers."""

    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Running:
    """A server's address, and what it was asked."""

    address: str
    asked: Asked


Answering = Callable[[str, Mapping[str, str]], Answer]


def recorded(name: str) -> bytes:
    """An answer as it came."""
    return (HERE / f"{name}.json").read_bytes()


def always(content: bytes, status: int = 200) -> Answering:
    """The same answer to everything."""
    return lambda _path, _parameters: (status, content)


def cut(version: int = 2, /, **names: str) -> Answering:
    """Recorded samples by metric, cut to the range selector that is asked for."""

    def answer(_: str, parameters: Mapping[str, str]) -> Answer:
        query, length = parameters["query"].removesuffix("ms]").rsplit("[", 1)
        last = Decimal(parameters["time"])
        first = last - Decimal(length) / 1000
        if version == 3:
            first += Decimal("0.001")  # times are whole milliseconds
        found = json.loads(recorded(names[query]), parse_float=Decimal)
        for series in found["data"]["result"]:
            series["values"] = [each for each in series["values"] if first <= each[0] <= last]
        kept = [series for series in found["data"]["result"] if series["values"]]
        found["data"]["result"] = kept
        return 200, _as_json(found)

    return answer


def _as_json(found: Any) -> bytes:
    text = json.dumps(found, default=lambda number: f"DECIMAL{number}")
    return re.sub(r'"DECIMAL([0-9.]+)"', r"\1", text).encode()


@contextmanager
def serving(answering: Answering, extra: Mapping[str, str] | None = None) -> Iterator[Running]:
    """A server on a free port, answering with `answering` until the end of the block."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            parameters = dict(parse_qsl(parts.query))
            asked.requests.append((parts.path, parameters))
            asked.headers = {name.lower(): word for name, word in self.headers.items()}
            status, content = answering(parts.path, parameters)
            self.send_response(status)
            for name, word in (extra or {}).items():
                self.send_header(name, word)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Running(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
