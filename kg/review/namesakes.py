"""A graph → mentions that were led to a known entity, and could as well mean another of the same name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from kg.decisions import Decisions
from kg.graph import KnowledgeGraph
from kg.names import Names
from kg.names.find import words_of
from kg.names.letters import fold, slug, sound
from kg.names.names import Pack
from kg.review.case import Case, Values, make_case
from kg.status import sort_key
from kg.values import Evidence

SHARED, SOUNDS = 0.3, 0.2
"""How doubtful a mention is whose form several share, and one that only sounds like a known name."""
ALIKE = 85

Mentions = Mapping[tuple[str, str, str], list[Evidence]]
"""Entity, article and the mention's words → the evidence there."""


def find_namesakes(graph: KnowledgeGraph, names: Names, decisions: Decisions) -> Iterator[Case]:
    """Yield a case for each name in an article that was taken for one of several bearers, or by its sound alone.

    That it was taken rightly says a decision that it is not the other: ``different`` with the two changed round.
    """
    mentions = _mentions(graph, names)
    in_full = {(entity, document) for entity, document, text in mentions if len(_bearing(names, entity, text)) > 1}
    shared = {lang: pack.forms.ambiguous() for lang, pack in names.packs.items()}
    settled = {(each.becomes, name) for each in decisions.misreadings for name in map(fold, each.names)}
    for (entity, document, text), evidence in sorted(mentions.items()):
        if (entity, document) in in_full and names.entities[entity].kind == "Person":
            continue
        pack = names.pack(graph.documents[document].lang)
        form, others = _rivals(pack, shared[pack.lang], entity, text)
        if (entity, fold(form or text)) in settled or not (others or _is_by_sound(names, entity, text)):
            continue
        form, other = (form, others[0]) if others else (text, slug(text))
        meant = f"{entity}, and not {' or '.join(others)}" if others else f"{entity}, as it sounds"
        values: Values = {"entity": entity, "is": other, "names": (form,), "document": document}
        decision = ("different", values, f"{form} is {other} in this article")
        value = (SHARED if others else SOUNDS) * len(evidence)
        yield make_case(graph, value, f"is {form} {meant}? if not:", min(evidence, key=sort_key), decision)


def _mentions(graph: KnowledgeGraph, names: Names) -> Mentions:
    found: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for statement in graph.statements:
        for item in statement.evidence:
            text = graph.documents[item.document].text
            for entity, span in ((statement.subject, item.subject_at), (statement.object, item.object_at)):
                if entity in names.entities:
                    found[entity, item.document, " ".join(words_of(text[slice(*span)]))].append(item)
    return found


def _bearing(names: Names, entity: str, text: str) -> set[str]:
    """Return the words of a mention that are words of the entity's names."""
    known = names.entities[entity]
    own = {word for _, name in known.labels | known.aliases for word in words_of(name)}
    return own & set(text.split())


def _rivals(pack: Pack, shared: Mapping[str, tuple[str, ...]], entity: str, text: str) -> tuple[str, list[str]]:
    """Return the form in a mention that others share with the entity, and those others."""
    words = text.split()
    forms = [" ".join(words[start:end]) for start in range(len(words)) for end in range(len(words), start, -1)]
    bearers = {form: shared[form] for form in forms if form in shared}
    bearers |= {word: tuple(pack.surnames[word]) for word in words if word in pack.surnames and word not in bearers}
    for form, found in bearers.items():
        if entity in found and len(found) > 1:
            return form, [each for each in found if each != entity]
    return "", []


def _is_by_sound(names: Names, entity: str, text: str) -> bool:
    """Say whether a mention names a person in a spelling that no table has."""
    known = names.entities[entity]
    if known.kind != "Person":
        return False
    words = text.split()
    if any(entity in pack.surnames.get(word, ()) for pack in names.packs.values() for word in words):
        return False
    surnames = {sound(name.split()[-1]) for _, name in known.labels | known.aliases}
    return any(word[:1].isupper() and fuzz.ratio(sound(word), own) >= ALIKE for word in words for own in surnames)
