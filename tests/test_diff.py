from dataclasses import replace

from kg.diff import diff
from kg.graph import KnowledgeGraph
from kg.values import Polarity, Status


def without(graph: KnowledgeGraph, predicate: str, polarity: Polarity | None = None) -> KnowledgeGraph:
    """Return the graph without the evidence of a predicate, all of it or that of one polarity."""
    parts = {}
    for name, part in graph.parts.items():
        kept = set()
        for statement in part.statements:
            evidence = frozenset(
                each
                for each in statement.evidence
                if statement.predicate != predicate or (polarity is not None and each.polarity != polarity)
            )
            if evidence:
                kept.add(replace(statement, evidence=evidence))
        parts[name] = replace(part, statements=frozenset(kept))
    return KnowledgeGraph(parts, graph.base)


def test_a_graph_does_not_differ_from_itself(example: KnowledgeGraph) -> None:
    assert list(diff(example, example)) == []


def test_new_and_gone_statements_are_told(example: KnowledgeGraph) -> None:
    smaller = without(example, "accuses")
    (new,) = diff(smaller, example)
    assert (new.sign, new.statement.predicate, new.after) == ("+", "accuses", {Status.ASSERTED})
    (gone,) = diff(example, smaller)
    assert (gone.sign, gone.before, gone.after) == ("-", {Status.ASSERTED}, frozenset())


def test_a_denial_makes_a_statement_newly_disputed(example: KnowledgeGraph) -> None:
    (change,) = diff(without(example, "supplies", Polarity.NEGATIVE), example)
    assert (change.sign, change.before, change.after) == ("!", {Status.CLAIMED}, {Status.CLAIMED, Status.DENIED})
    (change,) = diff(example, without(example, "supplies", Polarity.NEGATIVE))
    assert change.sign == "~"
