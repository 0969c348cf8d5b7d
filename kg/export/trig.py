"""A graph → TriG, each article's evidence in a graph of its own."""

from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.rdf import prefixes, quads


def write_trig(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as TriG, the default graph first, then the articles in the order of their names."""
    ordered = sorted(quads(graph), key=graph_name)
    path.write_bytes(ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=dict(prefixes(graph.base))) or b"")


def graph_name(quad: ox.Quad) -> str:
    """Return the name of the graph that a quad lies in, or nothing for the default graph."""
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
