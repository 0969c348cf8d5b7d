"""A language pack → what it lacks, and which of its case sentences the shipped pipeline reads as they should be read."""

from kg.prove.cases import Case, Expected, Outcome, read_cases, read_known, run_cases
from kg.prove.lacks import find_lacks
from kg.prove.proof import MOST_KNOWN, Proof, prove

__all__ = [
    "MOST_KNOWN",
    "Case",
    "Expected",
    "Outcome",
    "Proof",
    "find_lacks",
    "prove",
    "read_cases",
    "read_known",
    "run_cases",
]
