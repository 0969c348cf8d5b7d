"""Ready-made queries: their texts, what they are for, and the parameters that they take."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import takewhile
from types import MappingProxyType

import pyoxigraph as ox

from kg import vocab
from kg.errors import DataError
from kg.query import QueryError, Term

_PARAMETER = re.compile(r"# parameter (\w+) \((entity|date)(, optional)?\): (.+)")
_EXAMPLE = re.compile(r"# example: (.+)")

_PLACE = "# values\n"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One variable of a ready query that its user gives a value."""

    name: str
    kind: str
    is_optional: bool
    description: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A query by name: what it answers, what it takes, values to try it with, its SPARQL."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    example: tuple[str, ...]
    sparql: str


@cache
def ready_queries() -> Mapping[str, Ready]:
    """Return the shipped queries by name."""
    folder = files("kg") / "queries"
    found = [file for file in folder.iterdir() if file.name.endswith(".rq")]
    texts = {file.name.removesuffix(".rq"): file.read_text(encoding="utf8") for file in found}
    return MappingProxyType({name: _read(name, texts[name]) for name in sorted(texts)})


def _read(name: str, text: str) -> Ready:
    head = list(takewhile(lambda line: line.startswith("#"), text.splitlines()))
    parameters, example = [], ""
    for number, line in enumerate(head[1:], 2):
        if match := _PARAMETER.fullmatch(line):
            parameters.append(Parameter(match[1], match[2], bool(match[3]), match[4]))
        elif match := _EXAMPLE.fullmatch(line):
            example = match[1]
        else:
            raise DataError(f"kg/queries/{name}.rq:{number}: expected # parameter NAME (entity): what it is")
    return Ready(name, head[0].removeprefix("#").strip(), tuple(parameters), tuple(example.split()), text)


def fill(ready: Ready, values: Mapping[str, str], store: ox.Store) -> str:
    """Return the query with its parameters set; an entity may be given by id or by any of its names."""
    unknown = set(values) - {parameter.name for parameter in ready.parameters}
    missing = {p.name for p in ready.parameters if not p.is_optional} - set(values)
    if unknown or missing:
        takes = ", ".join(f"{p.name} ({p.description})" for p in ready.parameters) or "no parameters"
        raise QueryError(f"{ready.name} takes {takes}; not {', '.join(sorted(unknown | missing)) or 'none'}")
    kinds = {parameter.name: parameter.kind for parameter in ready.parameters}
    terms = {name: _term(kinds[name], value, store) for name, value in values.items()}
    lines = "".join(f"VALUES ?{name} {{ {term} }}\n" for name, term in sorted(terms.items()))
    return ready.sparql.replace(_PLACE, lines)


def _term(kind: str, value: str, store: ox.Store) -> Term:
    if kind == "entity":
        return find_entity(value, store)
    try:
        return ox.Literal(date.fromisoformat(value).isoformat())
    except ValueError as error:
        raise QueryError(f"{value!r} is no day; write it as 2024-10-31") from error


def find_entity(name: str, store: ox.Store) -> ox.NamedNode:
    """Return the entity of that id or name, whatever its case; raises QueryError where there is none, or several."""
    wanted, found = name.casefold(), set()
    for predicate in (vocab.RDFS_LABEL, vocab.SKOS_ALT_LABEL):
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode) and "/id/" in quad.subject.value:
                local = quad.subject.value.rpartition("/")[2]
                if local == name:
                    return quad.subject
                if wanted in (local.casefold(), str(getattr(quad.object, "value", "")).casefold()):
                    found.add(quad.subject)
    if len(found) == 1:
        return found.pop()
    which = ", ".join(sorted(node.value.rpartition("/")[2] for node in found))
    raise QueryError(f"{name!r} may be {which}; give its id" if found else f"{name!r} is not in the graph")
