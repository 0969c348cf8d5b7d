"""A graph → N-Quads, each article's evidence in a graph of its own."""

from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.rdf import quads


def write_nquads(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as N-Quads, a line a statement of RDF, sorted."""
    lines = (ox.serialize(quads(graph), format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    path.write_bytes(b"".join(sorted(lines)))
