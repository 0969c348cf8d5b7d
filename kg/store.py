"""A graph ↔ an RDF dataset in memory; a graph file → the knowledge graph it was written from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg import vocab
from kg.errors import InputError
from kg.graph import KnowledgeGraph, Maker, Part, pool
from kg.ontology import kinds, terms
from kg.rdf import prefixes, quads
from kg.values import Attribution, Document, Entity, Evidence, Modality, Polarity, Span, Statement, Step

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
_SCHEMES = {vocab.IR_ISO2: "iso2", vocab.IR_ISO3: "iso3", vocab.IR_M49: "m49", vocab.IR_COW: "cow"}


def open_graph(path: Path) -> ox.Store:
    """Read a graph file into memory; its suffix says its form, Turtle where it has another."""
    store = ox.Store()
    try:
        store.bulk_load(path.read_bytes(), format=_FORMATS.get(path.suffix, ox.RdfFormat.TURTLE))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except SyntaxError as error:
        raise InputError(f"{path}: not a graph: {error}") from error
    return store


def graph_base(store: ox.Store) -> str:
    """Return what the IRIs of a graph's things begin with, as its header says; raises InputError without a header."""
    headers = (quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(vocab.DCTERMS_SOURCE), None, None))
    header = next((node.value for node in headers if isinstance(node, ox.NamedNode)), "")
    if not header.endswith("/graph"):
        raise InputError("not a graph that kg wrote: it has no header")
    return header.removesuffix("graph")


def graph_prefixes(store: ox.Store) -> dict[str, str]:
    """Return the prefixes that a query need not declare: those of a graph's file, or kg's own for any other graph."""
    try:
        return dict(prefixes(graph_base(store)))
    except InputError:
        return dict(prefixes())


def store_graph(graph: KnowledgeGraph) -> ox.Store:
    """Put a graph into memory for queries."""
    store = ox.Store()
    store.bulk_extend(quads(graph))
    return store


def read_graph(path: Path) -> KnowledgeGraph:
    """Read back what any RDF export wrote; between the sentences that give evidence, the texts are blank.

    Raises InputError where the file is no graph of kg.
    """
    store = open_graph(path)
    base = graph_base(store)
    try:
        return _read(_describe(store), base)
    except (KeyError, ValueError, IndexError) as error:
        raise InputError(f"{path}: not a graph that kg wrote: {error}") from error


Values = Mapping[str, list[ox.NamedNode | ox.Literal]]
"""What is said of one subject: values by the IRI of the property."""


def _describe(store: ox.Store) -> dict[str, Values]:
    """Return subject → what is said of it."""
    described: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads_for_pattern(None, None, None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            described[quad.subject.value][quad.predicate.value].append(quad.object)
    return dict(described)


def _read(described: Mapping[str, Values], base: str) -> KnowledgeGraph:
    runs = {iri: _maker(values) for iri, values in described.items() if _is_a(values, "Run")}
    articles = {iri: values for iri, values in described.items() if _is_a(values, "Article")}
    entities = {_local(iri): _entity(iri, values) for iri, values in described.items() if _kind(values) in kinds()}
    found: dict[str, list[Statement]] = {iri: [] for iri in articles}
    sentences: dict[str, dict[Span, str]] = {iri: {} for iri in articles}
    for values in described.values():
        if vocab.IR_SUBJECT in values:
            for evidence in values[vocab.IR_EVIDENCE]:
                told = described[evidence.value]
                article = _one(told, vocab.IR_IN_ARTICLE)
                item = _evidence(told, articles[article], runs)
                found[article].append(_statement(values, item))
                sentences[article][item.sentence] = _one(told, vocab.NIF_ANCHOR_OF)
    parts = (
        replace(
            _part(_document(values, sentences[iri]), found[iri], entities, runs.values()),
            text_hash=_one(values, vocab.IR_SHA256),
            text_sketch=_text(values, vocab.IR_TEXT_SKETCH),
        )
        for iri, values in articles.items()
    )
    by_id = {part.document.id: part for part in parts}
    return KnowledgeGraph(MappingProxyType(dict(sorted(by_id.items()))), base)


def _part(
    document: Document, statements: list[Statement], entities: Mapping[str, Entity], runs: Iterable[Maker]
) -> Part:
    named = {name for statement in statements for name in _named(statement)}
    waiting = sorted(named)
    while waiting:
        entity = entities[waiting.pop()]
        referred = {entity.acts_for, entity.broader} - named - {""}
        named |= referred
        waiting.extend(referred)
    return Part(document, frozenset(entities[name] for name in named), frozenset(pool(statements)), frozenset(runs))


def _named(statement: Statement) -> Iterator[str]:
    roles = [statement.subject, statement.object, statement.recipient, statement.of]
    for evidence in statement.evidence:
        roles += [evidence.exact_object, evidence.theme, evidence.place, *evidence.sources]
    return filter(None, roles)


def _statement(values: Values, evidence: Evidence) -> Statement:
    return Statement(
        _name(values, vocab.IR_SUBJECT),
        terms()[_kind(values)].link(vocab.IR_EDGE_PROPERTY),
        _name(values, vocab.IR_OBJECT),
        _name(values, vocab.IR_RECIPIENT),
        _name(values, vocab.IR_OF),
        frozenset({evidence}),
    )


def _evidence(values: Values, article: Values, runs: Mapping[str, Maker]) -> Evidence:
    made_by = _text(values, vocab.PROV_WAS_GENERATED_BY)
    return Evidence(
        document=_one(article, vocab.DCTERMS_IDENTIFIER),
        sentence=_span(values, vocab.NIF_BEGIN_INDEX, vocab.NIF_END_INDEX),
        subject_at=_span(values, vocab.IR_SUBJECT_BEGIN, vocab.IR_SUBJECT_END),
        object_at=_span(values, vocab.IR_OBJECT_BEGIN, vocab.IR_OBJECT_END),
        cue=_span(values, vocab.IR_CUE_BEGIN, vocab.IR_CUE_END),
        polarity=Polarity(_name(values, vocab.IR_POLARITY)),
        modality=Modality(_name(values, vocab.IR_MODALITY)),
        attribution=Attribution(_name(values, vocab.IR_ATTRIBUTION)),
        sources=tuple(sorted(_local(node.value) for node in values.get(vocab.IR_SAID_BY, ()))),
        exact_object=_name(values, vocab.IR_EXACT_OBJECT),
        theme=_name(values, vocab.IR_THEME),
        place=_name(values, vocab.IR_PLACE),
        time=_text(values, vocab.IR_WHEN),
        extractor=_text(values, vocab.IR_EXTRACTOR),
        model=runs[made_by].model if made_by else "",
        band=int(_one(values, vocab.IR_CONFIDENCE)),
        published=_date(article),
        steps=tuple(sorted(_step(node.value) for node in values.get(vocab.IR_RESOLVED_BY, ()))),
    )


def _step(text: str) -> tuple[str, Step]:
    role, _, step = text.partition(": ")
    return role, Step(step)


def _document(values: Values, sentences: Mapping[Span, str]) -> Document:
    """Return an article with its sentences where they stood, and blanks where nothing is known."""
    text = [" "] * max((end for _, end in sentences), default=0)
    for (start, end), sentence in sorted(sentences.items()):
        text[start:end] = sentence
    return Document(
        _one(values, vocab.DCTERMS_IDENTIFIER),
        "".join(text),
        _text(values, vocab.DCTERMS_LANGUAGE),
        _date(values),
        _text(values, vocab.DCTERMS_TITLE),
        _text(values, vocab.SCHEMA_URL),
        _text(values, vocab.DCTERMS_PUBLISHER),
    )


def _entity(iri: str, values: Values) -> Entity:
    local = _local(iri)
    identifiers = {(scheme, _one(values, code)) for code, scheme in _SCHEMES.items() if code in values}
    identifiers |= {("wikidata", _local(node.value)) for node in values.get(vocab.SKOS_EXACT_MATCH, ())}
    identifiers |= {_pair(node.value) for node in values.get(vocab.DCTERMS_IDENTIFIER, ())}
    return Entity(
        local,
        _kind(values),
        _text(values, vocab.IR_KEY),
        frozenset(
            (lang, label.removesuffix(f" ({local})")) for lang, label in _labels(values, vocab.RDFS_LABEL) if lang
        ),
        frozenset(_labels(values, vocab.SKOS_ALT_LABEL)),
        frozenset(identifiers),
        _name(values, vocab.IR_ACTS_FOR),
        _name(values, vocab.SKOS_BROADER),
        vocab.IR_ANONYMOUS in values,
    )


def _maker(values: Values) -> Maker:
    return Maker(
        _text(values, vocab.IR_KG_VERSION), _text(values, vocab.IR_MODEL_HASH), _text(values, vocab.IR_DATA_HASH)
    )


def _labels(values: Values, iri: str) -> Iterator[tuple[str, str]]:
    for value in values.get(iri, ()):
        if isinstance(value, ox.Literal):
            yield value.language or "", value.value


def _pair(text: str) -> tuple[str, str]:
    scheme, _, value = text.partition(":")
    return scheme, value


def _is_a(values: Values, kind: str) -> bool:
    return any(node.value == vocab.IR + kind for node in values.get(vocab.RDF_TYPE, ()))


def _kind(values: Values) -> str:
    """Return the local name of the class of ours that a subject belongs to, or nothing."""
    found = (node.value for node in values.get(vocab.RDF_TYPE, ()) if node.value.startswith(vocab.IR))
    return next(found, "").removeprefix(vocab.IR)


def _text(values: Values, iri: str) -> str:
    return _one(values, iri) if iri in values else ""


def _name(values: Values, iri: str) -> str:
    return _local(_text(values, iri))


def _one(values: Values, iri: str) -> str:
    """Return the value of a property that must be there; of several, the first in order."""
    return min(node.value for node in values[iri])


def _local(iri: str) -> str:
    return iri.removeprefix(vocab.IR).rpartition("/")[2]


def _span(values: Values, begin: str, end: str) -> Span:
    return int(_one(values, begin)), int(_one(values, end))


def _date(values: Values) -> date | None:
    day = _text(values, vocab.DCTERMS_ISSUED)
    return date.fromisoformat(day) if day else None
