"""`uphold evidence import`: evidence from anywhere, as one file of runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from uphold.cli.columns import lined_up
from uphold.cli.evidence import evidence_of
from uphold.cli.given import Given
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.outputs import check_outputs
from uphold.cli.parquet import runs_written
from uphold.cli.progress import shown
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.stretches import between
from uphold.cli.watching import Watching
from uphold.facts.evidence import Run
from uphold.facts.times import format_time, to_datetime
from uphold.messages import Message, message

MESSAGE_IDS = ("kind.checks", "kind.logs")
_MOST_SHOWN = 40


def evidence_import(
    *files: str,
    out: str,
    zone: str | None = None,
    watching: Watching = Watching(),  # noqa: B008 - frozen
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Gathers evidence from files and systems into one file, and tells what is in it."""
    if not files:
        raise Refusal(
            message("cli.argument-missing", command="evidence import"),
            message("cli.evidence-form"),
        )
    from uphold.cli.times import viewer_zone

    screen = Screen(shared, viewer_zone(zone) or "UTC")
    names = tuple(dict.fromkeys(files))
    check_outputs((out,), names)
    with shown() as progress:
        given = evidence_of(names, watching, progress)
    runs_written(out, given.runs)
    if shared.json:
        screen.json(_json(given, out))
    else:
        for line in _lines(screen, given, out):
            screen.result(line)
    for note in given.notes:
        screen.problem(screen.say(note))
    mention(screen, given.problems)
    return FOUND if given.problems else FINE


def _series(given: Given) -> dict[tuple[str, str, str], list[Run]]:
    """The runs by kind, source and check."""
    found: dict[tuple[str, str, str], list[Run]] = {}
    for run in given.runs:
        found.setdefault((run.kind, run.source, run.check), []).append(run)
    return found


def _lines(screen: Screen, given: Given, out: str) -> Iterator[str]:
    series = _series(given)
    heads = (
        message("column.source"),
        message("column.check"),
        message("column.evidence"),
        message("column.looks"),
        message("column.runs"),
        message("column.time"),
    )
    rows = [tuple(screen.say(head) for head in heads)]
    rows += [_row(screen, name, runs) for name, runs in list(series.items())[:_MOST_SHOWN]]

    def style(number: int, _: int, cell: str) -> str:
        return screen.styled(cell, "bold") if number == 0 else cell

    if series:
        yield from lined_up(rows, right=(3, 4), style=style)
        if len(series) > _MOST_SHOWN:
            yield screen.say(message("import.more", count=len(series) - _MOST_SHOWN))
        yield ""
    rows_read = message("import.rows", count=given.rows)
    runs = message("import.runs", count=len(given.runs))
    checks = message("import.series", count=len(series))
    yield screen.say(message("import.written", rows=rows_read, runs=runs, series=checks, file=out))


def _row(screen: Screen, name: tuple[str, str, str], runs: Sequence[Run]) -> tuple[str, ...]:
    kind, source, check = name
    first, last = to_datetime(runs[0].first), to_datetime(max(run.last for run in runs))
    return (
        screen.reader.value(source),
        screen.reader.value(check),
        screen.say(Message(f"kind.{kind}")),
        screen.reader.number(sum(run.count for run in runs)),
        screen.reader.number(len(runs)),
        between(screen.reader, first, last),
    )


def _json(given: Given, out: str) -> dict[str, Any]:
    return {
        "file": out,
        "rows": given.rows,
        "runs": len(given.runs),
        "problems": len(given.problems),
        "sources": [
            {
                "kind": kind,
                "source": source,
                "check": check,
                "looks": sum(run.count for run in runs),
                "runs": len(runs),
                "first": format_time(runs[0].first),
                "last": format_time(max(run.last for run in runs)),
            }
            for (kind, source, check), runs in _series(given).items()
        ],
    }
