"""Asking a Prometheus over HTTP, and saying plainly what went wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

from uphold.connect.adapter import SourceError, microseconds
from uphold.connect.prometheus.options import shown
from uphold.facts.problems import Place, Problem
from uphold.messages import Message, message
from uphold.worktime.durations import Elapsed

if TYPE_CHECKING:
    import httpx

TOKEN: Final = "UPHOLD_PROMETHEUS_TOKEN"  # noqa: S105 - a variable's name
USER: Final = "UPHOLD_PROMETHEUS_USER"
PASSWORD: Final = "UPHOLD_PROMETHEUS_PASSWORD"  # noqa: S105 - a variable's name

_LONGEST_QUOTE = 500


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a bearer token, or a user with a password; never shown in a message."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def credentials_from(environment: Mapping[str, str]) -> Credentials:
    """The credentials of `UPHOLD_PROMETHEUS_TOKEN`, or `…_USER` and `…_PASSWORD`."""
    return Credentials(environment.get(TOKEN), environment.get(USER), environment.get(PASSWORD))


@dataclass(frozen=True, slots=True)
class Answer:
    """The series of an answer as they came, and the server's own warnings."""

    series: tuple[Any, ...]
    warnings: tuple[str, ...]


class Client:
    """One connection to one Prometheus; a context manager."""

    def __init__(self, base: str, credentials: Credentials, timeout: timedelta) -> None:
        import httpx

        self.base = base.rstrip("/")
        self.place = Place(shown(base))
        self.timeout = timeout
        headers = {"Accept": "application/json"}
        basic: tuple[str, str] | None = None
        if credentials.token is not None:
            headers["Authorization"] = f"Bearer {credentials.token}"
        elif credentials.user is not None:
            basic = (credentials.user, credentials.password or "")
        try:
            self.http = httpx.Client(headers=headers, auth=basic, timeout=timeout.total_seconds())
        except (UnicodeError, ValueError):
            self._refuse(message("problem.prometheus-credentials"), "credentials")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()

    def matrix(self, path: str, parameters: Mapping[str, str]) -> Answer:
        """The series that `path` (`query` or `query_range`) answers with.

        Raises `SourceError` for every other answer, and for none.
        """
        answer = self._get(f"{self.base}/api/v1/{path}", parameters)
        found = self._document(answer)
        if found.get("status") == "error":
            self._server_refused(str(found.get("error", found.get("errorType", ""))))
        if answer.status_code != 200:
            self._wrong_status(answer)
        data = found.get("data")
        if found.get("status") != "success" or not isinstance(data, dict):
            self.misshapen("data")
        if data.get("resultType") != "matrix" or not isinstance(data.get("result"), list):
            kind = str(data.get("resultType"))[:_LONGEST_QUOTE]
            self._refuse(message("problem.prometheus-no-matrix", found=kind), "no-matrix")
        # Prometheus 3 tells warnings from mere information; both say how far to trust the answer.
        told = [found.get("warnings"), found.get("infos")]
        warnings = (str(each) for some in told if isinstance(some, list) for each in some)
        return Answer(tuple(data["result"]), tuple(warnings))

    def misshapen(self, where: str) -> NoReturn:
        """Refuses an answer that is JSON, but not as Prometheus answers."""
        self._refuse(message("problem.prometheus-shape", where=where), "shape")

    def _get(self, address: str, parameters: Mapping[str, str]) -> httpx.Response:
        import httpx

        try:
            return self.http.get(address, params=parameters)
        except httpx.TimeoutException:
            told = message("problem.prometheus-timeout", limit=Elapsed(microseconds(self.timeout)))
            self._refuse(told, "timeout", message("hint.prometheus-timeout"))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            self._refuse(message("problem.prometheus-address"), "address", _address_hint())
        except httpx.HTTPError as error:
            told = message("problem.prometheus-unreachable", reason=str(error) or repr(error))
            self._refuse(told, "unreachable", _address_hint())
        except UnicodeError:
            self._refuse(message("problem.prometheus-address"), "address", _address_hint())

    def _document(self, answer: httpx.Response) -> dict[str, Any]:
        if answer.status_code in {401, 403} or 300 <= answer.status_code < 400:
            self._wrong_status(answer)
        try:
            # Decimals, because a float does not hold every millisecond of a long life exactly.
            found = json.loads(answer.content, parse_float=Decimal)
        except (ValueError, RecursionError):
            if answer.status_code != 200:
                self._wrong_status(answer)
            begin = answer.content[:40].decode("utf-8", "replace")
            told = message("problem.prometheus-not-json", found=begin)
            self._refuse(told, "not-json", _address_hint())
        if not isinstance(found, dict):
            self.misshapen("status")
        return found

    def _wrong_status(self, answer: httpx.Response) -> NoReturn:
        code = answer.status_code
        if code in {401, 403}:
            names = (TOKEN, USER, PASSWORD)
            hint = message("hint.prometheus-credentials", names=names)
            self._refuse(
                message("problem.prometheus-forbidden", status=str(code)), "forbidden", hint
            )
        if 300 <= code < 400:
            target = shown(answer.headers.get("location", ""))
            self._refuse(
                message("problem.prometheus-moved", target=target), "moved", _address_hint()
            )
        told = message("problem.prometheus-status", status=str(code))
        self._refuse(told, "status", _address_hint())

    def _server_refused(self, words: str) -> NoReturn:
        told = message("problem.prometheus-refused", words=words[:_LONGEST_QUOTE])
        hint: Message | None = None
        if "only allowed for vector selectors" in words:
            hint = message("hint.prometheus-expression")
        elif "too many samples" in words:
            hint = message("hint.prometheus-narrower")
        self._refuse(told, "refused", hint)

    def _refuse(self, told: Message, code: str, hint: Message | None = None) -> NoReturn:
        raise SourceError(Problem(f"prometheus-{code}", told, hint, self.place)) from None


def _address_hint() -> Message:
    return message("hint.prometheus-address")
