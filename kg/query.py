"""A graph and a SPARQL query → its answer, within a time limit and without leaving the graph."""

import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import prefixes

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


def query(store: ox.Store, sparql: str, *, limit: float = LIMIT) -> Answer:
    """Answer a query; the prefixes of the Turtle file need not be declared. Raises QueryError."""
    return evaluate(store, sparql, _collect, limit=limit)


def evaluate(store: ox.Store, sparql: str, use: Callable[[Results], T], *, limit: float = LIMIT) -> T:
    """Return what ``use`` makes of the results, both within the limit; a query that goes on is left to itself."""
    refuse_service(sparql)
    names, is_union = dict(prefixes()), not has_word(sparql, "from")
    outcome: list[T] = []
    faults: list[str] = []  # messages, not exceptions: those would carry the results out of their thread

    def work() -> None:
        try:
            outcome.append(use(store.query(sparql, prefixes=names, use_default_graph_as_union=is_union)))
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
