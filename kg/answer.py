"""The answer of a query → a table for people, with labels for IRIs, or a file for programs."""

import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rich.table import Table
from rich.text import Text

from kg import vocab
from kg.query import Answer, Results, Term
from kg.rdf import prefixes

FORMS = ("table", "csv", "tsv", "json", "xml", "ttl")

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


def serialize(results: Results, form: str) -> bytes:
    """Return results in one of the W3C's formats: rows as csv, tsv, json or xml, triples as ttl. Raises ValueError."""
    if isinstance(results, ox.QueryTriples):
        if form != "ttl":
            raise ValueError(f"triples come as ttl, not as {form}; ask with SELECT for rows")
        return ox.serialize(results, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes())) or b""
    if form not in _RESULTS:
        raise ValueError(f"rows come as {', '.join(_RESULTS)}, not as {form}; ask with CONSTRUCT for triples")
    return results.serialize(format=_RESULTS[form]) or b""


def tabulate(answer: Answer, store: ox.Store, lang: str) -> list[tuple[str, ...]]:
    """Return the rows of an answer as text, things by their labels in one language."""
    nodes = {value for row in answer.rows for value in row if isinstance(value, ox.NamedNode)}
    labels = {node: _label(node, store, lang) for node in nodes}
    return [tuple(_cell(value, labels) for value in row) for row in answer.rows]


def _label(node: ox.NamedNode, store: ox.Store, lang: str) -> str:
    """Return the label in the language, else in English, else in any, else the short name."""
    found = {
        quad.object.language or "": quad.object.value
        for quad in store.quads_for_pattern(node, ox.NamedNode(vocab.RDFS_LABEL), None, None)
        if isinstance(quad.object, ox.Literal)
    }
    return found.get(lang) or found.get("en") or next((found[key] for key in sorted(found)), shorten(node.value))


def shorten(iri: str) -> str:
    """Return an IRI with its prefix, as in Turtle, where it has one."""
    for prefix, namespace in vocab.PREFIXES:
        local = iri.removeprefix(namespace)
        if local != iri and not {"/", "#"} & set(local):
            return f"{prefix}:{local}"
    return iri


def _cell(value: Term | None, labels: Mapping[ox.NamedNode, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, ox.NamedNode):
        return _printable(labels[value])
    return _printable(value.value if isinstance(value, ox.Literal | ox.BlankNode) else str(value))


def _printable(text: str) -> str:
    """Return text on one line; what could steer a terminal or turn the direction of its text is shown as an escape."""
    return "".join(
        character if character.isprintable() else " " if character.isspace() else json.dumps(character)[1:-1]
        for character in text
    )


def render_rows(answer: Answer, rows: Iterable[tuple[str, ...]]) -> Table:
    """Return rows as a table that fits the terminal."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in answer.columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
