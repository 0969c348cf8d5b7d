"""A graph → networkx: entities as nodes, statements as edges, attributes that every format can hold."""

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.labels import entity_labels, namer, say
from kg.ontology import languages, predicates
from kg.rdf import clean
from kg.status import ORDER, has_edge, is_asserted, is_disputed, occurrences, statuses
from kg.values import Entity, Statement

Attributes = dict[str, str | int | bool]


def to_networkx(graph: KnowledgeGraph) -> "nx.MultiDiGraph[str]":
    """Return every statement as an edge whose key is its id, also those that are only denied: see its statuses."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities.values():
        network.add_node(entity.id, **_node(entity))
    namers = {lang: namer(graph, lang) for lang in languages()}
    for statement in graph.statements:
        texts = {f"text_{lang}": clean(say(statement, name, lang)) for lang, name in namers.items()}
        network.add_edge(statement.subject, statement.object, statement.id, **_edge(graph, statement), **texts)
    return network


def _node(entity: Entity) -> Attributes:
    labels = entity_labels(entity)
    found: Attributes = {f"label_{lang}": clean(labels[lang]) for lang in languages() if lang in labels}
    outside: Attributes = {scheme: clean(value) for scheme, value in sorted(entity.identifiers)}
    label = clean(labels.get("en") or next(iter(labels.values())))
    own: Attributes = {
        "label": label,
        "kind": entity.kind,
        "acts_for": entity.acts_for,
        "broader": entity.broader,
        "anonymous": entity.anonymous,
    }
    return own | found | outside


def _edge(graph: KnowledgeGraph, statement: Statement) -> Attributes:
    predicate = predicates()[statement.predicate]
    told = statuses(statement)
    times = sorted({group.time for group in occurrences(statement) if group.time})
    return {
        "label": predicate.labels["en"],
        "predicate": predicate.name,
        "plover": predicate.plover_event,
        "balance": predicate.balance,
        "symmetric": predicate.symmetric,
        "recipient": statement.recipient,
        "of": statement.of,
        "statuses": ", ".join(status for status in ORDER if status in told),
        "disputed": is_disputed(statement),
        "affirmed": has_edge(statement, graph.acts_for),
        "asserted": is_asserted(statement),
        "times": ", ".join(times),
        "sentences": len({(evidence.document, evidence.sentence) for evidence in statement.evidence}),
        "articles": len({evidence.document for evidence in statement.evidence}),
        "independent_articles": graph.independent(statement.evidence),
        "sources": ", ".join(sorted({source for evidence in statement.evidence for source in evidence.sources})),
    }
