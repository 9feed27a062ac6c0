"""Calling the interface as somebody of the tests' world, by token."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from tests.server.people import World

from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import May


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers, and the JSON value."""

    status: int
    headers: Mapping[str, str]
    json: Any


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a token."""

    token: str
    language: str = "en"

    def get(self, path: str, **query: Any) -> Answer:
        """A look at /api/v1 + path."""
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **query: Any) -> Answer:
        """A change: the body as JSON, under an idempotency key if one is given."""
        return self.call("POST", path, json.dumps(body).encode(), key=key, query=query)

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        kind: str = "application/json",
        key: str | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Any call."""
        headers = {"accept-language": self.language} if self.language else {}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if key is not None:
            headers["idempotency-key"] = key
        found = Client().generic(
            method,
            f"/api/v1{path}",
            body,
            content_type=kind,
            headers=headers,
            query_params=dict(query or {}),
        )
        told = json.loads(found.content) if found.content else None
        return Answer(found.status_code, dict(found.headers), told)


def caller(world: World, name: str, *scopes: May, language: str = "en") -> Caller:
    """Somebody of the world with a token for all that they may, or for these scopes."""
    viewer = world[name]
    wanted = scopes or tuple(each for each in May if viewer.may(each))
    return Caller(accounts.new_token(viewer, "a test's", wanted)[1], language)
