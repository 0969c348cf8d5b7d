"""Resolved claims of many documents → one knowledge graph; any order, split or repetition gives the same."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, reduce
from importlib.metadata import version
from operator import or_

from kg import vocab
from kg.errors import OntologyError
from kg.graph import KnowledgeGraph, Maker, Part, Said
from kg.ontology import is_kind, kinds, predicates, umbrellas
from kg.values import Document, Entity, Evidence, ResolvedClaim, Statement, Steps

Known = Callable[[str], Entity | None]
"""Finds an entity by id among the shipped names."""

_TURNED = {"subject": "object", "object": "subject"}
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_-]+")


def merge(
    parts: Iterable[tuple[Document, Iterable[ResolvedClaim]]],
    *,
    model: str,
    data: str = "",
    known: Known = lambda _: None,
    base: str = vocab.BASE,
) -> KnowledgeGraph:
    """Make one graph of the claims of many documents.

    ``model`` and ``data`` are the hashes of what read them; ``known`` finds the entities that claims only refer to:
    the state a person acts for, the more general kind of a thing.
    """
    maker = Maker(_version(), model, data)
    graphs: dict[str, Part] = {}
    for document, claims in parts:
        part = _read_part(document, claims, maker, known)
        graphs[document.id] = graphs[document.id] | part if document.id in graphs else part
    return KnowledgeGraph(dict(sorted(graphs.items())), base)


def merge_graphs(graphs: Iterable[KnowledgeGraph]) -> KnowledgeGraph:
    """Make one graph of many."""
    return reduce(or_, graphs, KnowledgeGraph())


def head(entity: Entity, named: dict[str, Entity], known: Known) -> str:
    """Return the kind of thing that an accusation and its denial are both about: the most general but umbrellas."""
    if not is_kind(entity.kind, "Thing"):
        return entity.id
    narrow = Entity(entity.id, entity.kind, entity.key, broader=entity.broader)
    line = [each.id for each in _with_referred([narrow], named, known)]
    return next((each for each in reversed(line) if each not in umbrellas()), entity.id)


@cache
def _version() -> str:
    return version("kg")


def _read_part(document: Document, claims: Iterable[ResolvedClaim], maker: Maker, known: Known) -> Part:
    entities: dict[int, Entity] = {}  # by identity: hashing a state with all its names for each claim takes long
    evidence: dict[Said, set[Evidence]] = defaultdict(set)
    for claim in claims:
        named = {entity.id: entity for entity in _mentioned(claim)}
        for entity in _with_referred(named.values(), named, known):
            if id(entity) not in entities:
                entities[id(entity)] = _check(entity)
        what, item = _state(document, claim, named, maker, known)
        evidence[what].add(item)
    statements = frozenset(Statement(*what, frozenset(items)) for what, items in evidence.items())
    return Part(document, frozenset(entities.values()), statements, frozenset({maker}))


def _mentioned(claim: ResolvedClaim) -> Iterator[Entity]:
    roles = (claim.subject, claim.object, claim.recipient, claim.theme, claim.of, claim.place, *claim.sources)
    return (entity for entity in roles if entity is not None)


def _with_referred(entities: Iterable[Entity], named: dict[str, Entity], known: Known) -> Iterator[Entity]:
    """Yield the entities, and after each the ones that it refers to, up to the most general."""
    for entity in entities:
        yield entity
        if not (entity.acts_for or entity.broader):
            continue
        for link, kind in ((entity.acts_for, "Actor"), (entity.broader, entity.kind)):
            seen = {entity.id}
            while link and link not in seen:
                seen.add(link)
                referred = named.get(link) or known(link) or Entity(link, kind, link)
                yield referred
                link = referred.broader if kind == entity.kind else ""  # noqa: PLW2901


def _check(entity: Entity) -> Entity:
    if not _LOCAL_NAME.fullmatch(entity.id):
        raise OntologyError(f"{entity.id!r} cannot be an entity's id: it may only hold A-Z a-z 0-9 _ -")
    if entity.kind not in kinds():
        raise OntologyError(f"{entity.id}: {entity.kind!r} is no kind of thing in ir.ttl")
    return entity


def _state(
    document: Document, resolved: ResolvedClaim, named: dict[str, Entity], maker: Maker, known: Known
) -> tuple[Said, Evidence]:
    claim = resolved.claim
    if claim.predicate not in predicates():
        raise OntologyError(f"{claim.predicate!r} is no predicate of ir.ttl")
    subject, object_ = resolved.subject.id, head(resolved.object, named, known)
    subject_at, object_at = (claim.subject.start, claim.subject.end), (claim.object.start, claim.object.end)
    turned = predicates()[claim.predicate].symmetric and object_ < subject
    if turned:
        subject, object_, subject_at, object_at = object_, subject, object_at, subject_at
    evidence = Evidence(
        document=document.id,
        sentence=claim.sentence,
        subject_at=subject_at,
        object_at=object_at,
        cue=(claim.cue.start, claim.cue.end),
        polarity=claim.polarity,
        modality=claim.modality,
        attribution=claim.attribution,
        sources=tuple(sorted({source.id for source in resolved.sources})),
        exact_object=resolved.object.id if resolved.object.id not in (subject, object_) else "",
        theme=_id(resolved.theme),
        place=_id(resolved.place),
        time=claim.time,
        extractor=claim.extractor,
        model=maker.model,
        band=min(10, max(0, int(claim.confidence * 10 + 0.5))),
        published=document.published,
        steps=_steps(resolved, turned=turned),
    )
    return (subject, claim.predicate, object_, _id(resolved.recipient), _id(resolved.of)), evidence


def _steps(resolved: ResolvedClaim, *, turned: bool) -> Steps:
    """Return how each name was found; the two sides of a symmetric claim may change places."""
    steps = [(_TURNED.get(role, role), step) for role, step in resolved.steps] if turned else resolved.steps
    return _share(tuple(sorted(set(steps))))


@lru_cache(10_000)
def _share(steps: Steps) -> Steps:
    """Return the first of equal tuples: a million claims have a few hundred different ones."""
    return steps


def _id(entity: Entity | None) -> str:
    return entity.id if entity else ""
