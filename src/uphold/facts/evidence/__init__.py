"""Evidence: what sources saw of checks and components, kept as runs of equal looks."""

from uphold.facts.evidence.run import KINDS, SEEN, Measure, Run

__all__ = ["KINDS", "SEEN", "Measure", "Run"]
