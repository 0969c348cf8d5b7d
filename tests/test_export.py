"""Every export reads back as the same graph."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg import vocab
from kg.errors import PluginError
from kg.export import find_exporter, formats
from kg.graph import KnowledgeGraph
from kg.rdf import quads, triples

RDF = {
    "turtle": ("turtle", ox.RdfFormat.TURTLE),
    "nquads": ("nquads", ox.RdfFormat.N_QUADS),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
    "rdfxml": ("xml", ox.RdfFormat.RDF_XML),
}


@pytest.fixture
def write(example: KnowledgeGraph, tmp_path: Path) -> Callable[[str], Path]:
    def write_one(name: str) -> Path:
        find_exporter(name)(example, tmp_path / name)
        return tmp_path / name

    return write_one


def test_every_promised_format_is_found() -> None:
    assert {*RDF, "turtle12", "graphml", "gexf", "csv", "jsonl", "html"} <= set(formats())


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(PluginError, match="there are csv, "):
        find_exporter("docx")


@pytest.mark.parametrize("name", RDF)
def test_oxigraph_reads_back_the_same_triples(name: str, write: Callable[[str], Path], example: KnowledgeGraph) -> None:
    read = ox.parse(path=str(write(name)), format=RDF[name][1])
    assert {quad.triple for quad in read} == set(triples(example))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own parsers use what rdflib deprecates
@pytest.mark.parametrize("name", RDF)
def test_rdflib_reads_back_the_same_graph(name: str, write: Callable[[str], Path], example: KnowledgeGraph) -> None:
    read = rdflib.Dataset()
    read.parse(data=write(name).read_bytes(), format=RDF[name][0])
    merged = rdflib.Graph()
    for subject, predicate, object_, _ in read.quads():
        merged.add((subject, predicate, object_))
    assert isomorphic(merged, example.to_rdflib())


@pytest.mark.parametrize("name", ["nquads", "trig", "jsonld"])
def test_formats_with_named_graphs_keep_each_article_apart(
    name: str, write: Callable[[str], Path], example: KnowledgeGraph
) -> None:
    read = set(ox.parse(path=str(write(name)), format=RDF[name][1]))
    assert read == set(quads(example))


@pytest.mark.parametrize(("name", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_read_back_with_parallel_edges_and_attributes(
    name: str, reader: Callable[[Path], nx.MultiDiGraph], write: Callable[[str], Path], example: KnowledgeGraph
) -> None:
    read, network = nx.MultiDiGraph(reader(write(name))), example.to_networkx()
    assert set(read.nodes) == set(network.nodes)
    assert read.number_of_edges() == network.number_of_edges() == len(example.statements)
    assert sorted(map(_told, read.nodes(data=True))) == sorted(map(_told, network.nodes(data=True)))
    edges, expected = (sorted(map(_told, each.edges(data=True))) for each in (read, network))
    assert edges == expected


def _told(item: tuple[Any, ...]) -> tuple[str, ...]:
    """Return a node or an edge with its attributes in order, without the id that a format gives to edges."""
    *ends, data = item
    attributes = {key: value for key, value in data.items() if key != "id" and value != ""}
    return (*ends, *(f"{key}={value}" for key, value in sorted(attributes.items())))


def test_tables_have_a_row_an_entity_and_a_row_a_statement(
    write: Callable[[str], Path], example: KnowledgeGraph
) -> None:
    folder = write("csv")
    nodes, edges = (
        list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf8").splitlines()))
        for name in ("nodes", "edges")
    )
    network = example.to_networkx()
    assert [row["id"] for row in nodes] == list(example.entities)
    assert {row["id"] for row in edges} == {statement.id for statement in example.statements}
    for row in nodes:
        assert {key: str(value) for key, value in network.nodes[row["id"]].items()}.items() <= row.items()
    for row in edges:
        told = network.edges[row["source"], row["target"], row["id"]]
        assert {key: str(value) for key, value in told.items()}.items() <= row.items()


def test_the_context_of_json_ld_lets_people_read_it(write: Callable[[str], Path]) -> None:
    content = json.loads(write("jsonld").read_text(encoding="utf8"))
    (iran,) = (entry for entry in content["@graph"] if entry["@id"] == "id:IRN")
    assert content["@context"]["ir"] == "https://w3id.org/irkg/ontology#"
    assert iran["ir:supplies"] == "id:missiles"
    assert {"@language": "el", "@value": "Ιράν"} in iran["rdfs:label"]


def test_rdf_1_2_says_the_same_as_turtle(write: Callable[[str], Path], example: KnowledgeGraph) -> None:
    read = {quad.triple for quad in ox.parse(path=str(write("turtle12")), format=ox.RdfFormat.TURTLE)}
    unfolded = {again for triple in read for again in _unfold(triple)}
    assert unfolded == set(triples(example))


def _unfold(triple: ox.Triple) -> list[ox.Triple]:
    """Return the OWL axiom that a reified triple stands for; any other triple as it is."""
    if not isinstance(triple.object, ox.Triple):
        return [triple]
    edge = triple.object
    parts = {"annotatedSource": edge.subject, "annotatedProperty": edge.predicate, "annotatedTarget": edge.object}
    axiom = [ox.Triple(triple.subject, ox.NamedNode(vocab.OWL + name), part) for name, part in parts.items()]
    return [*axiom, ox.Triple(triple.subject, ox.NamedNode(vocab.RDF_TYPE), ox.NamedNode(vocab.OWL + "Axiom"))]


def test_a_cell_is_never_a_formula(example: KnowledgeGraph, tmp_path: Path) -> None:
    from dataclasses import replace

    (name, part), *_ = example.parts.items()
    entities = frozenset(replace(entity, labels=frozenset({("en", "=HYPERLINK(1)")})) for entity in part.entities)
    find_exporter("csv")(KnowledgeGraph({name: replace(part, entities=entities)}), tmp_path)
    assert ",=" not in (tmp_path / "nodes.csv").read_text(encoding="utf8")


def test_lines_tell_each_statement_with_its_occurrences_and_sentences(
    write: Callable[[str], Path], example: KnowledgeGraph
) -> None:
    lines = [json.loads(line) for line in write("jsonl").read_text(encoding="utf8").splitlines()]
    assert [line["id"] for line in lines] == [statement.id for statement in example.statements]
    (supply,) = (line for line in lines if line["predicate"] == "supplies")
    assert (supply["statuses"], supply["disputed"], supply["edge"], supply["asserted"]) == (
        ["claimed", "denied"], True, True, False,
    )  # fmt: skip
    text = example.documents["example"].text
    for evidence in supply["occurrences"][0]["evidence"]:
        assert text[slice(*evidence["sentence"])] == evidence["quote"]
        assert text[evidence["cue"]["start"] : evidence["cue"]["end"]] == evidence["cue"]["text"]


@pytest.mark.parametrize("name", formats())
def test_an_empty_graph_is_a_file_too(name: str, tmp_path: Path) -> None:
    find_exporter(name)(KnowledgeGraph(), tmp_path / name)
    assert (tmp_path / name).exists()


@pytest.mark.parametrize("name", sorted(set(formats()) - {"csv"}))
def test_the_same_graph_gives_the_same_bytes(name: str, example: KnowledgeGraph, tmp_path: Path) -> None:
    again = KnowledgeGraph() | example
    find_exporter(name)(example, tmp_path / "one")
    find_exporter(name)(again, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
