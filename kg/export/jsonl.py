"""A graph → JSON lines, one statement a line, with its occurrences and their evidence."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.labels import entity_labels, quote
from kg.ontology import predicates
from kg.packs import trial_languages
from kg.rdf import clean
from kg.status import ORDER, Occurrence, has_edge, is_asserted, occurrences, statuses
from kg.values import Document, Evidence, Span, Statement

Line = dict[str, object]


def write_jsonl(graph: KnowledgeGraph, path: Path) -> None:
    """Write the statements of a graph, in the order of what they say."""
    with path.open("w", encoding="utf8", newline="\n") as file:
        file.writelines(f"{clean(json.dumps(line, ensure_ascii=False))}\n" for line in lines(graph))


def lines(graph: KnowledgeGraph) -> Iterator[Line]:
    """Yield one statement after the other as plain values."""
    return (_statement(graph, statement) for statement in graph.statements)


def _statement(graph: KnowledgeGraph, statement: Statement) -> Line:
    groups = occurrences(statement)
    told = statuses(statement)
    return {
        "id": statement.id,
        "subject": _entity(graph, statement.subject),
        "predicate": statement.predicate,
        "object": _entity(graph, statement.object),
        "recipient": _entity(graph, statement.recipient),
        "of": _entity(graph, statement.of),
        "type": predicates()[statement.predicate].plover_event,
        "statuses": [status for status in ORDER if status in told],
        "disputed": any(group.is_disputed for group in groups),
        "edge": has_edge(statement, graph.acts_for),
        "asserted": is_asserted(statement),
        "articles": len({item.document for item in statement.evidence}),
        "independent_articles": graph.independent(statement.evidence),
        "occurrences": [_occurrence(graph, group) for group in groups],
    }


def _entity(graph: KnowledgeGraph, name: str) -> Mapping[str, object] | None:
    if not name:
        return None
    entity = graph.entities[name]
    return {"id": name, "kind": entity.kind, "key": entity.key, "labels": entity_labels(entity)}


def _occurrence(graph: KnowledgeGraph, occurrence: Occurrence) -> Line:
    return {
        "time": occurrence.time,
        "statuses": [status for status in ORDER if status in occurrence.statuses],
        "disputed": occurrence.is_disputed,
        "evidence": [_evidence(graph, item) for item in occurrence.evidence],
    }


def _evidence(graph: KnowledgeGraph, evidence: Evidence) -> Line:
    document = graph.documents[evidence.document]
    return {
        "document": document.id,
        "copy_of": graph.copies.get(document.id, ""),
        "title": document.title,
        "url": document.url,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else "",
        "lang": document.lang,
        "experimental": document.lang in trial_languages(),
        "quote": quote(document, evidence),
        "sentence": evidence.sentence,
        "cue": _mention(document, evidence.cue),
        "subject": _mention(document, evidence.subject_at),
        "object": _mention(document, evidence.object_at),
        "polarity": evidence.polarity,
        "modality": evidence.modality,
        "attribution": evidence.attribution,
        "sources": evidence.sources,
        "exact_object": evidence.exact_object,
        "theme": evidence.theme,
        "place": evidence.place,
        "time": evidence.time,
        "resolution": [{"role": role, "step": step, "sure": step.is_sure} for role, step in evidence.steps],
        "confidence": evidence.band / 10,
        "extractor": evidence.extractor,
        "model": evidence.model,
    }


def _mention(document: Document, span: Span) -> Line:
    return {"text": document.text[slice(*span)], "start": span[0], "end": span[1]}
