"""Triples → what OWL 2 DL and Protégé would stumble over, one line each, without Java."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import vocab

_KINDS = {
    vocab.OWL_CLASS: "class",
    vocab.OWL_OBJECT_PROPERTY: "object property",
    vocab.OWL_DATATYPE_PROPERTY: "datatype property",
    vocab.OWL_ANNOTATION_PROPERTY: "annotation property",
    vocab.OWL_NAMED_INDIVIDUAL: "individual",
}
_PROPERTIES = {"object property", "datatype property", "annotation property"}
_BUILT_IN = (vocab.OWL, vocab.RDFS, vocab.RDF)
_XSD_NAMES = (
    "string boolean decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int"
    " short byte unsignedLong unsignedInt unsignedShort unsignedByte double float dateTime dateTimeStamp anyURI"
    " hexBinary base64Binary normalizedString token language Name NCName NMTOKEN"
)
_RDF_NAMES = "langString PlainLiteral XMLLiteral"
_DATATYPES = frozenset(
    [vocab.XSD + name for name in _XSD_NAMES.split()] + [vocab.RDF + name for name in _RDF_NAMES.split()]
)
_PLAIN_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]([A-Za-z0-9_-]+)")
_AXIOM = tuple(vocab.OWL + name for name in ("annotatedSource", "annotatedProperty", "annotatedTarget"))


@dataclass(slots=True)
class _Terms:
    """What the triples declare: kinds of each IRI, and ranges of datatype properties."""

    kinds: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ranges: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def has(self, iri: str, kind: str) -> bool:
        return kind in self.kinds.get(iri, ())


def lint(triples: Sequence[ox.Triple]) -> Iterator[str]:
    """Yield what is wrong, in a fixed order, each fault once."""
    terms = _read_terms(triples)
    found = {fault for rule in _RULES for fault in rule(triples, terms)}
    yield from sorted(found)


def _read_terms(triples: Iterable[ox.Triple]) -> _Terms:
    terms = _Terms()
    for triple in triples:
        subject = _iri(triple.subject)
        if triple.predicate.value == vocab.RDF_TYPE and _iri(triple.object) in _KINDS:
            terms.kinds[subject].append(_KINDS[_iri(triple.object)])
        elif triple.predicate.value == vocab.RDFS_RANGE:
            terms.ranges[subject].add(_iri(triple.object))
    return terms


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


def _one_header(triples: Iterable[ox.Triple], _terms: _Terms) -> Iterator[str]:
    headers = {_iri(t.subject) for t in triples if _iri(t.object) == vocab.OWL_ONTOLOGY}
    if len(headers) != 1:
        yield f"{len(headers)} ontology headers, there must be one: {' '.join(sorted(headers))}"


def _declared_once(triples: Iterable[ox.Triple], terms: _Terms) -> Iterator[str]:
    for iri, kinds in terms.kinds.items():
        if len(_PROPERTIES.intersection(kinds)) > 1 or len(kinds) > len(set(kinds)):
            yield f"<{iri}> is declared as {' and '.join(sorted(kinds))}"
    for triple in triples:
        predicate, kind = triple.predicate.value, _iri(triple.object)
        if not predicate.startswith(_BUILT_IN) and not _PROPERTIES.intersection(terms.kinds.get(predicate, ())):
            yield f"<{predicate}> is used as a property and not declared"
        if predicate == vocab.RDF_TYPE and not kind.startswith(_BUILT_IN) and not terms.has(kind, "class"):
            yield f"<{kind}> is used as a class and not declared"


def _right_values(triples: Iterable[ox.Triple], terms: _Terms) -> Iterator[str]:
    for triple in triples:
        predicate, value = triple.predicate.value, triple.object
        where = f"{triple.subject} <{predicate}> {value}"
        if terms.has(predicate, "object property"):
            if isinstance(value, ox.Literal):
                yield f"a literal on an object property: {where}"
            elif not terms.has(_iri(value), "individual"):
                yield f"{value} is a value of <{predicate}> and not declared as an individual"
            if not terms.has(_iri(triple.subject), "individual"):
                yield f"{triple.subject} has <{predicate}> and is not declared as an individual"
        elif terms.has(predicate, "datatype property"):
            yield from _right_literal(value, terms.ranges.get(predicate, set()), where)


def _right_literal(value: object, ranges: set[str], where: str) -> Iterator[str]:
    if not isinstance(value, ox.Literal):
        yield f"no literal on a datatype property: {where}"
        return
    if value.datatype.value not in _DATATYPES:
        yield f"a datatype that OWL 2 DL does not have: {where}"
    if ranges and value.datatype.value not in ranges:
        yield f"a datatype outside the property's range: {where}"


def _labelled(triples: Iterable[ox.Triple], terms: _Terms) -> Iterator[str]:
    labels = Counter[ox.Literal]()
    named = set()
    for triple in triples:
        if triple.predicate.value == vocab.RDFS_LABEL and isinstance(triple.object, ox.Literal):
            labels[triple.object] += 1
            named.add(_iri(triple.subject))
    yield from (f"{count} things have the label {label}" for label, count in labels.items() if count > 1)
    yield from (f"<{iri}> has no label" for iri in terms.kinds if iri not in named)


def _plain_names(_triples: Iterable[ox.Triple], terms: _Terms) -> Iterator[str]:
    for iri in terms.kinds:
        if not _PLAIN_IRI.fullmatch(iri):
            yield f"<{iri}> does not end in a plain name (A-Z a-z 0-9 _ -)"


def _whole_axioms(triples: Iterable[ox.Triple], _terms: _Terms) -> Iterator[str]:
    parts: dict[object, dict[str, object]] = defaultdict(dict)
    edges = set()
    for triple in triples:
        if triple.predicate.value in _AXIOM or _iri(triple.object) == vocab.OWL + "Axiom":
            parts[triple.subject][triple.predicate.value] = triple.object
        edges.add((triple.subject, triple.predicate, triple.object))
    for node, values in parts.items():
        edge = tuple(values.get(name) for name in _AXIOM)
        if not isinstance(node, ox.BlankNode):
            yield f"{node} annotates an edge and is no blank node"
        if edge not in edges:
            yield f"{node} annotates an edge that is not there: {' '.join(map(str, edge))}"


def _no_reification(triples: Iterable[ox.Triple], _terms: _Terms) -> Iterator[str]:
    for triple in triples:
        if _iri(triple.object) == vocab.RDF + "Statement" or isinstance(triple.object, ox.Triple):
            yield f"{triple.subject} is a statement about a triple; OWL readers drop it"


_RULES: tuple[Callable[[Sequence[ox.Triple], _Terms], Iterator[str]], ...] = (
    _one_header,
    _declared_once,
    _right_values,
    _labelled,
    _plain_names,
    _whole_axioms,
    _no_reification,
)
