"""The ontology → one HTML page: every term with its place, its words in each language, its codes and its links."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import vocab
from kg.answer import shorten
from kg.ontology import Labels, kinds, predicates, triples
from kg.reference import environment

_TEXTS = (vocab.RDFS_LABEL, vocab.SKOS_DEFINITION, vocab.SKOS_EXAMPLE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the page shows it: its short name, its texts by language, and the rest as short names or values."""

    name: str
    labels: Labels
    definitions: Labels
    examples: Labels
    facts: Mapping[str, tuple[str, ...]]

    @property
    def anchor(self) -> str:
        """Return the part of the term's IRI after ``#``; for a term of others, what no term of ours has."""
        return self.name.removeprefix("ir:").replace(":", "-")


def render_ontology() -> str:
    """Return the page; the same ontology gives the same bytes."""
    entries = {entry.name: entry for entry in _read_entries()}
    narrower: dict[str, list[str]] = defaultdict(list)
    for entry in entries.values():
        for broader in entry.facts.get(shorten(vocab.RDFS_SUB_CLASS_OF), ()):
            narrower[broader].append(entry.name)
    groups: dict[str, list[Entry]] = defaultdict(list)
    events = set(_below(shorten(vocab.IR_STATEMENT_CLASS), narrower))
    for entry in entries.values():
        groups[_group(entry, events)].append(entry)
    page = environment().get_template("ontology.html.j2")
    return page.render(header=_read_header(), entries=entries, groups=groups, narrower=narrower)


def _read_entries() -> Iterator[Entry]:
    """Yield the terms in the order of the file; the asserted edges are all alike, and only their parent is a term here."""
    told: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples():
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value != vocab.ONTOLOGY:
            told[triple.subject.value].append(triple)
    twins = {vocab.ASSERTED + name for name in predicates()}
    for iri, rows in told.items():
        if iri not in twins:
            labels, definitions, examples = (_by_language(rows, text) for text in _TEXTS)
            yield Entry(shorten(iri), labels, definitions, examples, _facts(rows))


def _read_header() -> Mapping[str, list[ox.Literal | ox.NamedNode]]:
    header: dict[str, list[ox.Literal | ox.NamedNode]] = defaultdict(list)
    for triple in triples():
        if triple.subject == ox.NamedNode(vocab.ONTOLOGY) and isinstance(triple.object, ox.Literal | ox.NamedNode):
            header[shorten(triple.predicate.value)].append(triple.object)
    return header


def _by_language(rows: Iterable[ox.Triple], iri: str) -> Labels:
    found = (row.object for row in rows if row.predicate.value == iri and isinstance(row.object, ox.Literal))
    return {literal.language or "": literal.value for literal in found}


def _facts(rows: Iterable[ox.Triple]) -> Mapping[str, tuple[str, ...]]:
    facts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.predicate.value not in _TEXTS and isinstance(row.object, ox.Literal | ox.NamedNode):
            value = row.object.value
            facts[shorten(row.predicate.value)].append(value if isinstance(row.object, ox.Literal) else shorten(value))
    return {name: tuple(values) for name, values in facts.items()}


def _below(name: str, narrower: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield a class and all classes below it."""
    yield name
    for each in narrower.get(name, ()):
        yield from _below(each, narrower)


def _group(entry: Entry, events: set[str]) -> str:
    """Return the section of the page in which an entry stands."""
    name, types = entry.name.removeprefix("ir:"), entry.facts.get(shorten(vocab.RDF_TYPE), ())
    if shorten(vocab.RDFS_IS_DEFINED_BY) in entry.facts:
        return "borrowed"
    if name in kinds():
        return "kinds"
    if entry.name in events:
        return "events"
    if name in predicates():
        return "predicates"
    return types[0]
