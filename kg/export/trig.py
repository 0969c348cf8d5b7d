"""A graph → TriG, each article's evidence in a graph of its own."""

from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.rdf import prefixes, quads


def write_trig(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as TriG, the default graph first, then the articles in the order of their names."""
    ordered = sorted(quads(graph), key=lambda quad: "" if _is_default(quad) else quad.graph_name.value)
    path.write_bytes(ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=dict(prefixes(graph.base))) or b"")


def _is_default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)
