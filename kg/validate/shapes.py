"""Triples → where they break the promises of ontologies/shapes.ttl."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import rdflib

from kg import vocab
from kg.ontology import find_ontology
from kg.terms import convert


def check_shapes(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield each broken promise with the thing that breaks it."""
    import pyshacl

    shapes = rdflib.Graph().parse(data=find_ontology("shapes.ttl").read_text(encoding="utf8"), format="turtle")
    _, results, _ = pyshacl.validate(convert(triples), shacl_graph=shapes)
    found = results.subjects(rdflib.RDF.type, rdflib.URIRef(vocab.SH + "ValidationResult"))
    yield from sorted({_tell(results, result) for result in found})


def _tell(results: rdflib.Graph, result: rdflib.term.Node) -> str:
    node, message, value = (
        results.value(result, rdflib.URIRef(vocab.SH + name)) for name in ("focusNode", "resultMessage", "value")
    )
    return f"<{node}>: {message}" + (f" ({value})" if value is not None and value != node else "")
