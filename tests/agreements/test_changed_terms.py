"""Change any one figure or word of a term that measures or prices: an example fails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.agreements.term_changes import changes_of, figures_of, is_noticed

from uphold.agreement import load_agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm, TerminationTerm
from uphold.engine.examples import run_examples

FOLDER = Path(__file__).resolve().parents[2] / "agreements"
SHIPPED = sorted(path for path in FOLDER.rglob("*.md") if len(path.suffixes) == 1)
PRICED = (AvailabilityTerm, CreditTerm, TerminationTerm)
MEASURED = [
    path for path in SHIPPED if any(isinstance(term, PRICED) for term in load_agreement(path).terms)
]


@dataclass(frozen=True)
class Idle:
    """Changes that cannot matter: in which agreements, which changes, and why."""

    agreements: str
    changes: str
    why: str

    def is_for(self, name: str, change: str) -> bool:
        return bool(re.fullmatch(self.agreements, name) and re.fullmatch(self.changes, change))


GATEWAYS = "caps|claims|days-of-service|fixed-days|per-hour|quota|termination"
ONE_PART = f"{GATEWAYS}|tiers|connexys|easymeeting|error-rate|latency|packet-loss"
CHECKS_SETTLE = f"{GATEWAYS}|tiers|connexys|error-rate|latency|packet-loss"
FRAME = "frame: first failed to next good check -> "
CANNOT_MATTER = (
    Idle(
        ONE_PART,
        r".+ · down when: any part is down -> all parts are down",
        "The service has one part: any of its parts and all of them are that one.",
    ),
    Idle(
        f"{GATEWAYS}|tiers|connexys|easymeeting",
        r".+ · parts: .+ -> left out",
        "A service that names no parts has the checks with indicators for it: that same one.",
    ),
    Idle(
        "caps|claims|connexys|days-of-service|per-hour|quota|termination|tiers",
        r".+ · per: .+ -> mean of parts",
        "The mean of the figures of one part is that part's figure.",
    ),
    Idle(
        CHECKS_SETTLE,
        r".+ · otherwise: unknown -> a person judges",
        "Checks are the only source and settle an outage by themselves, so no question is left.",
    ),
    Idle(
        f"{CHECKS_SETTLE}|lifesize",
        rf".+ · {FRAME}(overlap|union|component log)",
        "Checks alone settle an outage, so what all that settles it shows, together or in any, is "
        "the checks' own time; so it is where the frame names a log and there is none.",
    ),
    Idle(
        "harbour",
        r"calling-evidence · frame: .+ -> component log",
        "Of the sets that settle an outage the only one without the log is of checks alone, and "
        "what settles an outage says when it was where no frame does.",
    ),
    Idle(
        "tiers",
        r"tiered-credit · tiers/row: below 99.9 % -> below (100.0|99.901) %",
        "A month is missed only below 99.9 %, so the first tier begins there wherever it is drawn.",
    ),
    Idle(
        "claims|harbour|tiers",
        r".+ · claim: within 30 calendar days of the window's end -> .+ of the (statement|miss)",
        "A figure is missed when its window ends, and the statement of it begins the next day: "
        "one and the same instant.",
    ),
    Idle(
        "termination",
        r".+ · claim: within 30 calendar days of the miss -> .+ of the (statement|window's end)",
        "A figure is missed when its window ends, and the statement of it begins the next day: "
        "one and the same instant.",
    ),
    Idle(
        "claims",
        r"second-answer-credit · claim: .+ -> within 2 billing cycles of the window's end",
        "The statement of a month comes on the first day after it, the instant at which it ends.",
    ),
    Idle(
        "latency",
        r"query · down when: .+ -> slower than 800\.01 milliseconds .+",
        "A look's milliseconds are whole: slower than 800.01 is slower than 800.",
    ),
    Idle(
        "easymeeting",
        r"yearly-availability · excludes: standing windows -> left out",
        "The text publishes no hours of its standing windows, and an open term says so.",
    ),
)


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: path.stem)
def test_an_example_fails_for_any_changed_figure_or_word(path: Path) -> None:
    """Every figure is changed; what survives cannot matter, and what is listed so survives."""
    agreement = load_agreement(path)
    assert all(run.passed for run in run_examples(agreement))
    changes = list(changes_of(agreement))
    assert figures_of(agreement) <= {(change.term, change.key) for change in changes}
    survivors = [str(change) for change in changes if not is_noticed(agreement, change)]
    idle = [each for each in CANNOT_MATTER if re.fullmatch(each.agreements, path.stem)]
    listed = {each: [s for s in survivors if each.is_for(path.stem, s)] for each in idle}
    assert [s for s in survivors if not any(each.is_for(path.stem, s) for each in idle)] == []
    assert [each for each, found in listed.items() if not found] == []
