"""A graph → pairs of entities whose names are so near that they may be one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kg.decisions import Decisions
from kg.graph import KnowledgeGraph
from kg.labels import entity_labels
from kg.names import Names
from kg.names.find import words_of
from kg.names.letters import latin, sound
from kg.ontology import is_kind
from kg.review.case import Case, evidence_by_entity, make_case
from kg.values import Entity, Evidence

NEAR = 88
"""From this ratio on (0–100), two names of organisations or places in Latin letters may be one."""
SURNAMES, SOUNDS, FIRST_NAMES = 80, 85, 68
"""The same for surnames in Latin letters or as they sound, and for first names."""
SURNAME_ONLY = 0.4
"""How much less a name without a first name tells."""
LEAST = 5
"""Names shorter than this many letters are near to too much."""


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of an entity: its words in small Latin letters."""

    entity: Entity
    words: tuple[str, ...]


def find_pairs(graph: KnowledgeGraph, names: Names, decisions: Decisions) -> Iterator[Case]:
    """Yield a case for each pair of an entity that only articles name and one that is known or named elsewhere."""
    evidence = evidence_by_entity(graph)
    shipped = [entity for entity in names.entities.values() if _is_comparable(entity)]
    made = [e for e in graph.entities.values() if e.id not in names.entities and e.id in evidence and _is_comparable(e)]
    likely: dict[tuple[str, str], float] = {}
    for is_person in (True, False):
        one, all_ = ([e for e in es if (e.kind == "Person") == is_person] for es in (made, [*shipped, *made]))
        for entity, like, likeness in (_persons if is_person else _others)(one, all_):
            pair = _order(entity, like, names, evidence)
            likely[pair] = max(likely.get(pair, 0.0), likeness)
    known = {**names.entities, **graph.entities}
    for (kept, other), likeness in sorted(likely.items()):
        if frozenset((kept, other)) in decisions.apart or decisions.keeper(kept) == decisions.keeper(other):
            continue
        labels = [_label(known[each]) for each in (kept, other)]
        decision = ("same", {"entities": (kept, other)}, f"names alike: {', '.join(labels)}")
        weight = min(len(evidence[each]) for each in (kept, other) if each in evidence)
        question = f"one {known[other].kind}? {labels[0]} ({kept}) and {labels[1]} ({other}); if two, write different"
        yield make_case(graph, likeness * weight, question, evidence[other][0], decision)


def _order(one: Entity, other: Entity, names: Names, evidence: Mapping[str, list[Evidence]]) -> tuple[str, str]:
    """Return the pair with the one first that should stay: the known one, else that with the fuller name."""

    def rank(entity: Entity) -> tuple[bool, int, int, str]:
        words = max((len(text.split()) for _, text in entity.labels), default=0)
        return entity.id not in names.entities, -words, -len(evidence.get(entity.id, ())), entity.id

    first, second = sorted((one, other), key=rank)
    return first.id, second.id


def _is_comparable(entity: Entity) -> bool:
    is_named = not entity.anonymous and any(is_kind(entity.kind, kind) for kind in ("Actor", "Place", "Agreement"))
    return is_named and entity.kind != "Group"


def _label(entity: Entity) -> str:
    labels = entity_labels(entity)
    return labels.get("en") or next(iter(labels.values()))


def _names(entities: Iterable[Entity]) -> Iterator[_Name]:
    for entity in entities:
        for _, text in sorted(entity.labels | entity.aliases):
            words = tuple(word for each in words_of(text) if (word := latin(each).lower()))
            if words:
                yield _Name(entity, words)


def _persons(one: Iterable[Entity], other: Iterable[Entity]) -> Iterator[tuple[Entity, Entity, float]]:
    by_surname: dict[str, list[_Name]] = defaultdict(list)
    for name in _names(other):
        by_surname[name.words[-1]].append(name)
    sounds = {surname: sound(surname) for surname in by_surname}
    for name in _names(one):
        surname = name.words[-1]
        near = process.extract(surname, by_surname.keys(), scorer=fuzz.ratio, score_cutoff=SURNAMES, limit=None)
        alike = process.extract(sound(surname), sounds, scorer=fuzz.ratio, score_cutoff=SOUNDS, limit=None)
        for found in {text for text, _, _ in near} | {key for _, _, key in alike}:
            for candidate in by_surname[found]:
                likeness = _likeness(name.words, candidate.words)
                if candidate.entity.id != name.entity.id and likeness:
                    yield name.entity, candidate.entity, likeness


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how likely two names of people are one person's, by surname and first name."""
    surnames = fuzz.ratio(one[-1], other[-1])
    if surnames < FIRST_NAMES:
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return SURNAME_ONLY * surnames / 100
    initial = min(one[0], other[0], key=len)
    firsts = fuzz.ratio(one[0], other[0]) if len(initial) > 1 else 100.0 * (one[0][0] == other[0][0])
    if one[0][0] != other[0][0] or firsts < FIRST_NAMES:
        return 0.0
    return (surnames + firsts) / 200


def _others(one: Iterable[Entity], other: Iterable[Entity]) -> Iterator[tuple[Entity, Entity, float]]:
    by_text: dict[str, list[Entity]] = defaultdict(list)
    for name in _names(other):
        by_text[" ".join(name.words)].append(name.entity)
    for name in _names(one):
        text = " ".join(name.words)
        if len(text) < LEAST:
            continue
        near = process.extract(text, by_text.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=None)
        for found, ratio, _ in near:
            for entity in by_text[found]:
                if entity.id != name.entity.id and _is_place(entity) == _is_place(name.entity):
                    yield name.entity, entity, ratio / 100


def _is_place(entity: Entity) -> bool:
    return is_kind(entity.kind, "Place") and not is_kind(entity.kind, "Actor")
