"""Facts: what happened, when it happened, and when we learned of it.

`read_facts` reads JSON Lines, `FactSet` settles identity, order and corrections, `scan` is the
lean way through millions of lines.
"""

from uphold.facts.canonical import canonical_json, digest
from uphold.facts.checking import FactError, make_fact, read_fact
from uphold.facts.fact import Fact, fact_order
from uphold.facts.factset import FactSet
from uphold.facts.problems import Place, Problem
from uphold.facts.reading import Reading, read_facts
from uphold.facts.scanning import Row, fact_of, scan
from uphold.facts.table import BY_NAME, FACT_TYPES, ORDER, THINGS
from uphold.facts.types import FactType, Field, Kind
from uphold.facts.writing import fact_line, write_facts

__all__ = [
    "BY_NAME",
    "FACT_TYPES",
    "ORDER",
    "THINGS",
    "Fact",
    "FactError",
    "FactSet",
    "FactType",
    "Field",
    "Kind",
    "Place",
    "Problem",
    "Reading",
    "Row",
    "canonical_json",
    "digest",
    "fact_line",
    "fact_of",
    "fact_order",
    "make_fact",
    "read_fact",
    "read_facts",
    "scan",
    "write_facts",
]
