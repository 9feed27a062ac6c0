"""`uphold test`: agreements' own examples, run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.cli.loading import agreements
from uphold.cli.options import Shared
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.sources import pages
from uphold.engine.examples import ExampleRun, run_examples
from uphold.messages import Message, message

Runs = tuple[Agreement, tuple[ExampleRun, ...]]


def test(*files: str, shared: Shared = Shared()) -> int:  # noqa: B008, PT028 - no pytest test
    """Runs the examples of agreements and lists those that come out otherwise."""
    screen = Screen(shared)
    loaded = agreements(pages(files, "test"))
    done: list[Runs] = [(agreement, run_examples(agreement)) for agreement in loaded]
    failed = sum(not run.passed for _, runs in done for run in runs)
    if shared.json:
        screen.json([_json(agreement, run, screen) for agreement, runs in done for run in runs])
    else:
        _report(done, failed, screen)
    _mention_problems(done, screen)
    return FOUND if failed else FINE


def _report(done: Sequence[Runs], failed: int, screen: Screen) -> None:
    for agreement, runs in done:
        for run in runs:
            if run.passed:
                continue
            place = _place(agreement, run)
            title = screen.say(message("test.failed", example=run.example.name))
            screen.result(f"{place}: {screen.styled(title, 'red')}")
            for said in _wrong(run):
                screen.result(f"    {screen.say(said)}")
        if not runs:
            screen.result(screen.say(message("test.none", file=agreement.document.file)))
    count = sum(len(runs) for _, runs in done)
    if failed:
        told = message("test.some-failed", count=failed, examples=count)
    else:
        told = message("test.fine", count=count)
    screen.result(screen.say(told))


def _wrong(run: ExampleRun) -> tuple[Message, ...]:
    """What is wrong with the example's facts, or what came out otherwise."""
    return (*run.problems, *(difference.message() for difference in run.differences))


def _place(agreement: Agreement, run: ExampleRun) -> str:
    blocks = agreement.document.blocks
    name = run.example.name
    found = (block for block in blocks if (block.kind, block.name) == ("example", name))
    block = next(found, None)
    return str(block.place) if block else agreement.document.file


def _json(agreement: Agreement, run: ExampleRun, screen: Screen) -> dict[str, Any]:
    return {
        "file": agreement.document.file,
        "agreement": agreement.name,
        "revision": agreement.revision,
        "example": run.example.name,
        "passed": run.passed,
        "problems": [screen.say(problem) for problem in run.problems],
        "differences": [
            {
                "verdict": each.expected_of,
                "part": each.part,
                "expected": each.expected,
                "found": each.found,
            }
            for each in run.differences
        ],
    }


def _mention_problems(done: Sequence[Runs], screen: Screen) -> None:
    """Says in a line where the checker objects; that does not keep examples from running."""
    from uphold.cli.command_check import problems_of

    for agreement, _ in done:
        file = agreement.document.file
        found = problems_of((file,))
        if found:
            screen.problem(screen.say(message("test.problems", count=len(found), file=file)))
