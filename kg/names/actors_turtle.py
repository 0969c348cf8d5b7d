"""A user's actors in Turtle, in the words of ``ontologies/actors.ttl`` → the actors.

``ir:actsFor`` says whom an actor acts for; when, and in which office, says an ``ir:HoldingOffice`` with ``ir:subject``,
``ir:object`` (the office), ``ir:of`` and ``ir:when`` (EDTF: ``2022-12/2024-08``, ``2024-09/..``), as in a graph of kg.
The last part of an IRI is the id.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import vocab
from kg.errors import DataError
from kg.names.actors import Actor, Service
from kg.ontology import kinds

Node = ox.NamedNode | ox.BlankNode
Values = Mapping[str, list[Node | ox.Literal]]
_NAMES = (vocab.RDFS_LABEL, vocab.SKOS_ALT_LABEL)
_HIDDEN = vocab.SKOS + "hiddenLabel"
_OPEN = ("", "..")


def parse_actors(path: Path, text: str) -> Iterator[Actor]:
    """Yield the actors in the order of their first lines; other subjects, such as declarations, are passed over."""
    described: dict[Node, dict[str, list[Node | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    parser = ox.parse(input=text.encode("utf8"), format=ox.RdfFormat.TURTLE)
    try:
        for quad in parser:
            if isinstance(quad.subject, Node) and isinstance(quad.object, Node | ox.Literal):
                described[quad.subject][quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        raise DataError(f"{path}:{error.lineno}: {error.msg}") from error
    services: dict[str, list[Service]] = defaultdict(list)
    holders: dict[str, str] = {}
    offices = [node for node, values in described.items() if vocab.IR_HOLDING_OFFICE_CLASS in _types(values)]
    for number, node in enumerate(offices):
        where, values = _where(path, text, node, parser.prefixes, number), described[node]
        holder = _local(_one(values, vocab.IR_SUBJECT, where))
        services[holder].append(_service(values, where))
        holders.setdefault(holder, where)
    for node, values in described.items():
        where = _where(path, text, node, parser.prefixes)
        if isinstance(node, ox.NamedNode) and _is_actor(values, where):
            yield _actor(where, _local(node), values, services.pop(_local(node), []))
    for person in services:
        raise DataError(
            f"{holders[person]}: {person} holds an office, and nothing else is said of {person}; give it a label"
        )


def _is_actor(values: Values, where: str) -> bool:
    types = _types(values)
    own = {iri for iri in types if iri.startswith(vocab.IR) and iri != vocab.IR_HOLDING_OFFICE_CLASS}
    for iri in own:
        if iri.removeprefix(vocab.IR) not in kinds():
            raise DataError(f"{where}: ir:{iri.removeprefix(vocab.IR)} is no kind of thing in ir.ttl")
    return bool(own) or (not types and any(iri in values for iri in (*_NAMES, _HIDDEN, vocab.IR_ACTS_FOR)))


def _actor(where: str, local: str, values: Values, services: list[Service]) -> Actor:
    own = [iri.removeprefix(vocab.IR) for iri in _types(values) if iri.startswith(vocab.IR)]
    plain = [Service(_local(node)) for node in values.get(vocab.IR_ACTS_FOR, ())]
    served = {service.acts_for for service in services}
    return Actor(
        where,
        local,
        own[0] if own else "",
        _texts(values, _NAMES, where),
        _texts(values, (_HIDDEN,), where),
        (*services, *(service for service in plain if service.acts_for not in served)),
        state=next((_local(node) for node in values.get(vocab.IR + "located_in", ())), ""),
        identifiers=frozenset(("wikidata", _local(node)) for node in values.get(vocab.SKOS_EXACT_MATCH, ())),
    )


def _service(values: Values, where: str) -> Service:
    office = _local(values[vocab.IR_OBJECT][0]) if vocab.IR_OBJECT in values else ""
    when = values[vocab.IR_WHEN][0].value if vocab.IR_WHEN in values else ""
    start, is_interval, end = when.partition("/")
    bounds = ["" if bound in _OPEN else bound for bound in (start, end if is_interval else start)]
    return Service(_local(_one(values, vocab.IR_OF, where)), office, *bounds)


def _texts(values: Values, iris: tuple[str, ...], where: str) -> dict[str, tuple[str, ...]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for literal in (value for iri in iris for value in values.get(iri, ())):
        if not isinstance(literal, ox.Literal) or not literal.language:
            raise DataError(f'{where}: {literal} needs its language ("…"@en)')
        texts[literal.language].append(literal.value)
    return {lang: tuple(found) for lang, found in texts.items()}


def _types(values: Values) -> list[str]:
    return [node.value for node in values.get(vocab.RDF_TYPE, ())]


def _one(values: Values, iri: str, where: str) -> Node | ox.Literal:
    if iri not in values:
        raise DataError(f"{where}: ir:HoldingOffice needs ir:{iri.removeprefix(vocab.IR)}")
    return values[iri][0]


def _local(node: Node | ox.Literal) -> str:
    return re.split(r"[/#:]", node.value)[-1]


def _where(path: Path, text: str, node: Node, prefixes: Mapping[str, str], number: int = 0) -> str:
    """Return file and line on which a subject is first written; the office of this number, where it is a blank one."""
    iri = node.value if isinstance(node, ox.NamedNode) else vocab.IR_HOLDING_OFFICE_CLASS
    written = [f"<{iri}>"]
    written += [f"{name}:{iri.removeprefix(space)}" for name, space in prefixes.items() if iri.startswith(space)]
    pattern = re.compile("|".join(rf"(?<![\w:-]){re.escape(each)}(?![\w-])" for each in written))
    lines = [(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if not line.strip().startswith("#")]
    found = [at for at, line in lines if pattern.match(line)] or [at for at, line in lines if pattern.search(line)]
    return f"{path}:{found[min(number, len(found) - 1)]}" if found else str(path)
