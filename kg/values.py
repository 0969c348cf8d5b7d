"""The values that flow between the stages; nothing else lives here."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Span = tuple[int, int]
"""Half-open code-point offsets into ``Document.text``."""


class Polarity(StrEnum):
    """Whether the text says that it is so or that it is not so."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """Whether it is said to be done, intended, or merely possible."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"


class Attribution(StrEnum):
    """Who says so: the article itself, a speaker it names, or one it leaves unnamed."""

    NARRATOR = "narrator"
    NAMED = "named"
    UNNAMED = "unnamed"


class Status(StrEnum):
    """What a reader may make of a statement, derived from its evidence."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Step(StrEnum):
    """How a mention was led to its entity."""

    FORM = "form"
    COMPOUND = "compound"
    METONYM = "metonym"
    FULL_NAME = "full name"
    SURNAME = "surname"
    SOUND = "sound"
    PERSON = "person of the document"
    OFFICE = "office"
    GROUP = "adjective and group"
    WORD = "common word"
    REFERENCE = "reference"
    ANONYMOUS = "anonymous"
    PROVISIONAL = "provisional"
    DECISION = "decision"

    @property
    def is_sure(self) -> bool:
        """Whether the words themselves name the entity, and it is neither inferred nor made for the document."""
        return self in _SURE


_SURE = frozenset(
    (Step.FORM, Step.COMPOUND, Step.METONYM, Step.FULL_NAME, Step.SURNAME, Step.GROUP, Step.WORD, Step.DECISION)
)

Steps = tuple[tuple[str, Step], ...]
"""A role ("subject", "place", …; "source" for each of the sources) and the step that found who fills it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article; its title, where it has one, is also the first paragraph of its text."""

    id: str
    text: str
    lang: str
    published: date | None = None
    title: str = ""
    url: str = ""
    publisher: str = ""

    @property
    def sha256(self) -> str:
        """Return the hash of the text, the identity of what was read."""
        return hashlib.sha256(self.text.encode("utf8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document that names something: ``document.text[start:end] == text``.

    ``kind`` is what the reader took it for ("Person", "Organization", "Place", …: the local name of an
    ontology class), or empty.
    """

    start: int
    end: int
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence says so: a predicate, the mentions that fill its roles, and what is said about it."""

    subject: Mention
    predicate: str
    object: Mention
    cue: Mention
    sentence: Span
    recipient: Mention | None = None
    theme: Mention | None = None
    of: Mention | None = None
    place: Mention | None = None
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL
    attribution: Attribution = Attribution.NARRATOR
    sources: tuple[Mention, ...] = ()
    time: str = ""
    """EDTF, or empty where the text gives no time."""
    extractor: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What extraction found in one document: its claims, and every name it saw."""

    document: Document
    claims: tuple[Claim, ...]
    names: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph: a state, a person, an organisation, a kind of thing …

    ``id`` is the local part of its IRI (``[A-Za-z0-9_-]+``: ISO alpha-3 for states, a Latin slug else), ``key``
    the short name that the annotation guideline uses, ``kind`` the local name of an ontology class, ``acts_for``
    the id of the state or organisation a person speaks for, ``broader`` the id of the more general kind of thing.
    """

    id: str
    kind: str
    key: str
    labels: frozenset[tuple[str, str]] = frozenset()
    """(language, label) pairs."""
    aliases: frozenset[tuple[str, str]] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    """(scheme, value) pairs such as ("wikidata", "Q159")."""
    acts_for: str = ""
    broader: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim about entities: the same claim, and what each of its mentions refers to."""

    claim: Claim
    subject: Entity
    object: Entity
    recipient: Entity | None = None
    theme: Entity | None = None
    of: Entity | None = None
    place: Entity | None = None
    sources: tuple[Entity, ...] = ()
    steps: Steps = ()
    """How each was found, in the order of the roles; empty where that was not recorded."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so, where and how: one claim of one document, all names resolved to entity ids."""

    document: str
    sentence: Span
    subject_at: Span
    object_at: Span
    cue: Span
    polarity: Polarity
    modality: Modality
    attribution: Attribution
    sources: tuple[str, ...]
    exact_object: str = ""
    theme: str = ""
    place: str = ""
    time: str = ""
    extractor: str = ""
    model: str = ""
    band: int = 10
    """Confidence in tenths, 0–10."""
    published: date | None = None
    """When the document was published: undated evidence is placed in time by it."""
    steps: Steps = ()
    """How each name was led to its entity, sorted; empty where that was not recorded."""

    @property
    def is_sure(self) -> bool:
        """Whether every name leads to its entity by its own words."""
        return all(step.is_sure for _, step in self.steps)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, whoever says it: entity ids about a predicate, with all its evidence."""

    subject: str
    predicate: str
    object: str
    recipient: str
    of: str
    evidence: frozenset[Evidence]

    @property
    def id(self) -> str:
        """Return a hash of what is said (not of its evidence), so that any machine gives the same."""
        content = "\x1f".join((self.subject, self.predicate, self.object, self.recipient, self.of))
        return hashlib.sha256(content.encode("utf8")).hexdigest()[:16]
