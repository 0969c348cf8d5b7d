"""Triples of pyoxigraph → the same in rdflib, as if it had read them itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab

if TYPE_CHECKING:  # importing it takes a second, and few need it
    import rdflib


def convert(triples: Iterable[ox.Triple], names: Iterable[tuple[str, str]] = ()) -> "rdflib.Graph":
    """Return triples as an rdflib graph."""
    import rdflib

    result = rdflib.Graph()
    for prefix, namespace in names:
        result.bind(prefix, namespace)
    for triple in triples:
        result.add((_to_term(triple.subject), _to_term(triple.predicate), _to_term(triple.object)))
    return result


def _to_term(node: object) -> "rdflib.term.IdentifiedNode | rdflib.Literal":
    import rdflib

    if isinstance(node, ox.Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        plain = node.datatype.value == vocab.XSD + "string"
        return rdflib.Literal(node.value, datatype=None if plain else rdflib.URIRef(node.datatype.value))
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    assert isinstance(node, ox.NamedNode)
    return rdflib.URIRef(node.value)
