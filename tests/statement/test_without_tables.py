"""A statement is checked alike with other tables of holidays and zones installed, or with none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.statement.made import KEY, at, fact, run, sealed, us

from uphold.agreement import load_agreement
from uphold.engine.measure.figure import Window
from uphold.statement import Asked, build, seal

ROOT = Path(__file__).resolve().parents[2]

NO_TABLES = """
import sys, zoneinfo
zoneinfo.reset_tzpath(to=[])
for name in ("tzdata", "holidays"):
    sys.modules[name] = None
"""
OTHER_TABLES = """
import pathlib, sys, types, zoneinfo
from datetime import datetime, timedelta
folder = pathlib.Path(sys.argv[2])
utc = b"TZif2" + bytes(15) + (0).to_bytes(4, "big") * 4 + (1).to_bytes(4, "big") * 2
block = utc[:20] + bytes(12) + bytes(4) + (1).to_bytes(4, "big") + (4).to_bytes(4, "big")
body = bytes(6) + b"UTC\\0"
for name in ("Europe/Oslo", "America/New_York"):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(block + body + block + body + b"\\nUTC0\\n")
zoneinfo.reset_tzpath(to=[str(folder)])
sys.modules["tzdata"] = None
assert zoneinfo.ZoneInfo("Europe/Oslo").utcoffset(datetime(2026, 7, 1)) == timedelta(0)
other = types.ModuleType("holidays")
other.country_holidays = lambda *_, **__: {}
other.__version__ = "99"
sys.modules["holidays"] = other
"""
CHECK = """
from uphold.messages import Reader
from uphold.statement import verify
found = verify(open(sys.argv[1], "rb").read())
print(found.status)
if found.difference is not None:
    print(Reader("en").text(found.message))
"""


def checked(tables: str, file: Path, folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", tables + CHECK, str(file), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def shipped_statement() -> bytes:
    """Of the richest shipped agreement: offices in two zones, holidays, a month of summer time."""
    harbour = load_agreement(ROOT / "agreements" / "examples" / "harbour.md")
    first, last = "2027-03-01T00:00:00+01:00", "2027-03-31T23:59:00+02:00"
    failed, again = "2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"
    still = "2027-03-28T03:29:00+02:00"
    seen = [
        look
        for place in ("oslo", "bergen")
        for look in (
            run("sign-in", first, "2027-03-28T01:29:00+01:00", "up", place),
            run("sign-in", failed, still, "down", place),
            run("sign-in", again, last, "up", place),
            run("place-call", first, last, "up", place),
        )
    ]
    known = [
        fact(
            "customer.agreed",
            "2027-02-01T10:00:00+01:00",
            "customer:acme",
            account="acme-1",
            office="boston",
            fee="100.00 EUR",
        ),
        fact("customer.trained", "2027-02-01T10:00:00+01:00", "customer:acme", person="p7"),
        fact(
            "request.opened",
            "2027-03-12T16:30:00-05:00",
            "request:1",
            account="acme-1",
            author="p7",
            priority="critical",
        ),
        fact("request.forwarded", "2027-03-12T16:30:00-05:00", "request:1"),
    ]
    stretch = us("2027-03-01T00:00:00+01:00"), us("2027-04-01T00:00:00+02:00")
    month = Window("2027-03", *stretch, stretch, "Europe/Oslo")
    made = build([harbour], known, seen, Asked("acme", month, at("2027-04-02T00:00:00+02:00")))
    told = made.parts["verdicts"]
    assert [each["downtime_seconds"] for each in told["figures"]][:1] == [3600]
    assert "missed" in {each["state"] for each in told["verdicts"]}
    return seal(made, KEY).to_bytes()


@pytest.mark.requirement("X4")
@pytest.mark.parametrize("tables", [NO_TABLES, OTHER_TABLES], ids=["none", "other"])
@pytest.mark.parametrize("made", [sealed, shipped_statement])
def test_the_outcome_is_the_same(tables: str, made: object, tmp_path: Path) -> None:
    assert callable(made)
    file = tmp_path / "statement.json"
    file.write_bytes(made())
    assert checked(tables, file, tmp_path / "zones") == "intact, signer unknown"
