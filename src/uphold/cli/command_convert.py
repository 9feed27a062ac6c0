"""`uphold convert`: what another system exported, as facts."""

from __future__ import annotations

import json
import sys

from uphold.agreement.problem import nearest
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.cli.sources import STDIN, missing
from uphold.cli.times import known_zone
from uphold.messages import message

SYSTEMS = ("servicenow",)


def convert(
    system: str,
    file: str,
    /,
    *,
    zone: str | None = None,
    customer: str | None = None,
    account: str | None = None,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Writes the facts of an export to stdout, and what could not be used to stderr.

    With `--json` the report is JSON too; facts always are.
    """
    from uphold.connect.servicenow import ConversionError, Options
    from uphold.connect.servicenow import convert as converted
    from uphold.facts.writing import fact_line

    screen = Screen(shared)
    _known(system)
    if zone is None:
        raise Refusal(message("cli.zone-of-file-missing"), message("cli.zone-of-file-form"))
    options = Options(customer=customer, account=account)
    try:
        source = sys.stdin.buffer if file == STDIN else file
        found = converted(source, known_zone(zone), options)
    except ConversionError as error:
        raise Refusal(None, problems=(error.problem,)) from error
    except FileNotFoundError:
        raise missing(file) from None
    for fact in found.facts:
        sys.stdout.write(fact_line(fact) + "\n")
    if shared.json:
        screen.problem(json.dumps(found.report.to_json(screen.reader), ensure_ascii=False))
    else:
        screen.problem(found.report.text(screen.reader))
    return FINE


def _known(name: str) -> None:
    if name not in SYSTEMS:
        near = nearest(name, SYSTEMS)
        names = (near,) if near else SYSTEMS
        raise Refusal(
            message("cli.system-unknown", system=name), message("cli.systems", names=names)
        )
