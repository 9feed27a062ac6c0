"""Evidence: what sources saw of checks and components, kept as runs of equal looks.

`Evidence` joins looks in any order and grouping into the same runs; `runs_of_changes` reads logs
that hold changes alone, `runs_of_facts` what was told as facts, `read_evidence` CSV and JSON Lines.
"""

from uphold.facts.evidence.changes import held, runs_of_changes
from uphold.facts.evidence.conflict import EvidenceConflict
from uphold.facts.evidence.evidence import Evidence
from uphold.facts.evidence.observed import runs_of_facts
from uphold.facts.evidence.options import UNITS, Columns, Options, UnknownColumn
from uphold.facts.evidence.reading import EvidenceRead, read_evidence
from uphold.facts.evidence.run import KINDS, SEEN, Measure, Run

__all__ = [
    "KINDS",
    "SEEN",
    "UNITS",
    "Columns",
    "Evidence",
    "EvidenceConflict",
    "EvidenceRead",
    "Measure",
    "Options",
    "Run",
    "UnknownColumn",
    "held",
    "read_evidence",
    "runs_of_changes",
    "runs_of_facts",
]
