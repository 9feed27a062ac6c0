"""`uphold convert`: what another system exported, as facts."""

from __future__ import annotations

from uphold.agreement.problem import nearest
from uphold.cli.refusal import Refusal
from uphold.messages import message

SYSTEMS = ("servicenow",)


def known_system(name: str) -> str:
    """The system's name if it can be converted from; raises `Refusal` with those that can."""
    if name in SYSTEMS:
        return name
    near = nearest(name, SYSTEMS)
    names = (near,) if near else SYSTEMS
    raise Refusal(message("cli.system-unknown", system=name), message("cli.systems", names=names))
