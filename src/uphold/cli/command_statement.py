"""`uphold statement`: one period's verdicts for one customer, sealed, as a file and as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from uphold.cli.judging import asked
from uphold.cli.loading import told
from uphold.cli.materials import gathered
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.outputs import check_outputs
from uphold.cli.refusal import Refusal
from uphold.cli.restatement_lines import restatement_lines
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.statement_making import Read, Wanted, key_in, made, read_for, statement_in
from uphold.cli.watching import Several, Watching
from uphold.cli.writing import written, written_bytes
from uphold.facts.times import to_datetime
from uphold.messages import Reader, message
from uphold.statement.errors import StatementError

if TYPE_CHECKING:
    from uphold.statement.form import Statement

_HTML, _PDF = ".html", ".pdf"


def statement(
    *files: str,
    customer: str,
    window: str,
    out: str,
    facts: Several = (),
    evidence: Several = (),
    key: str | None = None,
    previous: str | None = None,
    restates: str | None = None,
    reason: str | None = None,
    html: bool = False,
    pdf: bool = False,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    zone: str | None = None,
    watching: Watching = Watching(),  # noqa: B008 - frozen
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Writes the statement that a customer can check alone, and a page of it for people."""
    question = asked(at, known, as_if_in_force, zone)
    screen = Screen(shared, question.zone or "UTC")
    if (reason is None) is not (restates is None):
        raise Refusal(message("cli.restates-and-reason"), message("cli.restates-form"))
    given = (*files, *facts, *evidence, key, previous, restates)
    check_outputs(_names(out, html, pdf), (each for each in given if each is not None))
    materials = gathered(files, facts, evidence, command="statement", needs_evidence=True)
    signer = None if key is None else key_in(key)
    read = read_for(materials, question, watching, window, customer)
    _check_sound(read, watching)
    wanted = Wanted(
        customer,
        None if previous is None else statement_in(previous),
        None if restates is None else statement_in(restates),
        reason or "",
    )
    found = made(read, wanted, signer)
    # Without --zone a page shows the time of the agreement, wherever the provider's machine is.
    reader = Reader(screen.reader.language, None if zone is None else question.zone)
    names = _names(out, html, pdf)
    _written(found, names, reader)
    _tell(screen, found, names)
    problems = (*read.facts.problems, *read.evidence.problems)
    mention(screen, problems)
    return FOUND if problems else FINE


def _check_sound(read: Read, watching: Watching) -> None:
    """Raises `Refusal` where facts cannot be read: what is sealed stays, and lacks them."""
    problems = read.facts.problems
    if problems and not watching.keep_going:
        told_first = tuple(told(problems))
        raise Refusal(message("cli.statement-lacks"), message("cli.keep-going"), told_first)


def _names(out: str, html: bool, pdf: bool) -> tuple[str, ...]:
    """The statement's file, and the pages beside it that are wanted."""
    endings = [ending for ending, wanted in ((_HTML, html), (_PDF, pdf)) if wanted]
    return (out, *(_beside(out, ending) for ending in endings))


def _written(found: Statement, names: tuple[str, ...], reader: Reader) -> None:
    """Writes the file and its pages. Raises `Refusal` for a page that fails."""
    out, *pages = names
    written_bytes(out, found.to_bytes())
    own = Path(out).name
    try:
        for page in pages:
            if page.endswith(_HTML):
                from uphold.statement.page import statement_page

                written(page, statement_page(found, reader, file=own))
            else:
                from uphold.statement.page import statement_pdf

                written_bytes(page, statement_pdf(found, reader, file=own))
    except StatementError as error:
        raise Refusal(error.message) from error


def _beside(out: str, ending: str) -> str:
    """The name of a page beside the statement's file."""
    path = Path(out)
    return str(
        path.with_name(path.name + ending) if path.suffix == ending else path.with_suffix(ending)
    )


def _tell(screen: Screen, found: Statement, names: tuple[str, ...]) -> None:
    fingerprint = found.seal.fingerprint
    if screen.shared.json:
        screen.json({"files": list(names), "digest": found.digest, "fingerprint": fingerprint})
        return
    for name in names:
        screen.result(screen.say(message("render.written", file=name)))
    about = found.about
    if not about.is_over:
        lasts = message("statement.not-over", label=about.label, at=to_datetime(about.end))
        screen.result(screen.say(lasts))
    restates = found.parts["restates"]
    if restates is not None:
        for line in restatement_lines(screen, restates["changes"]):
            screen.result(line)
    if fingerprint is None:
        screen.result(screen.say(message("statement-file.unsigned")))
    else:
        screen.result(screen.say(message("statement-file.signed", fingerprint=fingerprint)))
