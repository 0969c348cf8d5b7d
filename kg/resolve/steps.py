"""A mention in its role → an entity, by the first step that knows; each answer says which step gave it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.names.find import NameHit
from kg.names.letters import latin, slug
from kg.ontology import is_kind, predicates
from kg.resolve.mention import Part, Parts
from kg.resolve.page import Page, roles_in
from kg.resolve.people import document_scope
from kg.resolve.view import state_in_view
from kg.values import Claim, Entity, Mention, Step

COUNTERPART = "counterpart-role"
LOOK_BACK = 400
"""How many characters before a counterpart the office that is meant may stand."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention refers to, and how that was found."""

    mention: Mention
    role: str
    entity: Entity
    step: Step

    @property
    def certain(self) -> bool:
        """Whether the kind of the entity is known and not merely taken from the role."""
        return self.step not in (Step.PROVISIONAL, Step.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mention stands: the role, the kinds that the role takes, and whether it is ground that is meant."""

    claim: Claim
    role: str
    kinds: tuple[str, ...]

    def takes(self, kind: str) -> bool:
        """Say whether the role takes an entity of a kind."""
        return any(is_kind(kind, taken) for taken in self.kinds)

    @property
    def is_ground(self) -> bool:
        """Whether a capital is meant as a place here."""
        return "Place" in self.kinds and (self.role == "place" or self.claim.predicate != "visits")


Finding = tuple[Entity, Step]
Finder = Callable[[Parts, Slot], Finding | None]


def slot_of(claim: Claim, role: str) -> Slot:
    """Return what a role of a claim takes."""
    predicate = predicates()[claim.predicate]
    kinds = {
        "subject": predicate.subject_kinds,
        "object": predicate.object_kinds,
        "theme": ("Thing",),
        "place": ("Place",),
    }
    return Slot(claim, role, kinds.get(role, ("Actor",)))


def find_entity(parts: Parts, slot: Slot) -> Finding:
    """Ask the steps in turn; the last one always answers."""
    for finder in _finders(slot):
        found = finder(parts, slot)
        if found is not None:
            return found
    return _provisional(parts, slot)


def _finders(slot: Slot) -> tuple[Finder, ...]:
    if slot.kinds == ("Role",):
        return (_role,)
    if slot.kinds == ("Thing",):
        return (_thing, _whole_name, _group)
    if slot.kinds == ("Place",):
        return (_whole_name, _place, _thing)
    return (_compound, _person, _office, _whole_name, _named_group, _reference, _group, _thing, _organ)


def _compound(parts: Parts, slot: Slot) -> Finding | None:
    """Take of two names in one word the one that the other side of the claim is not."""
    for hit in parts.hits:
        if len(hit.entity_ids) > 1:
            first, second = hit.entity_ids[:2]
            claim = slot.claim
            taken = _actors_in(parts.page, claim.object if slot.role == "subject" else claim.subject)
            if claim.subject == claim.object:
                taken = [first] if slot.role == "object" else []
            chosen = second if first in taken else first
            return parts.page.names.entities[chosen], Step.COMPOUND
    return None


def _person(parts: Parts, slot: Slot) -> Finding | None:
    """Take the person whom the mention names, or the state of the one whose government or army it is."""
    span = parts.person
    if span is None or not slot.takes("Person"):
        return None
    people = parts.page.people
    before = [word for word in parts.other_words if word.end <= span.start]
    organ, role = _first_of(parts, "organs"), _first_of(parts, "roles")
    if role is None and (organ is not None or (before and _is_genitive(parts, span.start))):
        if span.person.acts_for:
            return parts.page.names.entities[span.person.acts_for], Step.GROUP
        return (people.entity(span.person), span.step) if organ is not None else None
    return people.entity(span.person), span.step


def _is_genitive(parts: Parts, start: int) -> bool:
    """Say whether an article stands right before a name inside the mention (``δυνάμεις του Χάφταρ``)."""
    before = parts.page.tokens_in(parts.mention.start, start)
    return len(before) > 1 and parts.page.pack.grammar.is_a(before[-1].word, "article")


def _office(parts: Parts, slot: Slot) -> Finding | None:
    """Take the person who holds the office in this document, else the state or organisation it is held in."""
    role = _first_of(parts, "roles")
    if role is None or parts.plural or not slot.takes("Person"):
        return None
    actor = _actor_of(parts)
    holders = parts.page.people.holders(role.meaning, actor)
    if len(holders) == 1:
        return parts.page.people.entity(holders[0]), Step.OFFICE
    if actor:
        return parts.page.names.entities[actor], Step.OFFICE
    return None


def _whole_name(parts: Parts, slot: Slot) -> Finding | None:
    """Take the name that the mention is, when no other word says what it is about."""
    if not parts.hits or parts.other_words:
        return None
    return _named(parts, _main_hit(parts), slot)


def _named(parts: Parts, hit: NameHit, slot: Slot) -> Finding:
    entity = parts.page.names.entities[hit.entity_ids[0]]
    actor = parts.page.actor(entity.id)
    if actor != entity.id and not slot.is_ground:
        return parts.page.names.entities[actor], Step.METONYM
    return entity, Step.FORM


def _named_group(parts: Parts, slot: Slot) -> Finding | None:
    """Take the state whose army, officials or government it is; people who do not act for it stay a group."""
    if not parts.hits:
        return None
    hit = _main_hit(parts)
    entity = parts.page.names.entities[parts.page.actor(hit.entity_ids[0])]
    organ, group = _first_of(parts, "organs"), _first_of(parts, "groups")
    if organ is not None and (group is None or organ.start <= group.start):
        state = parts.page.names.states_of_places.get(entity.id, "") if is_kind(entity.kind, "City") else ""
        return parts.page.names.entities[state] if state else entity, Step.GROUP
    if group is not None and is_kind(entity.kind, "State"):
        return _nameless(parts, parts.page.names.entities[group.meaning]), Step.ANONYMOUS
    thing = _first_of(parts, "things")
    if thing is not None and slot.takes(parts.page.names.entities[thing.meaning].kind):
        return _of_kind(parts, thing.meaning), Step.WORD
    if is_kind(entity.kind, "Actor") and slot.takes(entity.kind) and not _is_title(parts):
        return entity, Step.GROUP
    return None


def _is_title(parts: Parts) -> bool:
    """Say whether the words around a name have capitals of their own, as a name has (``British Guiana``)."""
    return any(
        word.word[:1].isupper() for word in parts.other_words if word != parts.words[0] or not _starts_sentence(parts)
    )


def _group(parts: Parts, slot: Slot) -> Finding | None:
    group = _first_of(parts, "groups")
    if group is None or not (slot.takes("Group") or slot.kinds == ("Thing",)):
        return None
    if slot.kinds != ("Thing",) and _first_of(parts, "organs") is not None and group.start > 0:
        return None
    return _nameless(parts, parts.page.names.entities[group.meaning]), Step.ANONYMOUS


def _thing(parts: Parts, slot: Slot) -> Finding | None:
    """Take the kind of thing that the words name, those around a mention that is only a part of it included."""
    meaning = parts.phrase_around("things")
    if not meaning:
        return None
    kind = parts.page.names.entities[meaning].kind
    if not slot.takes(kind) and slot.kinds != ("Thing",):
        return None
    return _of_kind(parts, meaning), Step.WORD


def _of_kind(parts: Parts, meaning: str) -> Entity:
    entity = parts.page.names.entities[meaning]
    return _nameless(parts, entity) if is_kind(entity.kind, "Place") else entity


def _place(parts: Parts, slot: Slot) -> Finding | None:
    """Take the place that the words around it describe (``περίχωρα του Κιέβου``)."""
    if not parts.hits:
        return None
    hit = _main_hit(parts)
    if _first_of(parts, "things") is not None:
        return None
    return _named(parts, hit, slot)


def _role(parts: Parts, slot: Slot) -> Finding | None:
    """Take the office that the words name; a counterpart's office is the one named before it."""
    del slot
    role = _first_of(parts, "roles")
    if role is None:
        return None
    meaning = role.meaning
    if meaning == COUNTERPART:
        start = parts.mention.start
        before = roles_in(parts.page, parts.page.tokens_in(max(0, start - LOOK_BACK), start))
        meaning = ([found for _, _, found in before if found != COUNTERPART] or [meaning])[-1]
    return parts.page.names.entities[meaning], Step.WORD


def _reference(parts: Parts, slot: Slot) -> Finding | None:
    """Take the organisation named in full before, of which the mention is the short form (``το Δικαστήριο``)."""
    words = parts.other_words
    if not words or not words[0].word[:1].isupper() or len(words) > 1:
        return None
    page = parts.page
    inflect = page.pack.words.endings.inflect
    forms = {form for word_class in ("m", "f", "n") for form in inflect(words[0].word, word_class)}
    for hit in reversed([hit for hit in page.hits if hit.end <= parts.mention.start]):
        entity = page.names.entities[hit.entity_ids[0]]
        if hit.form != "name" or is_kind(entity.kind, "Person") or not slot.takes(entity.kind):
            continue
        inside = page.tokens_in(hit.start, hit.end)
        if len(inside) > 1 and any(token.word in forms for token in inside):
            return entity, Step.REFERENCE
    return None


def _organ(parts: Parts, slot: Slot) -> Finding | None:
    """Lead a government without a name to the state that the text is about there; an army or a court stays nameless."""
    organ = _first_of(parts, "organs")
    if organ is None or not slot.takes("Institution"):
        return None
    page = parts.page
    if organ.meaning in page.names.executive and not parts.hits and parts.person is None:
        others = [mention for mention in (slot.claim.subject, slot.claim.object) if mention != parts.mention]
        state = state_in_view(page, parts.mention, slot.claim.sentence, others)
        if state:
            return page.names.entities[state], Step.REFERENCE
    lang = page.document.lang
    nameless = Entity(organ.meaning, "Institution", organ.meaning.replace("-", " "), frozenset({(lang, parts.text)}))
    return _nameless(parts, nameless), Step.ANONYMOUS


def _provisional(parts: Parts, slot: Slot) -> Finding:
    """Make an entity of the document's own, never a forced link."""
    has_name = any(word.word[:1].isupper() for word in parts.words[1:]) or (
        bool(parts.words) and parts.words[0].word[:1].isupper() and not _starts_sentence(parts)
    )
    kind = parts.mention.kind or _default_kind(slot)
    if not slot.takes(kind):
        kind = _default_kind(slot)
    text = parts.text
    lang = parts.page.document.lang
    if has_name:
        entity = Entity(_fresh_id(parts, text), kind, latin(text) or text, frozenset({(lang, text)}))
        return entity, Step.PROVISIONAL
    entity = Entity(slug(text) or "x", kind, latin(text).lower() or text, frozenset({(lang, text)}))
    return _nameless(parts, entity), Step.ANONYMOUS


def _default_kind(slot: Slot) -> str:
    return {"Actor": "Organization"}.get(slot.kinds[0], slot.kinds[0])


def _fresh_id(parts: Parts, text: str) -> str:
    entity_id = slug(text) or "x"
    return f"{entity_id}-{document_scope(parts.page.document)}" if entity_id in parts.page.names.entities else entity_id


def _starts_sentence(parts: Parts) -> bool:
    start = parts.words[0].start
    before = parts.page.document.text[max(0, start - 2) : start].strip()
    return start == 0 or not before or not before[-1].isalnum()


def _nameless(parts: Parts, kind_of: Entity) -> Entity:
    scope = document_scope(parts.page.document)
    lang = parts.page.document.lang
    base = kind_of.id.removesuffix("-group")
    labels = frozenset({(lang, parts.text)})
    return replace(kind_of, id=f"{base}-{scope}", labels=labels, aliases=frozenset(), broader="", anonymous=True)


def _main_hit(parts: Parts) -> NameHit:
    """Return the name that a mention is about: the first, unless it is ground that a later one acts on."""
    return parts.hits[0]


def _actors_in(page: Page, mention: Mention) -> list[str]:
    return [page.actor(id_) for hit in page.hits_in(mention.start, mention.end) for id_ in hit.entity_ids]


def _actor_of(parts: Parts) -> str:
    if not parts.hits:
        return ""
    actor = parts.page.actor(_main_hit(parts).entity_ids[0])
    return actor if is_kind(parts.page.names.entities[actor].kind, "Actor") else ""


def _first_of(parts: Parts, kind: str) -> Part | None:
    return parts.first(kind)  # type: ignore[arg-type]
