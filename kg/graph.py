"""The knowledge graph: what each document gives, and everything that follows from the documents together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg import vocab
from kg.copies import find_copies, sketch
from kg.errors import KgError
from kg.ontology import depth, languages
from kg.values import Document, Entity, Evidence, Statement

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.query import Answer

Said = tuple[str, str, str, str, str]
"""What a statement says: subject, predicate, object, recipient, of."""


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a part of the graph: the version of kg, and the model and the data by hash."""

    version: str = ""
    model: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one document gives: its statements with the evidence that it holds, and the entities they name."""

    document: Document
    entities: frozenset[Entity] = frozenset()
    statements: frozenset[Statement] = frozenset()
    makers: frozenset[Maker] = frozenset()
    text_hash: str = ""
    """The hash of the whole text, where the document holds only some sentences of it."""
    text_sketch: str = ""
    """The sketch of the whole text, in the same case."""

    @property
    def sha256(self) -> str:
        """Return the hash of the text that was read."""
        return self.text_hash or sha256(self.document.text.encode("utf8", "surrogatepass")).hexdigest()

    @property
    def sketch(self) -> str:
        """Return what the text that was read is compared with others by."""
        return self.text_sketch if self.text_hash else sketch(self.document.text)

    def __or__(self, other: "Part") -> "Part":
        """Join two readings of one text; of two texts under one id the same one stays, whichever comes first."""
        if self.document != other.document:
            return max(self, other, key=lambda part: _document_key(part.document))
        return Part(
            self.document,
            self.entities | other.entities,
            frozenset(pool((*self.statements, *other.statements))),
            self.makers | other.makers,
            max(self.text_hash, other.text_hash),
            max(self.text_sketch, other.text_sketch),
        )


def _document_key(document: Document) -> tuple[str, ...]:
    published = document.published.isoformat() if document.published else ""
    return published, document.text, document.lang, document.title, document.url, document.publisher


@dataclass(frozen=True)
class KnowledgeGraph:
    """Documents, entities and statements with all their evidence; ``one | other`` merges two graphs.

    Only ``parts`` is stored, by document id: merging is a union, and taking a document out leaves no trace.
    """

    parts: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))
    base: str = vocab.BASE
    """What the IRIs of everything in the graph begin with."""

    def __or__(self, other: "KnowledgeGraph") -> "KnowledgeGraph":
        """Merge two graphs; any order and grouping gives the same."""
        if self.base != other.base:
            raise KgError(
                f"graphs with different bases cannot be merged: {self.base} and {other.base}; give one --base"
            )
        parts = dict(self.parts)
        for name, part in other.parts.items():
            parts[name] = parts[name] | part if name in parts else part
        return KnowledgeGraph(MappingProxyType(dict(sorted(parts.items()))), self.base)

    def without(self, document: str) -> "KnowledgeGraph":
        """Take a document out, with everything that only it says."""
        if document not in self.parts:
            raise KgError(f"{document}: no such document in the graph")
        kept = {name: part for name, part in self.parts.items() if name != document}
        return KnowledgeGraph(MappingProxyType(kept), self.base)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Return the documents by id, in the order of their ids."""
        return MappingProxyType({name: self.parts[name].document for name in sorted(self.parts)})

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Return the entities by id, in the order of their ids; what documents say of one is joined.

        Their labels are in the languages of the ontology and of the documents.
        """
        same: dict[str, set[Entity]] = defaultdict(set)
        for part in self.parts.values():
            for entity in part.entities:
                same[entity.id].add(entity)
        spoken = frozenset(("", *languages(), *(document.lang for document in self.documents.values())))
        return MappingProxyType({name: _labelled(join(same[name]), spoken) for name in sorted(same)})

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Return the statements in the order of what they say, each with the evidence of all documents."""
        return tuple(pool(statement for part in self.parts.values() for statement in part.statements))

    @cached_property
    def makers(self) -> tuple[Maker, ...]:
        """Return what made the graph, in a fixed order."""
        makers = {maker for part in self.parts.values() for maker in part.makers}
        return tuple(sorted(makers, key=lambda maker: (maker.version, maker.model, maker.data)))

    @cached_property
    def acts_for(self) -> Mapping[str, str]:
        """Return person → the state or organisation that the person speaks for."""
        return MappingProxyType({name: entity.acts_for for name, entity in self.entities.items() if entity.acts_for})

    @cached_property
    def sketches(self) -> Mapping[str, str]:
        """Return document → the sketch of its text."""
        return MappingProxyType({name: self.parts[name].sketch for name in sorted(self.parts)})

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Return document → the first published document with nearly the same text, for those with one before them."""
        found: dict[str, str] = {}
        for names in find_copies(self.sketches):
            first = min(names, key=lambda name: (self.documents[name].published or date.max, name))
            found |= {name: first for name in names if name != first}
        return MappingProxyType(dict(sorted(found.items())))

    def independent(self, evidence: Iterable[Evidence]) -> int:
        """Return how many articles give evidence, copies of one text counted once."""
        return len({self.copies.get(item.document, item.document) for item in evidence})

    def to_rdflib(self) -> "rdflib.Graph":
        """Return the graph as RDF triples, exactly those of the Turtle file."""
        from kg.rdf import to_rdflib

        return to_rdflib(self)

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """Return entities as nodes and statements as edges, with labels and statuses as attributes."""
        from kg.export.network import to_networkx

        return to_networkx(self)

    def query(self, sparql: str) -> "Answer":
        """Answer a SPARQL query over the graph; the prefixes of the Turtle file need not be declared."""
        from kg.query import query
        from kg.store import store_graph

        return query(store_graph(self), sparql)

    def _repr_html_(self) -> str:
        from kg.export.html import render_small

        return render_small(self)


def said(statement: Statement) -> Said:
    """Return what a statement says, whoever says it."""
    return statement.subject, statement.predicate, statement.object, statement.recipient, statement.of


def pool(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Join statements that say the same, with the evidence of all, and yield them in the order of what they say."""
    evidence: dict[Said, set[Evidence]] = defaultdict(set)
    for statement in statements:
        evidence[said(statement)] |= statement.evidence
    for what in sorted(evidence):
        yield Statement(*what, frozenset(evidence[what]))


def _labelled(entity: Entity, langs: frozenset[str]) -> Entity:
    """Return an entity with its labels in these languages, with all of them where it has none."""
    labels, aliases = (
        frozenset(pair for pair in pairs if pair[0] in langs) for pairs in (entity.labels, entity.aliases)
    )
    return replace(entity, labels=labels or entity.labels, aliases=aliases)


def join(entities: Iterable[Entity]) -> Entity:
    """Join what several documents say of one entity; the deepest kind wins, names are collected.

    >>> join([Entity("Khan", "Actor", "Khan"), Entity("Khan", "Person", "Khan")]).kind
    'Person'
    """
    return reduce(_join_two, entities)


def _join_two(one: Entity, other: Entity) -> Entity:
    return replace(
        one,
        kind=max(one.kind, other.kind, key=lambda kind: (depth(kind), kind)),
        key=_choose(one.key, other.key),
        labels=one.labels | other.labels,
        aliases=one.aliases | other.aliases,
        identifiers=one.identifiers | other.identifiers,
        acts_for=_choose(one.acts_for, other.acts_for),
        broader=_choose(one.broader, other.broader),
        anonymous=one.anonymous and other.anonymous,
    )


def _choose(one: str, other: str) -> str:
    return min(filter(None, (one, other)), default="")
