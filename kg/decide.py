"""Resolved claims → the same claims as people decided: joined, told apart, dropped, named.

Decisions are applied each time a graph is made, to what resolution found; neither what was read nor what was resolved
is kept with them, so that a decision changed or taken back leaves no trace.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.decisions import Decisions, Drop, Misreading
from kg.errors import InputError
from kg.merge import head
from kg.names import Names
from kg.names.find import words_of
from kg.names.letters import fold, latin
from kg.ontology import is_kind, predicates
from kg.values import Attribution, Document, Entity, Mention, ResolvedClaim, Step

OPTIONAL = ("recipient", "theme", "of", "place")


class Decider:
    """Applies decisions document by document, and remembers which of the things they name it has met."""

    def __init__(self, decisions: Decisions, names: Names) -> None:
        self.decisions, self.names = decisions, names
        self._gone = {drop.entity for drop in decisions.drops if drop.is_whole}
        self._entities: set[str] = set()
        self._documents: set[str] = set()

    def decide(self, document: Document, claims: Iterable[ResolvedClaim]) -> tuple[ResolvedClaim, ...]:
        """Return the claims of a document that stand, about the entities that are meant."""
        if self.decisions == Decisions():
            return tuple(claims)
        self._documents.add(document.id)
        decided = (self._decide_claim(document, claim) for claim in claims)
        return tuple(claim for claim in decided if claim is not None)

    def entity(self, entity_id: str) -> Entity | None:
        """Return a shipped entity under the name that was decided on, or None for an id that is none."""
        found = self.names.entity(self.decisions.keeper(entity_id))
        return self._dress(found) if found else None

    def lapsed(self) -> Iterator[InputError]:
        """Yield an error for each entity and article that an entry names and nothing knows, in the order of ids."""
        known = self._entities | self.names.entities.keys() | {each.becomes for each in self.decisions.misreadings}
        for name, where in sorted(self.decisions.entities.items()):
            if name not in known:
                yield InputError(f"{where}: there is no {name}, neither in the articles nor among the names known")
        for name, where in sorted(self.decisions.documents.items()):
            if name not in self._documents:
                yield InputError(f"{where}: there is no article {name}")

    def _decide_claim(self, document: Document, resolved: ResolvedClaim) -> ResolvedClaim | None:
        claim = resolved.claim
        decided = {
            role: self._decide_entity(document, getattr(claim, role), entity)
            for role in ("subject", "object", *OPTIONAL)
            if (entity := getattr(resolved, role)) is not None
        }
        sources = tuple(map(self._decide_entity, [document] * len(claim.sources), claim.sources, resolved.sources))
        changed = replace(resolved, **decided, sources=sources)  # type: ignore[arg-type]
        if not _holds(resolved, changed):
            return None
        changed = replace(changed, steps=tuple(_steps(resolved, changed)))
        for drop in self.decisions.drops:
            if drop.document in ("", document.id) and _is_in(drop.quote, _sentence(document, changed)):
                kept = self._without(changed, drop)
                if kept is None:
                    return None
                changed = kept
        return changed

    def _decide_entity(self, document: Document, mention: Mention, entity: Entity) -> Entity:
        self._entities |= {entity.id, entity.acts_for, entity.broader}
        for misreading in self.decisions.misreadings:
            if misreading.entity == entity.id and _is_written(misreading, document, mention):
                entity = self._other(misreading, document, mention, entity)
                break
        keeper = self.decisions.keeper(entity.id)
        if keeper != entity.id:
            shipped = self.names.on(keeper, document.published)
            names = entity.labels | entity.aliases
            entity = (
                replace(shipped, aliases=shipped.aliases | (names - shipped.labels))
                if shipped
                else replace(entity, id=keeper)
            )
        return self._dress(entity)

    def _other(self, misreading: Misreading, document: Document, mention: Mention, entity: Entity) -> Entity:
        known = self.names.on(misreading.becomes, document.published)
        if known is not None:
            return known
        text = next((name for name in misreading.names if _contains(mention.text, name)), mention.text)
        return Entity(misreading.becomes, entity.kind, latin(text), frozenset({(document.lang, text)}))

    def _dress(self, entity: Entity) -> Entity:
        """Give an entity the labels decided on, and lead what it refers to to what stands for that."""
        links = {"acts_for": entity.acts_for, "broader": entity.broader}
        kept = {link: self.decisions.keeper(to) for link, to in links.items()}
        kept = {link: "" if to in self._gone or to == entity.id else to for link, to in kept.items()}
        if kept != links:
            entity = replace(entity, **kept)  # type: ignore[arg-type]
        given = self.decisions.labels.get(entity.id)
        if not given:
            return entity
        others = frozenset((lang, text) for lang, text in entity.labels if lang in given)
        labels = frozenset(given.items())
        return replace(entity, labels=entity.labels - others | labels, aliases=(entity.aliases | others) - labels)

    def _without(self, resolved: ResolvedClaim, drop: Drop) -> ResolvedClaim | None:
        """Return a claim without what is dropped, or None where nothing stays of it."""
        subject, object_ = resolved.subject.id, resolved.object.id
        if drop.predicate:
            keeper = self.decisions.keeper
            general = head(resolved.object, {object_: resolved.object}, self.entity)
            wanted = (keeper(drop.subject), keeper(drop.object))
            ways = {(subject, object_), (subject, general)}
            if predicates()[drop.predicate].symmetric:
                ways |= {way[::-1] for way in ways}
            return None if drop.predicate == resolved.claim.predicate and wanted in ways else resolved
        gone = self.decisions.keeper(drop.entity)
        if gone in (subject, object_):
            return None
        roles = [role for role in OPTIONAL if (entity := getattr(resolved, role)) and entity.id == gone]
        pairs = list(zip(resolved.claim.sources, resolved.sources, strict=True))
        kept = [pair for pair in pairs if pair[1].id != gone]
        if not roles and len(kept) == len(pairs):
            return resolved
        unnamed = pairs and not kept and resolved.claim.attribution == Attribution.NAMED
        stays = iter([pair in kept for pair in pairs])
        steps = tuple(
            (role, step) for role, step in resolved.steps if (next(stays) if role == "source" else role not in roles)
        )
        blank: dict[str, None] = dict.fromkeys(roles)
        claim = replace(
            resolved.claim,
            **blank,  # type: ignore[arg-type]
            sources=tuple(mention for mention, _ in kept),
            attribution=Attribution.UNNAMED if unnamed else resolved.claim.attribution,
        )
        sources = tuple(entity for _, entity in kept)
        return replace(resolved, claim=claim, **blank, sources=sources, steps=steps)  # type: ignore[arg-type]


def _steps(before: ResolvedClaim, after: ResolvedClaim) -> Iterator[tuple[str, Step]]:
    """Yield how each name was found: by a decision where it leads to another entity now."""
    sources = zip(before.sources, after.sources, strict=True)
    for role, step in before.steps:
        old, new = next(sources) if role == "source" else (getattr(before, role), getattr(after, role))
        yield role, step if old.id == new.id else Step.DECISION


def _holds(before: ResolvedClaim, after: ResolvedClaim) -> bool:
    """Say whether a claim still is about two entities, and its predicate takes those that others stand for now."""
    predicate = predicates()[after.claim.predicate]
    sides = (
        (before.subject, after.subject, predicate.subject_kinds),
        (before.object, after.object, predicate.object_kinds),
    )
    fit = all(old.id == new.id or any(is_kind(new.kind, kind) for kind in kinds) for old, new, kinds in sides)
    return fit and after.subject.id != after.object.id


def _is_written(misreading: Misreading, document: Document, mention: Mention) -> bool:
    if misreading.document not in ("", document.id):
        return False
    return not misreading.names or any(_contains(mention.text, name) for name in misreading.names)


def _contains(text: str, name: str) -> bool:
    """Say whether the words of a name stand together in a text, in whatever case and with or without accents."""
    words, wanted = (f" {' '.join(map(fold, words_of(each)))} " for each in (text, name))
    return wanted in words


def _sentence(document: Document, resolved: ResolvedClaim) -> str:
    start, end = resolved.claim.sentence
    return document.text[start:end]


def _is_in(quote: str, sentence: str) -> bool:
    return " ".join(quote.split()) in " ".join(sentence.split())
