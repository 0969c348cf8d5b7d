"""A graph read back from its file is the graph, but for the texts between the sentences."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.export import find_exporter
from kg.graph import KnowledgeGraph
from kg.merge import merge
from kg.store import read_graph
from kg.values import Step

FILES = [("turtle", "ttl"), ("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld"), ("rdfxml", "rdf")]


@pytest.mark.parametrize(("name", "suffix"), FILES)
def test_statements_and_entities_come_back(name: str, suffix: str, example: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{suffix}"
    find_exporter(name)(example, path)
    read = read_graph(path)
    assert read.statements == example.statements
    assert read.entities == example.entities
    assert (read.makers, read.base) == (example.makers, example.base)


def test_sentences_stand_where_they_stood(example: KnowledgeGraph, tmp_path: Path) -> None:
    find_exporter("turtle")(example, tmp_path / "graph.ttl")
    read = read_graph(tmp_path / "graph.ttl")
    for statement in example.statements:
        for evidence in statement.evidence:
            start, end = evidence.sentence
            assert read.documents["example"].text[start:end] == example.documents["example"].text[start:end]


@pytest.mark.parametrize("name", ["turtle", "nquads", "jsonl", "graphml", "gexf"])
def test_an_export_of_a_file_is_the_export_of_its_graph(name: str, example: KnowledgeGraph, tmp_path: Path) -> None:
    find_exporter("turtle")(example, tmp_path / "graph.ttl")
    find_exporter(name)(example, tmp_path / "one")
    find_exporter(name)(read_graph(tmp_path / "graph.ttl"), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_two_documents_and_a_base_of_ones_own_come_back(article: Any, tmp_path: Path) -> None:
    again = replace(article.document, id="https://example.org/again", published=None)
    graph = merge(
        [(article.document, article.claims), (again, article.claims[:1])], model="m", base="https://example.org/kg/"
    )
    find_exporter("turtle")(graph, tmp_path / "graph.ttl")
    read = read_graph(tmp_path / "graph.ttl")
    assert read.statements == graph.statements
    assert read.base == "https://example.org/kg/"
    assert list(read.documents) == ["example", "https://example.org/again"]


def test_how_names_were_found_comes_back(article: Any, tmp_path: Path) -> None:
    steps = (("source", Step.OFFICE), ("subject", Step.FORM), ("object", Step.SURNAME))
    graph = merge([(article.document, [replace(article.claims[0], steps=steps)])], model="m")
    find_exporter("turtle")(graph, tmp_path / "graph.ttl")
    (statement,) = read_graph(tmp_path / "graph.ttl").statements
    (evidence,) = statement.evidence
    assert (statement.subject, evidence.steps) == (
        "IRN", (("object", Step.FORM), ("source", Step.OFFICE), ("subject", Step.SURNAME)),
    )  # fmt: skip
    assert not evidence.is_sure


@pytest.mark.parametrize("content", ["", "<https://example.org/a> a <https://example.org/b> ."])
def test_a_file_that_is_no_graph_of_ours_says_so(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(content, encoding="utf8")
    with pytest.raises(InputError, match="not a graph that kg wrote"):
        read_graph(tmp_path / "x.ttl")
