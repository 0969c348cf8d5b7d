"""A statement's parts as a person names them → the sentences that say so, and how."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.labels import attribute, namer, quote, say
from kg.ontology import predicates
from kg.status import sort_key
from kg.values import Evidence, Statement

ANY = "_"
"""Stands for any subject, predicate or object."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence that says so."""

    statement: Statement
    evidence: Evidence
    said: str
    """What the statement says, in words."""
    told: str
    """Who says so, in words: ``denied by Iran``."""
    sentence: str
    """With the cue in brackets: ``Η Τεχεράνη αρνείται ότι [προμηθεύει] …``."""


def why(graph: KnowledgeGraph, subject: str, predicate: str, object_: str, *, lang: str = "en") -> Iterator[Reason]:
    """Yield the reasons for every statement with this subject, predicate and object, oldest article first.

    Entities are named by id, or by a label or alias in any language; a state stands also for those who act for it.
    """
    name = namer(graph, lang)
    subjects, objects = (_find(graph, wanted) for wanted in (subject, object_))
    for statement in graph.statements:
        if predicate not in (ANY, statement.predicate):
            continue
        straight = statement.subject in subjects and statement.object in objects
        if straight or (statement.object in subjects and statement.subject in objects and _is_symmetric(statement)):
            for evidence in sorted(statement.evidence, key=lambda each: (str(each.published or ""), sort_key(each))):
                sentence = _mark_cue(quote(graph.documents[evidence.document], evidence), evidence)
                yield Reason(
                    statement, evidence, say(statement, name, lang), attribute([evidence], name, lang), sentence
                )


def _find(graph: KnowledgeGraph, wanted: str) -> frozenset[str]:
    if wanted == ANY:
        return frozenset(graph.entities)
    folded = wanted.casefold()
    named = {
        entity.id
        for entity in graph.entities.values()
        if entity.id == wanted or folded in {text.casefold() for _, text in entity.labels | entity.aliases}
    }
    return frozenset(named | {person for person, actor in graph.acts_for.items() if actor in named})


def _is_symmetric(statement: Statement) -> bool:
    return predicates()[statement.predicate].symmetric


def _mark_cue(sentence: str, evidence: Evidence) -> str:
    start, end = (at - evidence.sentence[0] for at in evidence.cue)
    return " ".join(f"{sentence[:start]}[{sentence[start:end]}]{sentence[end:]}".split())
