"""A graph → JSON-LD with short names, one object a subject, articles' evidence as named graphs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg import vocab
from kg.export.trig import graph_name
from kg.graph import KnowledgeGraph
from kg.ontology import triples as ontology_triples
from kg.rdf import prefixes, quads

Json = dict[str, object]


def write_jsonld(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as JSON-LD; the context says which values are things, so that they stand as plain short names."""
    names = prefixes(graph.base)
    links = _links()
    context: Json = dict(names)
    context |= {_shorten(iri, names): {"@type": "@id"} for iri in links}
    by_graph: dict[str, list[ox.Quad]] = {"": []}
    for quad in quads(graph):
        by_graph.setdefault(graph_name(quad), []).append(quad)
    objects = list(_objects(by_graph.pop(""), names, links))
    for name, inside in sorted(by_graph.items()):
        objects.append({"@id": _shorten(name, names), "@graph": list(_objects(inside, names, links))})
    text = json.dumps({"@context": context, "@graph": objects}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf8", newline="\n")


def _links() -> frozenset[str]:
    """Return the properties whose values are always things."""
    return frozenset(
        triple.subject.value
        for triple in ontology_triples()
        if isinstance(triple.subject, ox.NamedNode) and triple.object == ox.NamedNode(vocab.OWL_OBJECT_PROPERTY)
    )


def _objects(quads: Iterable[ox.Quad], names: list[tuple[str, str]], links: frozenset[str]) -> Iterator[Json]:
    for subject, rows in groupby(quads, key=lambda quad: quad.subject):
        entry: dict[str, list[object]] = {}
        for row in rows:
            if row.predicate.value == vocab.RDF_TYPE:
                entry.setdefault("@type", []).append(_node(row.object, names))
            else:
                key = _shorten(row.predicate.value, names)
                entry.setdefault(key, []).append(_value(row.object, names, is_link=row.predicate.value in links))
        yield {"@id": _node(subject, names)} | {key: _single(values) for key, values in entry.items()}


def _single(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values


def _value(value: object, names: list[tuple[str, str]], *, is_link: bool) -> object:
    if not isinstance(value, ox.Literal):
        return _node(value, names) if is_link else {"@id": _node(value, names)}
    if value.language:
        return {"@language": value.language, "@value": value.value}
    datatype = value.datatype.value
    typed: Mapping[str, object] = {"@type": _shorten(datatype, names), "@value": value.value}
    return value.value if datatype == vocab.XSD + "string" else typed


def _node(node: object, names: list[tuple[str, str]]) -> str:
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    assert isinstance(node, ox.NamedNode)
    return _shorten(node.value, names)


def _shorten(iri: str, names: list[tuple[str, str]]) -> str:
    for prefix, namespace in names:
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local:
            return f"{prefix}:{local}"
    return iri
