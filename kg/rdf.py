"""A knowledge graph → RDF: each statement an individual of its event class, evidence beside it, direct edges between entities."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.graph import KnowledgeGraph, Maker
from kg.labels import Node, document_id, evidence_id, label_nodes, maker_id, occurrence_id, quote
from kg.ontology import predicates, triples as ontology_triples
from kg.packs import trial_languages
from kg.status import ORDER, Occurrence, has_edge, interval, is_asserted, occurrences, sort_key, status, statuses
from kg.terms import convert
from kg.values import Document, Entity, Evidence, Statement, Status

if TYPE_CHECKING:
    import rdflib

Subject = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal
Rows = Iterator[tuple[str, Value]]
"""The IRI of a property and a value, one after the other, of one subject."""

Block = tuple[Subject, Rows, ox.NamedNode | None]
"""A subject, what is said of it, and the article whose graph that lies in."""

_BY = {
    Status.CLAIMED: vocab.IR_CLAIMED_BY,
    Status.DENIED: vocab.IR_DENIED_BY,
    Status.PLANNED: vocab.IR_PLANNED_BY,
    Status.POSSIBLE: vocab.IR_POSSIBLE_BY,
}
_CODES = {"iso2": vocab.IR_ISO2, "iso3": vocab.IR_ISO3, "m49": vocab.IR_M49, "cow": vocab.IR_COW}
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def quads(graph: KnowledgeGraph) -> Iterator[ox.Quad]:
    """Yield the graph in a fixed order, all triples of a subject together.

    Evidence lies in a graph named by its article; everything else, derived from all articles, in the default graph.
    """
    default = ox.DefaultGraph()
    for subject, rows, article in _Writing(graph).blocks():
        for predicate, value in rows:
            yield ox.Quad(subject, _node(predicate), value, article or default)
    for triple in ontology_triples():
        if triple.subject != _node(vocab.ONTOLOGY):
            yield ox.Quad(*triple)


def triples(graph: KnowledgeGraph) -> Iterator[ox.Triple]:
    """Yield the graph in the same order without the names of graphs."""
    for subject, rows, _ in _Writing(graph).blocks():
        for predicate, value in rows:
            yield ox.Triple(subject, _node(predicate), value)
    yield from (triple for triple in ontology_triples() if triple.subject != _node(vocab.ONTOLOGY))


def to_rdflib(graph: KnowledgeGraph) -> "rdflib.Graph":
    """Return the triples as an rdflib graph, as if rdflib had read the Turtle (it writes ``Z`` as ``+00:00``)."""
    return convert(triples(graph), prefixes(graph.base))


def prefixes(base: str = vocab.BASE) -> list[tuple[str, str]]:
    """Return the prefixes of a graph in their order, those of its own things under its base."""
    own = {"art", "ev", "id", "occ", "run", "st"}
    return [
        (prefix, base + namespace.removeprefix(vocab.BASE) if prefix in own else namespace)
        for prefix, namespace in vocab.PREFIXES
        if prefix not in ("base", "sh")
    ]


def clean(text: str) -> str:
    """Replace what UTF-8 and XML cannot carry by U+FFFD, one for one, so that offsets stay right."""
    return text if text.isprintable() else _UNWRITABLE.sub("\ufffd", text)  # most text is, and that is quick to see


def literal(text: str, lang: str = "") -> ox.Literal:
    """Return a text as a literal that every format can carry."""
    language = _language(lang)
    return ox.Literal(clean(text), language=language) if language else ox.Literal(clean(text))


@cache
def _language(lang: str) -> str:
    """Return a language tag as RDF writes it, or nothing for what is none."""
    return lang.lower() if _LANGUAGE.fullmatch(lang) else ""


@cache
def _node(iri: str) -> ox.NamedNode:
    """Return the node of a term, one of the few hundred that recur."""
    return ox.NamedNode(iri)


@lru_cache(10_000)
def _integer(value: int) -> ox.Literal:
    return ox.Literal(value)


@lru_cache(10_000)
def _moment(day: date) -> ox.Literal:
    return ox.Literal(f"{day.isoformat()}T00:00:00Z", datatype=_node(vocab.XSD + "dateTime"))


@dataclass(frozen=True)
class _Writing:
    """One graph being written: its labels and edges are worked out once."""

    graph: KnowledgeGraph

    def blocks(self) -> Iterator[Block]:
        yield ox.NamedNode(self.graph.base + "graph"), self._header(), None
        for entity in self.graph.entities.values():
            yield self.node("id", entity.id), self._entity(entity), None
        for statement in self.graph.statements:
            yield from self._statement_blocks(statement)
        for document in self.graph.documents.values():
            yield self.node("art", document_id(document)), self._document(document), None
        for maker in self.graph.makers:
            yield self.node("run", maker_id(maker)), self._maker(maker), None
        for edge, statements in self.edges.items():
            yield *self._axiom(edge, statements), None

    @cached_property
    def labels(self) -> Mapping[Node, Mapping[str, str]]:
        return label_nodes(self.graph)

    @cached_property
    def spaces(self) -> dict[str, str]:
        return dict(prefixes(self.graph.base))

    @cached_property
    def documents(self) -> dict[str, ox.NamedNode]:
        return {name: self.node("art", document_id(document)) for name, document in self.graph.documents.items()}

    @cached_property
    def runs(self) -> dict[str, list[ox.NamedNode]]:
        """Return model hash → the runs that used it."""
        runs: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for maker in self.graph.makers:
            runs[maker.model].append(self.node("run", maker_id(maker)))
        return runs

    @cached_property
    def edges(self) -> dict[tuple[str, str, str], list[Statement]]:
        """Return each direct edge (subject, predicate IRI, object) with the statements that it stands for."""
        edges: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        for statement in self.graph.statements:
            if has_edge(statement, self.graph.acts_for):
                spaces = (vocab.IR, vocab.ASSERTED) if is_asserted(statement) else (vocab.IR,)
                for space in spaces:
                    for subject, object_ in _ways(statement):
                        edges[subject, space + statement.predicate, object_].append(statement)
        return dict(sorted(edges.items()))

    @cached_property
    def edges_from(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, object_ in self.edges:
            found[subject].append((predicate, object_))
        return found

    def node(self, prefix: str, local: str) -> ox.NamedNode:
        return ox.NamedNode(self.spaces[prefix] + local)

    def _named(self, kind: str, prefix: str, local: str) -> Rows:
        """Yield what every individual has: its two types and its labels."""
        yield vocab.RDF_TYPE, _node(vocab.OWL_NAMED_INDIVIDUAL)
        yield vocab.RDF_TYPE, _node(vocab.IR + kind)
        for lang, text in self.labels[prefix, local].items():
            yield vocab.RDFS_LABEL, literal(text, lang)

    def _header(self) -> Rows:
        yield vocab.RDF_TYPE, _node(vocab.OWL_ONTOLOGY)
        yield vocab.DCTERMS_SOURCE, _node(vocab.ONTOLOGY)
        for maker in self.graph.makers:
            yield vocab.DCTERMS_CREATOR, self.node("run", maker_id(maker))

    def _entity(self, entity: Entity) -> Rows:
        yield from self._named(entity.kind, "id", entity.id)
        main = set(self.labels["id", entity.id].items())
        for lang, text in sorted((entity.labels | entity.aliases) - main):
            yield vocab.SKOS_ALT_LABEL, literal(text, lang)
        if entity.key:
            yield vocab.IR_KEY, literal(entity.key)
        for scheme, value in sorted(entity.identifiers):
            yield _identifier(scheme, value)
        if entity.acts_for:
            yield vocab.IR_ACTS_FOR, self.node("id", entity.acts_for)
        if entity.broader:
            yield vocab.SKOS_BROADER, self.node("id", entity.broader)
        if entity.anonymous:
            yield vocab.IR_ANONYMOUS, ox.Literal(value=True)
        for predicate, object_ in self.edges_from.get(entity.id, ()):
            yield predicate, self.node("id", object_)

    def _statement_blocks(self, statement: Statement) -> Iterator[Block]:
        local, groups = statement.id, occurrences(statement)
        ids = {item: evidence_id(local, item) for item in sorted(statement.evidence, key=sort_key)}
        times = {occurrence_id(local, number): group for number, group in enumerate(groups, 1)}
        yield self.node("st", local), self._statement(statement, local, times, ids), None
        for name, occurrence in times.items():
            yield self.node("occ", name), self._occurrence(name, occurrence, ids), None
        for evidence, name in ids.items():
            yield self.node("ev", name), self._evidence(name, evidence), self.documents[evidence.document]

    def _statement(
        self, statement: Statement, local: str, times: Mapping[str, Occurrence], ids: Mapping[Evidence, str]
    ) -> Rows:
        yield from self._named(predicates()[statement.predicate].event_class, "st", local)
        for role, filler in (
            (vocab.IR_SUBJECT, statement.subject),
            (vocab.IR_OBJECT, statement.object),
            (vocab.IR_RECIPIENT, statement.recipient),
            (vocab.IR_OF, statement.of),
        ):
            if filler:
                yield role, self.node("id", filler)
        yield from _statuses(statuses(statement), is_disputed=any(group.is_disputed for group in times.values()))
        for predicate, filler in sorted({pair for evidence in statement.evidence for pair in self._told_by(evidence)}):
            yield predicate, ox.NamedNode(filler)
        for name in times:
            yield vocab.IR_OCCURRENCE, self.node("occ", name)
        for name in ids.values():
            yield vocab.IR_EVIDENCE, self.node("ev", name)
        articles = len({evidence.document for evidence in statement.evidence})
        yield vocab.IR_ARTICLES, _integer(articles)
        yield vocab.IR_INDEPENDENT_ARTICLES, _integer(self.graph.independent(statement.evidence))

    def _told_by(self, evidence: Evidence) -> Iterator[tuple[str, str]]:
        told = status(evidence)
        if told == Status.ASSERTED:
            yield vocab.IR_ASSERTED_IN, self.documents[evidence.document].value
        else:
            yield from ((_BY[told], self.node("id", source).value) for source in evidence.sources)

    def _occurrence(self, local: str, occurrence: Occurrence, ids: Mapping[Evidence, str]) -> Rows:
        yield from self._named("Occurrence", "occ", local)
        yield from _statuses(occurrence.statuses, is_disputed=occurrence.is_disputed)
        yield from _time(occurrence.time)
        for item in occurrence.evidence:
            yield vocab.IR_EVIDENCE, self.node("ev", ids[item])

    def _evidence(self, local: str, evidence: Evidence) -> Rows:
        document = self.graph.documents[evidence.document]
        yield from self._named("Evidence", "ev", local)
        yield vocab.IR_POLARITY, _node(vocab.IR + evidence.polarity)
        yield vocab.IR_MODALITY, _node(vocab.IR + evidence.modality)
        yield vocab.IR_ATTRIBUTION, _node(vocab.IR + evidence.attribution)
        for source in evidence.sources:
            yield vocab.IR_SAID_BY, self.node("id", source)
        for role, filler in (
            (vocab.IR_EXACT_OBJECT, evidence.exact_object),
            (vocab.IR_THEME, evidence.theme),
            (vocab.IR_PLACE, evidence.place),
        ):
            if filler:
                yield role, self.node("id", filler)
        yield from _time(evidence.time)
        yield vocab.IR_IN_ARTICLE, self.documents[evidence.document]
        yield vocab.NIF_ANCHOR_OF, literal(quote(document, evidence), document.lang)
        yield vocab.IR_CUE, literal(document.text[slice(*evidence.cue)], document.lang)
        yield from _offsets(evidence)
        yield vocab.IR_CONFIDENCE, _integer(evidence.band)
        for role, step in evidence.steps:
            yield vocab.IR_RESOLVED_BY, literal(f"{role}: {step}")
        if evidence.steps:
            yield vocab.IR_SURELY_RESOLVED, ox.Literal(value=evidence.is_sure)
        if evidence.extractor:
            yield vocab.IR_EXTRACTOR, literal(evidence.extractor)
        for run in self.runs.get(evidence.model, ()):
            yield vocab.PROV_WAS_GENERATED_BY, run

    def _document(self, document: Document) -> Rows:
        yield from self._named("Article", "art", document_id(document))
        yield vocab.DCTERMS_IDENTIFIER, literal(document.id)
        for predicate, value in (
            (vocab.DCTERMS_TITLE, literal(document.title, document.lang)),
            (vocab.DCTERMS_LANGUAGE, literal(document.lang)),
            (vocab.DCTERMS_PUBLISHER, literal(document.publisher)),
            (vocab.SCHEMA_URL, literal(document.url)),
        ):
            if value.value:
                yield predicate, value
        if document.published:
            yield vocab.DCTERMS_ISSUED, ox.Literal(document.published.isoformat(), datatype=_node(vocab.XSD + "date"))
        yield vocab.IR_SHA256, literal(self.graph.parts[document.id].sha256)
        if self.graph.sketches[document.id]:
            yield vocab.IR_TEXT_SKETCH, literal(self.graph.sketches[document.id])
        if document.id in self.graph.copies:
            yield vocab.IR_COPY_OF, self.documents[self.graph.copies[document.id]]
        if document.lang in trial_languages():
            yield vocab.IR_EXPERIMENTAL, ox.Literal(value=True)

    def _maker(self, maker: Maker) -> Rows:
        yield from self._named("Run", "run", maker_id(maker))
        for predicate, value in (
            (vocab.IR_KG_VERSION, maker.version),
            (vocab.IR_MODEL_HASH, maker.model),
            (vocab.IR_DATA_HASH, maker.data),
        ):
            if value:
                yield predicate, literal(value)

    def _axiom(self, edge: tuple[str, str, str], statements: list[Statement]) -> tuple[ox.BlankNode, Rows]:
        """Return the annotation of an edge; its blank node is named by the edge, so that its bytes are stable."""
        return ox.BlankNode("e" + _hash_text("\x1f".join(edge))[:16]), self._axiom_rows(edge, statements)

    def _axiom_rows(self, edge: tuple[str, str, str], statements: list[Statement]) -> Rows:
        subject, predicate, object_ = edge
        yield vocab.RDF_TYPE, _node(vocab.OWL + "Axiom")
        yield vocab.OWL + "annotatedSource", self.node("id", subject)
        yield vocab.OWL + "annotatedProperty", ox.NamedNode(predicate)
        yield vocab.OWL + "annotatedTarget", self.node("id", object_)
        told = frozenset(told for statement in statements for told in statuses(statement))
        yield vocab.IR_EDGE_STATUS, _in_words(told)
        for statement in statements:
            yield vocab.IR_STATED_IN, self.node("st", statement.id)


def _ways(statement: Statement) -> set[tuple[str, str]]:
    there = (statement.subject, statement.object)
    return {there, there[::-1]} if predicates()[statement.predicate].symmetric else {there}


def _statuses(told: frozenset[Status], *, is_disputed: bool) -> Rows:
    for item in ORDER:
        if item in told:
            yield vocab.IR_STATUS, _node(vocab.IR + item)
    if is_disputed:
        yield vocab.IR_STATUS, _node(vocab.IR_DISPUTED)
    yield vocab.IR_EDGE_STATUS, _in_words(told)


def _in_words(told: frozenset[Status]) -> ox.Literal:
    return literal(", ".join(item for item in ORDER if item in told))


def _time(edtf: str) -> Rows:
    """Yield a time as text and as bounds; xsd:date would leave OWL 2 DL, so the bounds are moments."""
    days = interval(edtf)
    if days:
        yield vocab.IR_WHEN, literal(edtf)
        for predicate, day in zip((vocab.IR_NOT_BEFORE, vocab.IR_BEFORE), days, strict=True):
            yield predicate, _moment(day)


def _offsets(evidence: Evidence) -> Rows:
    for begin, end, span in (
        (vocab.NIF_BEGIN_INDEX, vocab.NIF_END_INDEX, evidence.sentence),
        (vocab.IR_CUE_BEGIN, vocab.IR_CUE_END, evidence.cue),
        (vocab.IR_SUBJECT_BEGIN, vocab.IR_SUBJECT_END, evidence.subject_at),
        (vocab.IR_OBJECT_BEGIN, vocab.IR_OBJECT_END, evidence.object_at),
    ):
        yield begin, _integer(span[0])
        yield end, _integer(span[1])


def _identifier(scheme: str, value: str) -> tuple[str, Value]:
    if scheme == "wikidata" and _WIKIDATA.fullmatch(value):
        return vocab.SKOS_EXACT_MATCH, _node(vocab.WD + value)
    if scheme in _CODES:
        return _CODES[scheme], literal(value)
    return vocab.DCTERMS_IDENTIFIER, literal(f"{scheme}:{value}")


def _hash_text(text: str) -> str:
    return sha256(text.encode("utf8", "surrogatepass")).hexdigest()
