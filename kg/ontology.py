"""``ontologies/ir.ttl`` → predicates, kinds of things and labels; the rest of kg asks here, never the file."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg import vocab
from kg.errors import OntologyError

Labels = Mapping[str, str]
"""Language → text."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One of the 40 relations: its event class, what it takes, its codes, and its words in each language."""

    name: str
    event_class: str
    symmetric: bool
    subject_kinds: tuple[str, ...]
    object_kinds: tuple[str, ...]
    plover_event: str
    plover_mode: str
    cameo: str
    balance: int
    """From −2 (conflict in deeds) to 2 (cooperation in deeds)."""
    labels: Labels
    definitions: Labels
    examples: Labels


@dataclass(frozen=True, slots=True)
class Term:
    """Everything that the ontology says of one subject: local names of IRIs and texts by language, by property."""

    links: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Labels]

    def link(self, iri: str) -> str:
        """Return the first value of a property, or nothing."""
        values = self.links.get(iri, ())
        return values[0] if values else ""

    def text(self, iri: str) -> Labels:
        """Return the values of a property by language; a plain literal has the language ''."""
        return self.texts.get(iri, {})


def find_ontology(name: str) -> Path:
    """Return the path of a shipped ontology file: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("kg")))
    for folder in (package / "ontologies", package.parent / "ontologies"):
        if (folder / name).is_file():
            return folder / name
    raise OntologyError(f"{package / 'ontologies' / name}: the file is missing; install kg again")


@cache
def triples() -> tuple[ox.Triple, ...]:
    """Return the ontology as triples, sorted as the file has them."""
    path = find_ontology("ir.ttl")
    try:
        quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(f"{path}: {error}") from error
    return tuple(quad.triple for quad in quads)


@cache
def terms() -> Mapping[str, Term]:
    """Return what the ontology says of each of its own terms, by local name (``supplies``, ``State``)."""
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for triple in triples():
        if not isinstance(triple.subject, ox.NamedNode) or not triple.subject.value.startswith(vocab.IR):
            continue
        name, value = triple.subject.value.removeprefix(vocab.IR), triple.object
        if isinstance(value, ox.Literal):
            texts[name][triple.predicate.value][value.language or ""] = value.value
        elif isinstance(value, ox.NamedNode):
            links[name][triple.predicate.value].append(value.value.removeprefix(vocab.IR))
    return MappingProxyType(
        {
            name: Term(
                {iri: tuple(values) for iri, values in links[name].items()},
                {iri: MappingProxyType(by_lang) for iri, by_lang in texts[name].items()},
            )
            for name in sorted(links)
        }
    )


@cache
def predicates() -> Mapping[str, Predicate]:
    """Return the predicates by name, in the order of their names."""
    return MappingProxyType(
        {name: _read_predicate(name, term) for name, term in terms().items() if vocab.IR_EVENT_CLASS in term.links}
    )


def _read_predicate(name: str, term: Term) -> Predicate:
    event_class = term.link(vocab.IR_EVENT_CLASS)
    if terms()[event_class].link(vocab.IR_EDGE_PROPERTY) != name:
        raise OntologyError(f"{find_ontology('ir.ttl')}: ir:{event_class} and ir:{name} do not name each other")
    balances = (terms()[kind].text(vocab.IR_BALANCE).get("", "") for kind in _ancestors(event_class))
    return Predicate(
        name=name,
        event_class=event_class,
        symmetric=vocab.OWL_SYMMETRIC_PROPERTY in term.links[vocab.RDF_TYPE],
        subject_kinds=term.links[vocab.IR_SUBJECT_KIND],
        object_kinds=term.links[vocab.IR_OBJECT_KIND],
        plover_event=term.text(vocab.IR_PLOVER).get("", ""),
        plover_mode=term.text(vocab.IR_PLOVER_MODE).get("", ""),
        cameo=term.text(vocab.IR_CAMEO).get("", ""),
        balance=next((int(balance) for balance in balances if balance), 0),
        labels=term.text(vocab.RDFS_LABEL),
        definitions=term.text(vocab.SKOS_DEFINITION),
        examples=term.text(vocab.SKOS_EXAMPLE),
    )


def _ancestors(name: str) -> Iterator[str]:
    """Yield a class and every class of the ontology above it, nearest first."""
    seen: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop(0)
        if current in terms() and current not in seen:
            seen[current] = None
            waiting.extend(terms()[current].links.get(vocab.RDFS_SUB_CLASS_OF, ()))
    yield from seen


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """Return every kind of thing with itself and all kinds above it, nearest first."""
    lines = {name: tuple(_ancestors(name)) for name in terms()}
    return MappingProxyType({name: line for name, line in lines.items() if line[-1] == vocab.ROOT_KIND})


@cache
def umbrellas() -> frozenset[str]:
    """Return the ids of things too general for two statements about their kinds to be about the same."""
    return frozenset(
        triple.object.value
        for triple in triples()
        if triple.predicate.value == vocab.IR_UMBRELLA and isinstance(triple.object, ox.Literal)
    )


def is_kind(kind: str, ancestor: str) -> bool:
    """Say whether a kind is another kind or lies below it; an unknown kind is only itself."""
    return ancestor in kinds().get(kind, (kind,))


def depth(kind: str) -> int:
    """Return how many kinds lie above a kind: of two, the deeper says more."""
    return len(kinds().get(kind, ()))


def fits(predicate: str, subject_kind: str, object_kind: str) -> bool:
    """Say whether a predicate takes a subject and an object of these kinds."""
    entry = predicates()[predicate]
    takes_subject = any(is_kind(subject_kind, kind) for kind in entry.subject_kinds)
    return takes_subject and any(is_kind(object_kind, kind) for kind in entry.object_kinds)


@cache
def label(name: str, lang: str) -> str:
    """Return the label of a term of the ontology, in English where the language has none."""
    labels = terms()[name].text(vocab.RDFS_LABEL)
    return labels.get(lang) or labels.get("en") or name


def languages() -> tuple[str, ...]:
    """Return the languages in which every term has a label."""
    return tuple(sorted(terms()[vocab.ROOT_KIND].text(vocab.RDFS_LABEL)))


def render_vocab() -> str:
    """Return the source of kg/vocab.py, made from the prefixes and terms of the ontology file."""
    parser = ox.parse(path=str(find_ontology("ir.ttl")), format=ox.RdfFormat.TURTLE)
    found = {node.value for quad in parser for node in (quad.subject, quad.predicate, quad.object) if _is_iri(node)}
    prefixes = dict(sorted(parser.prefixes.items()))
    own = prefixes["ir"]
    edges = {
        quad.subject.value
        for quad in ox.parse(path=str(find_ontology("ir.ttl")), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == own + "eventClass"
    }
    constants: dict[str, tuple[str, str]] = {}
    for prefix, namespace in prefixes.items():
        for iri in sorted(found - edges):
            local = iri.removeprefix(namespace)
            if prefix not in ("asserted", "base") and iri.startswith(namespace) and re.fullmatch(r"\w+", local):
                constants[_constant(prefix, local)] = (prefix, local)
    return "".join(_vocab_lines(prefixes, constants.items()))


def _is_iri(node: object) -> bool:
    return isinstance(node, ox.NamedNode)


def _constant(prefix: str, local: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local)
    kind = "_CLASS" if local[0].isupper() and prefix == "ir" else ""
    return f"{prefix}_{words}{kind}".upper()


def _vocab_lines(prefixes: Mapping[str, str], constants: Iterable[tuple[str, tuple[str, str]]]) -> Iterator[str]:
    yield '"""The IRIs that the program knows. Generated from ontologies/ir.ttl by kg.ontology.render_vocab."""\n\n'
    for prefix, namespace in prefixes.items():
        yield f'{prefix.upper()} = "{namespace}"\n'
    yield f'\nONTOLOGY = "{prefixes["ir"].rstrip("#")}"\nROOT_KIND = "Entity"\n\nPREFIXES = (\n'
    for prefix in prefixes:
        yield f'    ("{prefix}", {prefix.upper()}),\n'
    yield ")\n\n"
    for name, (prefix, local) in sorted(constants):
        yield f'{name} = {prefix.upper()} + "{local}"\n'
