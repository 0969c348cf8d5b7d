"""What is known about names before a text is read: entities, their forms in each language, who holds which office."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from kg.names.find import FormKind, Forms, NameHit, find_names
from kg.names.words import Words
from kg.ontology import languages
from kg.values import Entity


@dataclass(frozen=True, slots=True)
class Office:
    """A person acts for a state or an organisation, in an office, between two dates (each as far as it is known)."""

    acts_for: str
    office: str
    start: str
    end: str

    def held_on(self, day: date | None) -> bool:
        """Return whether the office was held on this day, as far as the dates tell."""
        if day is None:
            return not self.end
        text = day.isoformat()
        return self.start <= text and (not self.end or text[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of a language by their class: articles, titles, possessives …"""

    words: dict[str, frozenset[str]]

    def is_a(self, word: str, word_class: str) -> bool:
        """Return whether a word, in whatever case, is one of a class."""
        return word.lower() in self.words.get(word_class, ())

    @property
    def lower_demonyms(self) -> bool:
        """Whether people are also named with a small letter (``ρώσοι διπλωμάτες``)."""
        return "small-demonyms" in self.words


@dataclass(frozen=True, slots=True)
class Pack:
    """The names and common words of one language."""

    lang: str
    forms: Forms
    words: Words
    grammar: Grammar
    surnames: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Every form of a surname, and the persons who bear it."""


@dataclass(frozen=True, slots=True)
class Names:
    """All shipped names; loaded once, never changed by what is read."""

    entities: dict[str, Entity]
    packs: dict[str, Pack] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    """The state or organisation that a capital or a seat stands for."""
    states_of_places: dict[str, str] = field(default_factory=dict)
    place_forms: dict[str, FormKind] = field(default_factory=dict)
    offices: dict[str, list[Office]] = field(default_factory=dict)
    known_by_surname: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    """The packages and versions that outside identifiers were taken from."""
    own: str = ""
    """The hash of the user's own actors among them, if there are any."""
    executive: set[str] = field(default_factory=set)
    """The organs of a state that speak for all of it: its government and who is in it."""

    def entity(self, entity_id: str) -> Entity | None:
        """Return a shipped entity, or None for an id that is none."""
        return self.entities.get(entity_id)

    def on(self, entity_id: str, day: date | None) -> Entity | None:
        """Return a shipped entity as it was on a day: a person acts for whom it served then."""
        entity = self.entities.get(entity_id)
        if entity is None or entity_id not in self.offices:
            return entity
        return replace(entity, acts_for=self.acts_for(entity_id, day))

    def pack(self, lang: str) -> Pack:
        """Return the pack of a language, or the first one where it has none."""
        return self.packs.get(lang) or next(iter(self.packs.values()))

    def find(self, text: str, lang: str) -> list[NameHit]:
        """Find the names of actors and places in a text, in its own language and then in those of the ontology."""
        packs = [self.pack(lang), *(pack for code, pack in self.packs.items() if code != lang and code in languages())]
        hits: list[NameHit] = []
        for pack in packs:
            covered = {at for hit in hits for at in range(hit.start, hit.end)}
            hits += [hit for hit in find_names(text, pack.forms) if hit.start not in covered]
        return sorted(hits, key=lambda hit: hit.start)

    def acts_for(self, person_id: str, day: date | None) -> str:
        """Return the state or organisation a person acted for on a day: the office held, else the nearest one."""
        offices = self.offices.get(person_id, [])
        for office in offices:
            if office.held_on(day):
                return office.acts_for
        if day is not None:
            begun = [office for office in offices if office.start <= day.isoformat()]
            if begun:
                return max(begun, key=lambda office: office.start).acts_for
        return offices[0].acts_for if offices else ""

    def heads(self, entity_id: str) -> Iterator[str]:
        """Yield the ids above a kind of thing, the next more general first."""
        while broader := self.entities[entity_id].broader:
            yield broader
            entity_id = broader


def interchangeable(names: Names, lang: str) -> list[frozenset[str]]:
    """Return the sets of single words that may stand for one another in a sentence.

    One set for the names of states of one gender and case, one for surnames that do not inflect. A word that may
    also mean something else, and a form that belongs to two cases, is left out of the sets of the inflected names.
    """
    from kg.names.swap import swap_groups

    return swap_groups(names, lang)
