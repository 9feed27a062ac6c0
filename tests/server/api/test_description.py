"""The description of the interface: valid, complete, and changed on purpose alone.

`UPHOLD_WRITE_OPENAPI=1` writes the golden anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from django.test import Client

from uphold.server.api.pages import described
from uphold.server.api.problems import CODES

GOLDEN = Path(__file__).with_name("openapi.json")


def operations() -> list[tuple[str, str, dict]]:
    return [
        (path, method, told)
        for path, methods in described()["paths"].items()
        for method, told in methods.items()
    ]


@pytest.mark.django_db
def test_it_is_served_to_everybody_as_openapi_3_1() -> None:
    found = Client().get("/api/v1/openapi.json")
    assert found["Content-Type"] == "application/json"
    assert found.json()["openapi"].startswith("3.1")
    assert found.json() == described()


def test_it_changes_on_purpose_alone() -> None:
    found = json.dumps(described(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPHOLD_WRITE_OPENAPI"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8")


def test_every_shape_is_a_json_schema() -> None:
    for told in described()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(told)


@pytest.mark.parametrize(("path", "method", "told"), operations())
def test_every_operation_says_what_it_takes_and_how_it_may_end(
    path: str, method: str, told: dict
) -> None:
    assert told["summary"].endswith(".")
    assert told["x-takes"]
    assert {"401", "403", "429", "500", "503"} <= set(told["responses"])
    if "{" in path:
        assert "404" in told["responses"]
    if method == "post":
        assert {"400", "413", "415", "422"} <= set(told["responses"])
        assert "Idempotency-Key" in {each["name"] for each in told["parameters"]}


@pytest.mark.django_db
def test_the_page_describes_every_operation_and_every_problem_without_a_script() -> None:
    found = Client().get("/api/v1/docs")
    page = found.content.decode()
    assert found.status_code == 200
    for path, method, told in operations():
        assert f'id="{told["operationId"]}"' in page
        assert f"{method.upper()} {path}" in page
    for code in CODES:
        assert f'id="problem-{code}"' in page
    assert " style=" not in page
    assert "<script>" not in page
