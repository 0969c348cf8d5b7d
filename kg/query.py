"""A graph and a SPARQL query → its answer, within a time limit and without leaving the graph."""

import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import KgError
from kg.store import graph_prefixes
from kg.terms import convert

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
T = TypeVar("T")

LIMIT = 30.0
"""Seconds that a query may take unless its user says otherwise."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPAQUE = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}.*?(?<!\\)(?:\\\\)*\"{3}|'{3}.*?(?<!\\)(?:\\\\)*'{3}"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|\#[^\n\r]*"""
    r"""|[?$]\w+|(?:[^\W\d_][\w.-]*)?:[\w:%.-]*""",
    re.DOTALL,
)


class QueryError(KgError):
    """A query cannot be answered: it is not SPARQL, takes too long, or reaches outside the graph."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query; ASK gives one row with true or false, CONSTRUCT and DESCRIBE a row a triple."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def query(store: ox.Store, sparql: str, *, limit: float = LIMIT, engine: str = "oxigraph") -> Answer:
    """Answer a query; the prefixes of the Turtle file need not be declared. Raises QueryError."""
    return evaluate(store, sparql, _collect, limit=limit, engine=engine)


def evaluate(
    store: ox.Store, sparql: str, use: Callable[[Results], T], *, limit: float = LIMIT, engine: str = "oxigraph"
) -> T:
    """Return what ``use`` makes of the results, both within the limit; a query that goes on is left to itself."""
    refuse_service(sparql)
    ask = ENGINES[engine]
    outcome: list[T] = []
    faults: list[str] = []  # messages, not exceptions: those would carry the results out of their thread

    def work() -> None:
        try:
            outcome.append(use(ask(store, sparql)))
        except (SyntaxError, OSError, ValueError, RuntimeError) as error:
            faults.append(str(error))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(limit)
    if faults:
        raise QueryError(f"the query cannot be answered: {faults[0]}")
    if not outcome:
        raise QueryError(f"the query took longer than {limit:g} s; narrow it, or give it more time")
    return outcome[0]


def _ask_oxigraph(store: ox.Store, sparql: str) -> Results:
    is_union = not has_word(sparql, "from")
    return store.query(sparql, prefixes=graph_prefixes(store), use_default_graph_as_union=is_union)


def _ask_rdflib(store: ox.Store, sparql: str) -> Results:
    """Answer by rdflib, much slower; oxigraph reads the query first, so that both take the same language."""
    if has_word(sparql, "from") or has_word(sparql, "graph"):
        raise ValueError("rdflib is given one graph, and would fetch others: ask it without FROM and GRAPH")
    names = graph_prefixes(store)
    ox.Store().query(sparql, prefixes=names)
    result = convert(quad.triple for quad in store).query(sparql, initNs=names)
    if result.graph is None:  # no name for the rows: rdflib's own exceptions keep this frame beyond its thread
        return ox.parse_query_results(result.serialize(format="json") or b"", format=ox.QueryResultsFormat.JSON)
    triples = ox.Store()
    triples.load(result.graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return triples.query("CONSTRUCT WHERE { ?s ?p ?o }")


ENGINES: Mapping[str, Callable[[ox.Store, str], Results]] = MappingProxyType(
    {"oxigraph": _ask_oxigraph, "rdflib": _ask_rdflib}
)
"""What can answer a query, by name."""


def refuse_service(sparql: str) -> None:
    """Raise QueryError for a query that would ask another host."""
    if has_word(sparql, "service"):
        raise QueryError("SERVICE would ask another host; kg answers from the graph alone")


def has_word(sparql: str, keyword: str) -> bool:
    """Say whether a keyword stands in a query outside of texts, names and comments; escapes mean their characters."""
    meant = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), sys.maxunicode)), sparql)
    return bool(re.search(rf"(?<!\w){keyword}(?!\w)", _OPAQUE.sub(" ", meant), re.IGNORECASE))


def _collect(results: Results) -> Answer:
    if isinstance(results, ox.QueryBoolean):
        return Answer(("answer",), ((ox.Literal(bool(results)),),))
    if isinstance(results, ox.QueryTriples):
        return Answer(("subject", "predicate", "object"), tuple(tuple(triple) for triple in results))
    return Answer(tuple(variable.value for variable in results.variables), tuple(tuple(row) for row in results))
