"""How long a million triples take: to write, to load, to ask; rdflib stands beside it in the same run."""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
import rdflib

from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph
from kg.query import query
from kg.rdf import prefixes
from kg.ready import fill, ready_queries
from kg.store import open_graph

T = TypeVar("T")

STATEMENTS = 21_000
"""What makes a little more than a million triples."""


def timed(name: str, work: Callable[[], T]) -> tuple[T, float]:
    begin = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - begin
    print(f"{name}: {seconds:.3f} s")
    return result, seconds


@pytest.mark.benchmark
def test_a_million_triples_are_written_loaded_and_asked_in_time(
    generated: Callable[[int], KnowledgeGraph], tmp_path: Path
) -> None:
    graph, _ = timed("merge", lambda: generated(STATEMENTS))
    path = tmp_path / "graph.ttl"
    _, written = timed("write Turtle", lambda: write_turtle(graph, path))
    store, loaded = timed("load", lambda: open_graph(path))
    dyad = fill(ready_queries()["dyad"], {"a": "S1", "b": "S2"}, store)
    query(store, dyad)
    _, asked = timed("dyad query, warm", lambda: query(store, dyad))
    print(f"triples: {len(store)}, memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes())
    other, _ = timed("load with rdflib", lambda: rdflib.Graph().parse(path))
    timed("dyad query with rdflib", lambda: list(other.query(head + dyad)))
    assert len(store) > 1_000_000
    assert (written < 10, loaded < 10, asked < 0.05) == (True, True, True)
