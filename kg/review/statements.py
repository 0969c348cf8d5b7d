"""A graph → statements that no evidence is sure of, between entities of which much is said."""

from collections import Counter
from collections.abc import Iterator
from math import log2

from kg.graph import KnowledgeGraph
from kg.labels import namer, say
from kg.review.case import Case, make_case
from kg.status import sort_key

WEAK = 5
"""Up to this confidence (in tenths), evidence is doubtful."""


def find_weak(graph: KnowledgeGraph) -> Iterator[Case]:
    """Yield a case for each statement whose best evidence is weak; more hangs on one whose ends have many others."""
    name = namer(graph, "en")
    degree = Counter(end for statement in graph.statements for end in (statement.subject, statement.object))
    for statement in graph.statements:
        best = max(statement.evidence, key=lambda item: (item.band, sort_key(item)))
        if best.band > WEAK:
            continue
        ends = degree[statement.subject] + degree[statement.object]
        said = say(statement, name, "en")
        decision = {"subject": statement.subject, "predicate": statement.predicate, "object": statement.object}
        question = f"read rightly? {said}; confidence {best.band / 10:.1f}, {ends} statements at its ends"
        value = (1 - best.band / 10) * log2(ends)
        yield make_case(graph, value, question, best, ("drop", decision, f"the sentence does not say: {said}"))
