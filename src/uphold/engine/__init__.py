"""The engine: facts and agreements in, verdicts with their reasons out."""

from uphold.engine.evaluate import Evaluation, evaluate
from uphold.engine.verdict import State, Verdict, Verdicts

__all__ = ["Evaluation", "State", "Verdict", "Verdicts", "evaluate"]
