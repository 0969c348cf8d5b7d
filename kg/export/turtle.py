"""A graph → Turtle, one block a subject, the same bytes for the same graph."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.rdf import prefixes, triples


def write_turtle(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as one self-contained Turtle file."""
    path.write_bytes(render_turtle(triples(graph), prefixes(graph.base)))


def render_turtle(triples: Iterable[ox.Triple], names: Sequence[tuple[str, str]]) -> bytes:
    """Return triples as Turtle in the order given; consecutive triples of one subject make one block.

    The serialiser writes line ends and tabs in literals as escapes, so every raw one is layout and can be changed.
    """
    return _lay_out(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(names)) or b"", names)


def _lay_out(turtle: bytes, names: Sequence[tuple[str, str]]) -> bytes:
    start = 0
    while turtle.startswith(b"@prefix", start):
        start = turtle.index(b"\n", start) + 1
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in names).encode()
    return head + b"\n" + turtle[start:].replace(b"\n\t", b"\n    ").replace(b" .\n", b" .\n\n").rstrip(b"\n") + b"\n"
