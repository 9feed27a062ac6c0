"""`make run`: real incidents, judged under a real agreement, and one miss explained.

The 890 incidents lie beside the repository; where they do not, a few invented ones of the same
form, which are shipped with Uphold, stand in for them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from uphold.cli.judging import Asked, Judged, judged
from uphold.cli.options import Shared
from uphold.cli.screen import Screen
from uphold.cli.sources import Sources
from uphold.cli.summary import Tally, summary_lines
from uphold.cli.telling import fact_lines, story_lines
from uphold.connect.servicenow import convert
from uphold.engine.explain import facts_of, story_of
from uphold.engine.verdict import State, Verdict
from uphold.facts.times import format_time, from_datetime
from uphold.facts.writing import write_facts
from uphold.messages import Message, message

ROOT = Path(__file__).resolve().parents[2]
INCIDENTS = ROOT.parent / "shared" / "data" / "incident_event_log_2016.csv"
SAMPLE = Path(__file__).with_name("demo_incidents.csv")
AGREEMENT = ROOT / "agreements" / "biztek.md"
ZONE = "Europe/Oslo"
_PAGE, _FACTS = "agreements/biztek.md", "facts.jsonl"


def main() -> int:
    """Converts, judges, sums up and explains; 2 where the agreement does not lie beside it."""
    screen = Screen(Shared(), ZONE)
    if not AGREEMENT.exists():
        told = message("cli.file-missing", file=_PAGE)
        sys.stderr.write(f"uphold: {screen.say(told)}\n")
        return 2
    log = INCIDENTS if INCIDENTS.exists() else SAMPLE
    with tempfile.TemporaryDirectory() as folder:
        _run(screen, log, Path(folder) / _FACTS)
    return 0


def _run(screen: Screen, log: Path, facts: Path) -> None:
    """Each step as the command that does it, and what it gives."""
    begun = time.perf_counter()
    command = f"uphold convert servicenow {log.name} --zone {ZONE} > {_FACTS}"
    _step(screen, message("demo.converted"), command)
    conversion = convert(log, ZONE)
    with facts.open("w", encoding="utf-8") as stream:
        write_facts(conversion.facts, stream)
    _indented(screen, _report(screen, conversion.report.text(screen.reader)))

    at = max(fact.at for fact in conversion.facts) + timedelta(days=1)
    options = f"--at {format_time(from_datetime(at))} --as-if-in-force"
    _step(screen, message("demo.judged"), f"uphold clocks {_PAGE} {_FACTS} {options} --summary")
    sources = Sources((str(AGREEMENT),), (str(facts),))
    found = judged(sources, Asked(at, None, True, ZONE))
    _indented(screen, summary_lines(screen, Tally.of(found)))
    seconds = f"{time.perf_counter() - begun:.1f}"
    count = len(conversion.facts)
    screen.result()
    _indented(
        screen,
        [screen.styled(screen.say(message("demo.took", count=count, seconds=seconds)), "dim")],
    )

    miss = telling_miss(found.verdicts)
    if miss is not None:
        command = f"uphold explain {_PAGE} {_FACTS} {options} {miss.key}"
        _step(screen, message("demo.explained"), command)
        _indented(screen, _story(screen, found, miss))


def telling_miss(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The missed first response that has most to tell: answered at last, held, over several days.

    Of equals the narrowest miss.
    """
    missed = [
        verdict
        for verdict in verdicts
        if verdict.state is State.MISSED and verdict.clock == "response"
    ]
    return max(missed, key=_interest, default=None)


def _interest(verdict: Verdict) -> tuple[bool, bool, int, int]:
    ids = [reason.id for reason in verdict.because]
    stretches = min(3, ids.count("reason.stretch"))
    return verdict.stopped is not None, "reason.hold" in ids, stretches, verdict.left_us or 0


def _story(screen: Screen, found: Judged, miss: Verdict) -> Iterable[str]:
    story = story_of(found.evaluation, miss)
    facts = facts_of(found.evaluation, (story,))
    yield from fact_lines(screen, miss.subject, facts, story.named_facts)
    yield ""
    yield from story_lines(screen, story, set())


def _step(screen: Screen, said: Message, command: str) -> None:
    screen.result()
    screen.result(screen.styled(screen.say(said), "bold"))
    screen.result(screen.styled(f"$ {command}", "dim"))
    screen.result()


def _indented(screen: Screen, lines: Iterable[str]) -> None:
    for line in lines:
        screen.result(f"  {line}".rstrip())


def _report(screen: Screen, text: str) -> Iterable[str]:
    """The report's lines, each as far as it goes on one."""
    for line in text.splitlines():
        fits = len(line) <= screen.width - 2
        yield line if fits else f"{line[: screen.width - 3].rstrip()}…"


if __name__ == "__main__":
    sys.exit(main())
