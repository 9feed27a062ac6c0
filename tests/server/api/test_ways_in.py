"""Who comes in, and what is told to whoever does not: problems as RFC 9457 has them."""

from __future__ import annotations

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_caller_without_a_token_is_told_how_to_sign_in() -> None:
    found = Client().get("/api/v1/me", headers={"accept-language": "nl"})
    assert found.status_code == 401
    assert found["Content-Type"] == "application/problem+json"
    assert found["WWW-Authenticate"].startswith("Bearer")
    problem = json.loads(found.content)
    assert problem["code"] == "not-signed-in"
    assert problem["title"] == "Niet aangemeld"
