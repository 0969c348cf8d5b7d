"""The ready queries → one Markdown page: what each is for, what it takes, its SPARQL, and its answer on a graph."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.answer import tabulate
from kg.query import query
from kg.ready import Ready, fill, ready_queries
from kg.reference import environment

_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Answered:
    """A ready query with what it answered to the values of its example."""

    ready: Ready
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def render_queries(store: ox.Store) -> str:
    """Return the page; the same graph gives the same bytes."""
    return environment().get_template("queries.md.j2").render(answers=list(_answer_all(store)))


def _answer_all(store: ox.Store) -> Iterator[Answered]:
    for ready in ready_queries().values():
        values = dict(zip((parameter.name for parameter in ready.parameters), ready.example, strict=False))
        answer = query(store, fill(ready, values, store))
        rows = [tuple(map(_in_cell, row)) for row in tabulate(answer, store, _LANGUAGE)]
        yield Answered(ready, answer.columns, rows)


def _in_cell(text: str) -> str:
    """Return text that stays in its cell and means nothing to Markdown."""
    return "".join(f"\\{character}" if character in r"\|*_<>[]`#&" else character for character in text.strip())
