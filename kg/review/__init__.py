"""A graph → the doubtful cases in it, the most valuable first, each with the decision that would settle it.

The value of a case is how doubtful it is (0–1) times how much of the graph hangs on it: a rough measure, for the order.
"""

from collections.abc import Iterator

from kg.decisions import Decisions
from kg.graph import KnowledgeGraph
from kg.names import Names
from kg.review.case import Case, render_case
from kg.review.namesakes import find_namesakes
from kg.review.pairs import find_pairs
from kg.review.statements import find_weak

__all__ = ["Case", "render_case", "review"]

NO_DECISIONS = Decisions()


def review(graph: KnowledgeGraph, names: Names, decisions: Decisions = NO_DECISIONS) -> Iterator[Case]:
    """Yield what a person should look at, and decisions do not settle yet; ``names`` are those it was built with."""
    cases = [*find_pairs(graph, names, decisions), *find_namesakes(graph, names, decisions), *find_weak(graph)]
    yield from sorted(cases, key=lambda case: (-case.value, case.kind, str(case.values)))
