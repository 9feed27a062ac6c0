"""The first hour: a server that really runs, its pages by the words of the guide, its commands.

A `sh` fence holds commands behind `$ ` with their output. `UPHOLD_WRITE_GUIDES=1` writes those
outputs anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from tests.docs.performing import FENCE, performed
from tests.docs.visitor import Visitor
from tests.server.running.processes import Serving, serving, surroundings

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "first-hour.md"
BOLD = re.compile(r"\*\*([^*]+)\*\*")
ADDRESS = "http://127.0.0.1:8000"
TITLE = "The lift stands still"
PASSWORD = "correct horse battery"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    with surroundings(tmp_path, "sqlite") as found:
        yield found | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def set_up(kari: Visitor, link: str, agreement: str) -> str:
    """What the administrator does before anybody asks for anything; gives Ola's link."""
    kari.open(link)
    kari.press(
        "Set up",
        {
            "Name of your company": "Northwind",
            "Your name": "Kari Nordmann",
            "E-mail address": "kari@northwind.example",
            "Password": PASSWORD,
            "Time zone": "Europe/Oslo",
        },
    )
    kari.follow("Queue")
    kari.follow("Agreements")
    kari.follow("Post a revision")
    elsewhere = (
        "Customers could read this revision elsewhere since the date on the page; it counts from"
        " then."
    )
    kari.press("Post it", {"The page": agreement, elsewhere: "yes"})
    kari.follow("Customers and people")
    kari.sees("Your own people")
    kari.follow("Add")
    kari.press("Add", {"Kind": "customer", "Name": "Fjord Hotels"})
    kari.press("New account", {"Agreement": "northwind-desk"}, under="New account")
    invited = {"Name": "Ola", "E-mail address": "ola@fjord.example", "Role": "user"}
    kari.press("Invite somebody", invited, under="Invite somebody")
    return found(r"http://\S+/join/[^/]+/", kari.text)


def asked_and_answered(kari: Visitor, ola: Visitor, link: str) -> None:
    """The first request, from the customer's invitation to the answer."""
    ola.open(link)
    ola.press("Save and sign in", {"Password": PASSWORD})
    ola.follow("New request")
    ola.press("Open a request", {"In a few words": TITLE})
    kari.follow("Queue")
    kari.follow(TITLE)
    kari.press("Answer", {"Message": "Somebody is on the way."})
    ola.open("/requests/1")
    ola.sees("Why")
    assert "Somebody is on the way." in ola.text


def token(kari: Visitor) -> str:
    kari.follow("Your settings")
    kari.follow("API tokens")
    kari.press("Make the token", {"Name": "monitoring"})
    return found(r"uphold_[\w-]{30,}", kari.text)


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None
    return match[0]


def printed(command: str, folder: Path, environment: Mapping[str, str], server: Serving) -> str:
    """What a command of the guide prints, at the address that the guide has."""
    if command == "uphold serve":
        said = re.sub(r"/setup/\S+", "/setup/…", "\n".join(server.printed))
        return said.replace(server.address, ADDRESS)
    if command.startswith("pip install"):  # the tests install nothing
        return ""
    ran = subprocess.run(
        command.replace(ADDRESS, server.address),
        shell=True,
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return re.sub(r"^\d+ rows", "25 rows", ran.stdout.rstrip())  # as many as workers left


def test_the_first_hour_goes_as_the_guide_says(
    environment: dict[str, str], tmp_path: Path, system_part: Callable[[str], str]
) -> None:
    for part in ("curl", "jq"):
        system_part(part)
    page = GUIDE.read_text("utf-8")
    (agreement,) = [fence[4] for fence in FENCE.finditer(page) if fence[3]]
    with (
        serving(environment) as server,
        closing(Visitor(server.address)) as kari,
        closing(Visitor(server.address)) as ola,
    ):
        link = set_up(kari, found(r"http://\S+/setup/\S+", "\n".join(server.printed)), agreement)
        asked_and_answered(kari, ola, link)
        environment["TOKEN"] = token(kari)

        done = performed(
            page, tmp_path, "sh", lambda each: printed(each, tmp_path, environment, server)
        )
    if os.environ.get("UPHOLD_WRITE_GUIDES"):
        GUIDE.write_text(done, "utf-8")
    assert done == page
    told = {" ".join(words.split()) for words in BOLD.findall(FENCE.sub("", page))}
    assert told - kari.used - ola.used - {"like this"} == set()
    assert (kari.used | ola.used) - told == {TITLE}
