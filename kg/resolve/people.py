"""The people of one document: full names, then surnames, then names that sound alike, each led to one person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from rapidfuzz import fuzz

from kg.names.find import Token
from kg.names.letters import fold, latin, slug, sound
from kg.names.names import Names, Pack
from kg.values import Document, Entity, Mention, Step

ALIKE = 88
"""From this ratio of their sounds on (0–100), two names of a document are one person's."""
SCOPE = 8


def document_scope(document: Document) -> str:
    """Return the short hash that makes an id one document's own."""
    return sha256(document.id.encode("utf8")).hexdigest()[:SCOPE]


@dataclass(slots=True)
class Person:
    """One person of a document: the words of every name form seen, and the shipped entity, if it is one."""

    names: list[tuple[str, ...]]
    shipped: str = ""
    acts_for: str = ""
    offices: set[str] = field(default_factory=set)
    first_seen: int = 0


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A stretch of the document that names a person, and the step that told so."""

    start: int
    end: int
    person: Person
    step: Step


class People:
    """The people of one document; built from the names seen, asked by position."""

    def __init__(self, names: Names, pack: Pack, document: Document) -> None:
        self.names, self.pack, self.document = names, pack, document
        self.persons: list[Person] = []
        self.spans: list[PersonSpan] = []

    @property
    def day(self) -> date | None:
        """The day of the article."""
        return self.document.published

    def add_shipped(
        self, start: int, end: int, person_id: str, words: tuple[str, ...], *, step: Step = Step.FORM
    ) -> None:
        """Take in a name that the shipped tables know."""
        person = next((p for p in self.persons if p.shipped == person_id), None)
        if person is None:
            person = Person([words], person_id, self.names.acts_for(person_id, self.day), first_seen=start)
            person.offices |= {o.office for o in self.names.offices.get(person_id, []) if o.held_on(self.day)}
            self.persons.append(person)
        elif words not in person.names:
            person.names.append(words)
        self.spans.append(PersonSpan(start, end, person, step))

    def add_named(self, start: int, end: int, words: tuple[str, ...], states: frozenset[str]) -> Person | None:
        """Take in a name that the reader saw; of a single word, only where a full name or a table explains it."""
        person, step = self._known(words)
        if person is None:
            shipped, step = self._shipped(words, states)
            if shipped:
                self.add_shipped(start, end, shipped, words, step=step)
                return self.spans[-1].person
            person, step = Person([words], first_seen=start), Step.PERSON
            self.persons.append(person)
        elif words not in person.names:
            person.names.append(words)
        self.spans.append(PersonSpan(start, end, person, step))
        return person

    def at(self, start: int, end: int) -> PersonSpan | None:
        """Return the last name of a person within a stretch of text."""
        inside = [span for span in self.spans if span.start < end and span.end > start]
        return max(inside, key=lambda span: (span.end, -span.start)) if inside else None

    def holders(self, role: str, acts_for: str) -> list[Person]:
        """Return who holds an office in this document, for a state or an organisation if one is named."""
        return [p for p in self.persons if role in p.offices and (not acts_for or p.acts_for == acts_for)]

    def entity(self, person: Person) -> Entity:
        """Return the entity of a person: the shipped one, or a provisional one named after the fullest form."""
        lang = self.document.lang
        if person.shipped:
            return replace(self.names.entities[person.shipped], acts_for=person.acts_for)
        words = min(person.names, key=self._fullness)
        name = " ".join(words)
        entity_id = slug(name) or "person"
        if len(words) == 1 or entity_id in self.names.entities:
            entity_id += "-" + document_scope(self.document)
        aliases = frozenset((lang, " ".join(other)) for other in person.names if other != words)
        key = latin(self._surname(words))
        return Entity(entity_id, "Person", key, frozenset({(lang, name)}), aliases, acts_for=person.acts_for)

    def _fullness(self, words: tuple[str, ...]) -> tuple[int, int, int, tuple[str, ...]]:
        """Sort the fullest form first; a nominative has more forms to it, or is longer, than an oblique case."""
        forms = self.pack.words.endings.inflect(words[-1], "person")
        return -len(words), -len(forms), -len(words[-1]), words

    def _surname(self, words: tuple[str, ...]) -> str:
        grammar = self.pack.grammar
        if grammar.is_a(words[0], "east-surnames"):
            return words[0]
        first = len(words) - 1
        while first > 1 and grammar.is_a(words[first - 1], "particle"):
            first -= 1
        return " ".join(words[first:])

    def _known(self, words: tuple[str, ...]) -> tuple[Person | None, Step]:
        for step, same in (
            (Step.SURNAME if len(words) == 1 else Step.FULL_NAME, self._same),
            (Step.SOUND, _sounds_alike),
        ):
            for person in reversed(self.persons):
                if any(same(words, other) for other in self._seen(person, words)):
                    return person, step
        return None, Step.PERSON

    def _seen(self, person: Person, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the names to compare with: a full name is not a shipped person's because the surname is."""
        if not person.shipped or len(words) == 1:
            return person.names
        lang = self.document.lang
        return [form for form in self._forms(person.shipped, lang) if len(form) > 1]

    def _same(self, words: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Say whether two names are one person's: the same surname, and no first name that differs."""
        if len(words) == 1 or len(other) == 1:
            single, full = (words, other) if len(words) == 1 else (other, words)
            return self._same_word(single[0], full[-1]) or (
                self.pack.grammar.is_a(full[0], "east-surnames") and self._same_word(single[0], full[0])
            )
        return self._same_word(words[-1], other[-1]) and self._same_first(words[0], other[0])

    def _same_first(self, one: str, other: str) -> bool:
        initial = min(one, other, key=len)
        return self._same_word(one, other) or (len(initial) <= 2 and fold(one)[0] == fold(other)[0])  # noqa: PLR2004

    def _same_word(self, one: str, other: str) -> bool:
        if fold(one) == fold(other):
            return True
        inflect = self.pack.words.endings.inflect
        return not set(map(fold, inflect(one, "person"))).isdisjoint(map(fold, inflect(other, "person")))

    def _shipped(self, words: tuple[str, ...], states: frozenset[str]) -> tuple[str, Step]:
        """Return the one shipped person whom a name can mean, by surname and first name, sound, or state; or nobody."""
        bearers = list(self.pack.surnames.get(words[-1], ()))
        if len(words) > 1:
            for person_id in bearers:
                if any(_first_alike(words, form) for form in self._forms(person_id)):
                    return person_id, Step.FULL_NAME
            sounding = list(self._sounding(words))
            near = [p for p in sounding if states & self._states(p)]
            exact = [p for p in sounding if any(_sounds_same(words, form) for form in self._forms(p))]
            return next(iter(near or (exact if len(exact) == 1 else ())), ""), Step.SOUND
        fitting = [person_id for person_id in bearers if self._states(person_id) & states]
        return fitting[0] if len(fitting) == 1 and len(bearers) == 1 else "", Step.SURNAME

    def _sounding(self, words: tuple[str, ...]) -> Iterator[str]:
        for person_id in self.names.offices:
            if any(_sounds_alike(words, form) for form in self._forms(person_id)):
                yield person_id

    def _forms(self, person_id: str, only: str = "") -> Iterator[tuple[str, ...]]:
        entity = self.names.entities[person_id]
        for lang, label in sorted(entity.labels | entity.aliases):
            if not only or lang == only:
                yield tuple(label.split())

    def _states(self, person_id: str) -> set[str]:
        return {office.acts_for for office in self.names.offices.get(person_id, [])}


def _first_alike(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    if len(form) == 1:
        return False
    return sound(words[0])[:1] == sound(form[0])[:1] and (
        len(words[0]) <= 2 or fuzz.ratio(sound(words[0]), sound(form[0])) >= ALIKE - 20  # noqa: PLR2004
    )


def _sounds_alike(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two full names sound alike, word by word, in whatever script."""
    if len(words) != len(other) or len(words) == 1:
        return False
    pairs = [(sound(one), sound(two)) for one, two in zip(words, other, strict=True)]
    if any(one[:1] != two[:1] for one, two in pairs):
        return False
    return fuzz.ratio(*map("".join, zip(*pairs, strict=True))) >= ALIKE


def _sounds_same(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two full names are one but for their scripts: the same sounds, and nearly the same in Latin letters."""
    if len(words) != len(other) or any(sound(one) != sound(two) for one, two in zip(words, other, strict=True)):
        return False
    return fuzz.ratio(*(latin(" ".join(name)).lower() for name in (words, other))) >= ALIKE


def capitalised(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the runs of words with a capital, joined by spaces or hyphens."""
    run: list[Token] = []
    for token in tokens:
        if token.word[:1].isupper() and (not run or token.joins):
            run.append(token)
            continue
        if run:
            yield run
        run = [token] if token.word[:1].isupper() else []
    if run:
        yield run


def is_person_mention(mention: Mention) -> bool:
    """Say whether the reader took a mention for a person's name."""
    return mention.kind == "Person"
