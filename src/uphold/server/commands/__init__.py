"""The server's commands, which the command line finds by their entry point.

Reading this table imports nothing of the server: help and spelling hints stay quick, and work
where the server's libraries are not installed.
"""

from typing import Final

from uphold.cli.commands import Command

_HOME: Final = "uphold.server.commands."

COMMANDS: Final = (
    Command("serve", "", "uphold serve", brief=False, home=_HOME),
    Command("worker", "", "uphold worker", brief=False, home=_HOME),
    Command("demo", "", "uphold demo --fresh", brief=False, home=_HOME),
    Command("setup-link", "", "uphold setup-link", brief=False, home=_HOME),
    Command("rebuild", "", "uphold rebuild", brief=False, home=_HOME),
    Command("backup", "FILE", "uphold backup uphold-2026-11-22.backup", brief=False, home=_HOME),
    Command("restore", "FILE", "uphold restore uphold-2026-11-22.backup", brief=False, home=_HOME),
    Command("erase", "PERSON", "uphold erase ann@example.org", brief=False, home=_HOME),
)

MESSAGE_IDS = (
    *(f"help.{command.id}" for command in COMMANDS),
    *(f"about.{command.id}" for command in COMMANDS),
)
