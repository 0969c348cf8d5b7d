"""A graph → a remote store, by the SPARQL 1.1 Graph Store Protocol."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.errors import StoreError
from kg.export.trig import graph_name
from kg.graph import KnowledgeGraph
from kg.rdf import quads

_SECONDS = 60


def load_into(graph: KnowledgeGraph, url: str) -> tuple[str, ...]:
    """Replace the graphs of ours in a remote store, and return their names; what else it holds stays.

    ``url`` is where the store speaks the Graph Store Protocol. Each article's evidence goes into the article's graph,
    the rest into the graph named like the file's header. Raises StoreError.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise StoreError(f"{url}: a store is reached by http or https")
    return tuple(_put(url, name, content) for name, content in _graphs(graph))


def _graphs(graph: KnowledgeGraph) -> Iterator[tuple[str, bytes]]:
    ordered = sorted(quads(graph), key=graph_name)
    for name, inside in groupby(ordered, key=graph_name):
        triples = (quad.triple for quad in inside)
        yield name or f"{graph.base}graph", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _put(url: str, name: str, content: bytes) -> str:
    separator = "&" if urlsplit(url).query else "?"
    request = urllib.request.Request(  # noqa: S310 - the caller has seen to the scheme
        f"{url}{separator}graph={quote(name, safe='')}",
        data=content,
        headers={"Content-Type": "application/n-triples"},
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
            return name
    except urllib.error.HTTPError as error:
        raise StoreError(f"{url}: the store refused {name}: {error.code} {error.reason}") from error
    except OSError as error:
        raise StoreError(f"{url}: the store cannot be reached: {error}") from error
