"""A graph → RDF/XML, for programs that read nothing newer."""

from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.rdf import prefixes, triples


def write_rdfxml(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as RDF/XML; a carriage return inside a text is written as a reference, or readers would drop it."""
    xml = ox.serialize(triples(graph), format=ox.RdfFormat.RDF_XML, prefixes=dict(prefixes(graph.base))) or b""
    path.write_bytes(xml.replace(b"\r", b"&#13;"))
