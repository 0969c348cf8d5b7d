"""A graph → Turtle of RDF 1.2: edges are annotated as triples, not by OWL axioms. Protégé does not read it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg import vocab
from kg.export.turtle import render_turtle
from kg.graph import KnowledgeGraph
from kg.rdf import prefixes, triples

_EDGE = tuple(vocab.OWL + name for name in ("annotatedSource", "annotatedProperty", "annotatedTarget"))


def write_turtle12(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph whose edges say in RDF 1.2's own way which statements they stand for."""
    path.write_bytes(render_turtle(reify(triples(graph)), prefixes(graph.base)))


def reify(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Put ``rdf:reifies <<( edge )>>`` in the place of each OWL axiom."""
    for subject, rows in groupby(triples, key=lambda triple: triple.subject):
        if not isinstance(subject, ox.BlankNode):
            yield from rows
            continue
        values = [(row.predicate.value, row) for row in rows]
        source, predicate, target = (next(row.object for name, row in values if name == part) for part in _EDGE)
        assert isinstance(source, ox.NamedNode)
        assert isinstance(predicate, ox.NamedNode)
        yield ox.Triple(subject, ox.NamedNode(vocab.RDF + "reifies"), ox.Triple(source, predicate, target))
        yield from (row for name, row in values if name not in (*_EDGE, vocab.RDF_TYPE))
