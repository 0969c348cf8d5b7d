"""A graph → two tables, entities and statements, in a folder."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.export.network import to_networkx
from kg.graph import KnowledgeGraph

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` into a folder, which is made if it is missing."""
    path.mkdir(parents=True, exist_ok=True)
    network = to_networkx(graph)
    nodes = [{"id": node} | data for node, data in network.nodes(data=True)]
    edges = [
        {"id": key, "source": source, "target": target} | data
        for source, target, key, data in network.edges(keys=True, data=True)
    ]
    _write(path / "nodes.csv", nodes, ("id", "label", "kind"))
    _write(path / "edges.csv", edges, ("id", "source", "target", "label", "predicate"))


def _write(path: Path, rows: Sequence[dict[str, object]], first: tuple[str, ...]) -> None:
    columns = [*first, *sorted({column for row in rows for column in row} - set(first))]
    with path.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(_cells(row, columns) for row in rows)


def _cells(row: dict[str, object], columns: Iterable[str]) -> Iterator[object]:
    """Yield the cells of a row; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    for column in columns:
        value = row.get(column, "")
        yield f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
