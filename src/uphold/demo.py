"""`make tour`: real incidents and real checks under real agreements, explained, and stated.

The 890 incidents and the checks of 18 services lie beside the repository; where they do not, a few
invented incidents of the same form and the checks of three of the services, which are shipped
with Uphold, stand in for them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from uphold.cli.figure_telling import figure_story
from uphold.cli.judging import Asked, Judged, judged
from uphold.cli.materials import Materials
from uphold.cli.options import Shared
from uphold.cli.screen import Screen
from uphold.cli.settling import Settled, settled
from uphold.cli.side_by_side import Columns, side_by_side
from uphold.cli.sources import Sources
from uphold.cli.statement_making import Wanted, made, read_for
from uphold.cli.summary import Tally, summary_lines
from uphold.cli.telling import fact_lines, story_lines
from uphold.cli.watching import Watching
from uphold.cli.writing import written, written_bytes
from uphold.connect.servicenow import convert
from uphold.engine.explain import facts_of, story_of
from uphold.engine.verdict import State, Verdict
from uphold.facts.times import format_time, from_datetime
from uphold.facts.writing import write_facts
from uphold.messages import Message, Reader, message

ROOT = Path(__file__).resolve().parents[2]
INCIDENTS = ROOT.parent / "shared" / "data" / "incident_event_log_2016.csv"
SAMPLE = Path(__file__).with_name("demo_incidents.csv")
AGREEMENT = ROOT / "agreements" / "biztek.md"
CHECKS = ROOT.parent / "shared" / "data" / "uptime_checks_2026-08.csv"
CHECKS_SAMPLE = Path(__file__).with_name("demo_checks.csv")
MEASURED_UNDER = ("biztek", "connexys", "easymeeting", "lifesize")
STATED = ROOT / "build" / "statement.json"
ZONE = "Europe/Oslo"
_PAGE, _FACTS = "agreements/biztek.md", "facts.jsonl"
_WATCHING = Watching(interval="5m", change_log="26h")
_TAKEN = "--interval 5m --change-log 26h --window 2026-08"
_MONTH, _LATER = "2026-08", datetime(2026, 9, 10, 10, tzinfo=UTC)
_SERVICE, _TOLD_UNDER = "Facet Demo", "lifesize"
_CUSTOMER = """\
{"type": "customer.agreed", "at": "2026-06-01T09:00:00Z", "subject": "customer:acme", \
"account": "acme-1", "agreement": "lifesize-extreme", "plan": "extreme-support", \
"until": "2027-06-01T09:00:00Z"}
"""


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
        _measure(screen, CHECKS if CHECKS.exists() else CHECKS_SAMPLE, Path(folder))
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


def _measure(screen: Screen, checks: Path, folder: Path) -> None:
    """The checks under each agreement, the reasons of one figure, and one customer's statement."""
    command = f"uphold uptime agreements/NAME.md {checks.name} {_TAKEN}"
    _step(screen, message("demo.measured"), command)
    found = measured(checks)
    _indented(screen, side_by_side(screen, by_provider(found)))

    command = f"uphold uptime agreements/{_TOLD_UNDER}.md {checks.name} {_TAKEN} --why"
    _step(screen, message("demo.why"), command)
    told = found[_TOLD_UNDER]
    figure = next(each for each in told.settlement.figures if each.service == _SERVICE)
    _indented(screen, figure_story(screen, figure, told.agreements[0], set()))

    command = (
        f"uphold statement agreements/{_TOLD_UNDER}.md --facts {_FACTS} --evidence {checks.name}"
        f" {_TAKEN} --customer acme --key provider.key --out {STATED.name} --html"
    )
    _step(screen, message("demo.stated"), command)
    _state(screen, checks, folder)


def measured(checks: Path) -> dict[str, Settled]:
    """The checks under each of the four agreements, by its name."""
    return {name: _settled(name, checks) for name in MEASURED_UNDER}


def by_provider(found: Mapping[str, Settled]) -> Columns:
    """The figures under each agreement, by who promises."""
    return {each.agreements[0].provider: each.settlement.figures for each in found.values()}


def _settled(name: str, checks: Path) -> Settled:
    page = str(ROOT / "agreements" / f"{name}.md")
    materials = Materials((page,), (), (str(checks),))
    return settled(materials, Asked(_LATER, None, False, ZONE), _WATCHING, _MONTH)


def _state(screen: Screen, checks: Path, folder: Path) -> None:
    """Seals the statement of an invented customer, checks it, and writes its page."""
    from uphold.statement.keys import new_key, read_private_key, read_public_key
    from uphold.statement.page import statement_page
    from uphold.statement.verifying import verify

    facts = folder / "customer.jsonl"
    facts.write_text(_CUSTOMER, encoding="utf-8")
    page = str(ROOT / "agreements" / f"{_TOLD_UNDER}.md")
    read = read_for(
        Materials((page,), (str(facts),), (str(checks),)),
        Asked(_LATER, None, False, ZONE),
        _WATCHING,
        _MONTH,
        "acme",
    )
    key = new_key(folder / "provider.key")
    found = made(read, Wanted("acme", None, None, ""), read_private_key(key.private_file))
    STATED.parent.mkdir(exist_ok=True)
    written_bytes(str(STATED), found.to_bytes())
    outcome = verify(STATED.read_bytes(), read_public_key(key.public_file))
    _indented(screen, [screen.say(outcome.message)])
    drawn = STATED.with_suffix(".html")
    reader = Reader(screen.reader.language, ZONE)
    written(str(drawn), statement_page(found, reader, file=STATED.name))
    _indented(screen, [screen.say(message("demo.page", file=str(drawn)))])


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
