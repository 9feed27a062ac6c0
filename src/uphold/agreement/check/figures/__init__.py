"""The figures of a text with their units, in the five languages that agreements are written in."""

from uphold.agreement.check.figures.figure import Figure, Reading, holds
from uphold.agreement.check.figures.lexicon import Lexicon, lexicon
from uphold.agreement.check.figures.reading import read_figures, scan_figures

__all__ = ["Figure", "Lexicon", "Reading", "holds", "lexicon", "read_figures", "scan_figures"]
