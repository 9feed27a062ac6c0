"""The guide: every command on its page is run against a real server, and prints what it says.

A fence with `file=NAME` is a file that the reader saves, a `sh` fence holds commands behind `$ `
with their output. `UPHOLD_WRITE_GUIDES=1` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from pytest_django.live_server_helper import LiveServer

from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import May, OrganisationKind, Role
from uphold.server.agreements import services as agreements

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "guide" / "api.md"
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)\n```$", re.S | re.M)


@pytest.fixture
def place(live_server: LiveServer, tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """What the reader's shell knows: the address and three tokens; it is Mon 2 Mar 2026, 09:00."""
    with clock.clock_at(datetime.fromisoformat("2026-03-02T09:00:00+01:00")):
        north = accounts.new_provider("North", zone="Europe/Oslo").id
        fjord = accounts.new_party(north, OrganisationKind.CUSTOMER, "Fjord").id
        source = (ROOT / "agreements" / "easymeeting.md").read_text("utf-8")
        agreements.post(north, source, by="cleo")
        yield {
            "PATH": os.environ["PATH"],
            "UPHOLD": f"{live_server.url}/api/v1",
            "ANN": token("ann", fjord, Role.USER),
            "BO": token("bo", north, Role.AGENT),
            "CLEO": token("cleo", north, Role.ADMINISTRATOR),
        }


def token(name: str, organisation: int, role: Role) -> str:
    email = f"{name}@example.org"
    accounts.new_person(email, name.title(), organisation=organisation, role=role, key=name)
    viewer = accounts.viewer_of(get_user_model().objects.get(key=name))
    assert viewer is not None
    return accounts.new_token(viewer, "guide", [each for each in May if viewer.may(each)])[1]


def performed(page: str, folder: Path, place: Mapping[str, str]) -> str:
    """The page with what its commands really print, its files saved in a folder."""

    def act(fence: re.Match[str]) -> str:
        kind, file, body = fence.groups()
        if file:
            (folder / file).write_text(body + "\n")
        if kind == "sh":
            commands = [line for line in body.splitlines() if line.startswith("$ ")]
            body = "\n".join(f"{each}\n{printed(each[2:], folder, place)}" for each in commands)
        return f"```{kind}{' file=' + file if file else ''}\n{body}\n```"

    return FENCE.sub(act, page)


def printed(command: str, folder: Path, place: Mapping[str, str]) -> str:
    found = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=dict(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=30,
        check=False,
    )
    return found.stdout.rstrip()


@pytest.mark.django_db(transaction=True)
def test_every_command_prints_what_the_guide_says(
    place: Mapping[str, str], tmp_path: Path, system_part: Callable[[str], str]
) -> None:
    for part in ("curl", "jq"):
        system_part(part)
    page = GUIDE.read_text("utf-8")
    found = performed(page, tmp_path, place)
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        GUIDE.write_text(found, "utf-8")
    assert found == page
