"""The pictures of the README: what commands print on a terminal, a statement's page, the server's.

`make pictures` makes them anew. The commands run on the agreement and the facts of the guide,
behind a pseudo-terminal, so that their colours are those that people see. The page is that of the
month in `docs/pictures/statement`, as Chromium shows it. The server's pages are drawn by
`pictures/server.py` in a process of its own, for Django's settings belong to a process. Without
Chromium pages are left as they are.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide" / "ten-minutes.md"
PICTURES = ROOT / "docs" / "pictures"
SERVER = ROOT / "tools" / "pictures" / "server.py"
AT = "2027-02-05T15:00:00+01:00"
WIDTH = 100
COMMANDS = {
    "clocks.svg": f"uphold clocks desk.md facts.jsonl --at {AT}",
    "explain.svg": f"uphold explain desk.md facts.jsonl --at {AT} request:2",
}
HARBOUR = ROOT / "agreements" / "examples" / "harbour.md"
MONTH = PICTURES / "statement"
STATEMENT = (
    *("--customer", "acme", "--window", "2028-03", "--at", "2028-04-03T09:00:00+02:00"),
    *("--out", "acme.json", "--key", "uphold.key", "--html", "--lang", "en"),
)
PAGE_SIZE = "1000,1545"
_FILE = re.compile(r"^(`{3,})\w+ file=(\S+)\n(.*?)\n\1$", re.S | re.M)
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.S)


def main() -> None:
    """Writes each picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save_guide(folder)
        for picture, command in COMMANDS.items():
            (PICTURES / picture).write_text(drawn(command, printed(command, folder)), "utf-8")
        photograph(stated(folder), PICTURES / "statement.png")
    subprocess.run([sys.executable, SERVER], check=True)


def stated(folder: Path) -> Path:
    """The page of the month's statement, sealed with a key of its own."""
    program = Path(sys.executable).parent / "uphold"
    subprocess.run([program, "key", "new"], cwd=folder, check=True, capture_output=True)
    evidence, facts = MONTH / "evidence.jsonl", MONTH / "facts.jsonl"
    given = ("--facts", facts, "--evidence", evidence)
    command = [program, "statement", HARBOUR, *given, *STATEMENT]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "acme.html"


def photograph(page: Path, picture: Path) -> None:
    """The upper part of a page as a browser shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print(f"{picture.name} is left as it is: there is no Chromium")
        return
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    size = (f"--window-size={PAGE_SIZE}", "--hide-scrollbars", "--force-device-scale-factor=1.5")
    profile = f"--user-data-dir={page.parent / 'browser'}"
    subprocess.run(
        [browser, *options, *size, profile, f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
    )


def save_guide(folder: Path) -> None:
    """Saves the files of the guide, as its reader does."""
    for _, file, body in _FILE.findall(GUIDE.read_text("utf-8")):
        with (folder / file.lstrip("+")).open("a") as saved:
            saved.write(("\n" if file.startswith("+") else "") + body + "\n")


def printed(command: str, folder: Path) -> str:
    """What a command prints on a terminal, with its colours."""
    program = Path(sys.executable).parent / "uphold"
    place = {"LANG": "en_GB.UTF-8", "TZ": "Europe/Oslo", "COLUMNS": str(WIDTH)}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [program, *command.split()[1:]],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", **place},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    found = b""
    while True:
        try:
            block = os.read(ours, 1 << 16)
        except OSError:
            block = b""
        if not block:
            break
        found += block
    process.wait()
    return found.decode("utf-8").replace("\r\n", "\n")


def drawn(command: str, text: str) -> str:
    """A terminal with the command and what it printed; no font is fetched from anywhere."""
    console = Console(
        record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(text.rstrip()))
    svg = console.export_svg(title="uphold", unique_id="uphold")
    return _FONT.sub("", svg).replace("Fira Code", "ui-monospace, Menlo, Consolas")


if __name__ == "__main__":
    main()
