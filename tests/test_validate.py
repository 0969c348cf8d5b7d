"""A graph that kg writes passes every check; a graph with a fault is told of it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph
from kg.ontology import find_ontology
from kg.validate import Check, read_triples, validate
from kg.validate.lint import lint
from kg.validate.owl import check_owl, find_jars
from kg.validate.shapes import check_shapes

JARS = Path(os.environ["KG_TEST_JARS"]) if "KG_TEST_JARS" in os.environ else None

needs_java = pytest.mark.skipif(
    not shutil.which("java") or not find_jars(JARS), reason="needs Java and the OWL API's jars (KG_TEST_JARS)"
)


@pytest.fixture
def turtle(example: KnowledgeGraph, tmp_path: Path) -> Path:
    write_turtle(example, tmp_path / "graph.ttl")
    return tmp_path / "graph.ttl"


def test_a_graph_passes_lint_and_shapes(turtle: Path) -> None:
    triples = read_triples(turtle)
    assert list(lint(triples)) == []
    assert list(check_shapes(triples)) == []


SEEDS = Path(__file__).parents[1] / "output" / "graph.ttl"
SHIPPED = [SEEDS, find_ontology("ir.ttl")]


def test_the_ontology_passes_lint() -> None:
    assert list(lint(read_triples(find_ontology("ir.ttl")))) == []


def test_the_graph_of_the_seeds_passes_lint_and_shapes() -> None:
    triples = read_triples(SEEDS)
    assert list(lint(triples)) == []
    assert list(check_shapes(triples)) == []


def test_every_check_reports(turtle: Path) -> None:
    checks = validate(turtle, jars=turtle.parent)
    assert [check.name for check in checks] == ["lint", "shapes", "owl"]
    assert all(check.is_passed for check in checks)
    assert checks[2].skipped


ADDED = [
    ("<https://example.org/two> a owl:Ontology .", "2 ontology headers"),
    ("id:IRN ir:invented id:RUS .", "is used as a property and not declared"),
    ("id:IRN a ir:Invented .", "is used as a class and not declared"),
    ('id:IRN ir:supplies "missiles" .', "a literal on an object property"),
    ("id:IRN ir:supplies id:undeclared .", "not declared as an individual"),
    ("id:IRN ir:iso3 id:RUS .", "no literal on a datatype property"),
    ('id:IRN ir:when "2024-06"^^xsd:gYearMonth .', "a datatype that OWL 2 DL does not have"),
    ('id:IRN ir:notBefore "2024" .', "a datatype outside the property's range"),
    ('id:USA rdfs:label "Iran"@en .', "2 things have the label"),
    ('<https://example.org/μ> a owl:NamedIndividual ; rdfs:label "μ"@en .', "does not end in a plain name"),
    ("ir:iso3 a owl:ObjectProperty .", "is declared as datatype property and object property"),
    (
        "_:x a owl:Axiom ; owl:annotatedSource id:IRN ; owl:annotatedProperty ir:kills ; owl:annotatedTarget id:USA .",
        "not there",
    ),
    ("id:x a rdf:Statement .", "is a statement about a triple"),
]


@pytest.mark.parametrize(("added", "finding"), ADDED)
def test_lint_finds_what_owl_would_stumble_over(added: str, finding: str, turtle: Path) -> None:
    turtle.write_text(turtle.read_text(encoding="utf8") + added, encoding="utf8")
    assert any(finding in found for found in lint(read_triples(turtle)))


BROKEN = [
    ("ir:subject id:IRN ;\n    ir:object id:RUS", "ir:object id:RUS ; ir:subject id:IRN , id:USA", "one subject"),
    ("ir:attribution ir:named ;\n    ir:saidBy id:lavrov", "ir:attribution ir:named", "names its speaker"),
    ("nif:endIndex 97", "nif:endIndex 0", "begins before it ends"),
    ("ir:confidence 10", "ir:confidence 11", "confidence from 0 to 10"),
    ("ir:polarity ir:positive ;", "", "one polarity"),
]


@pytest.mark.parametrize(("old", "new", "finding"), BROKEN)
def test_shapes_find_a_broken_promise(old: str, new: str, finding: str, turtle: Path) -> None:
    text = turtle.read_text(encoding="utf8")
    assert old in text
    turtle.write_text(text.replace(old, new, 1), encoding="utf8")
    assert any(finding in found for found in check_shapes(read_triples(turtle)))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<a> <b>", b"not turtle"])
def test_what_is_not_turtle_is_an_input_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_bytes(content)
    if content:
        with pytest.raises(InputError, match="not Turtle"):
            read_triples(tmp_path / "x.ttl")
    else:
        assert list(lint(read_triples(tmp_path / "x.ttl"))) == ["0 ontology headers, there must be one: "]


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_triples(tmp_path / "none.ttl")


@pytest.mark.java
@needs_java
def test_protege_reads_all_of_a_graph_and_finds_it_consistent(turtle: Path) -> None:
    assert check_owl(turtle, JARS) == Check("owl")


@pytest.mark.java
@needs_java
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_protege_reads_all_of_what_is_shipped_and_finds_it_consistent(path: Path) -> None:
    assert check_owl(path, JARS) == Check("owl")


@pytest.mark.java
@needs_java
@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda text: text + 'id:IRN ir:notBefore "2024"^^xsd:gYear .', "not OWL 2 DL"),
        (lambda text: text + "id:IRN a ir:Statement .", "inconsistent"),
        (lambda text: "[Term]\nid: X:1\n", "read as"),
        (lambda text: text + "id:x a rdf:Statement ; rdf:subject id:y .", "not OWL 2 DL"),
    ],
)
def test_protege_finds_what_is_wrong(change: Callable[[str], str], finding: str, turtle: Path) -> None:
    turtle.write_text(change(turtle.read_text(encoding="utf8")), encoding="utf8")
    findings = check_owl(turtle, JARS).findings
    assert any(finding in found for found in findings), findings


@pytest.mark.java
@needs_java
def test_a_graph_of_five_thousand_statements_passes_every_check(
    generated: Callable[[int], KnowledgeGraph], tmp_path: Path
) -> None:
    graph = generated(5_000)
    assert len(graph.statements) > 4_500
    write_turtle(graph, tmp_path / "graph.ttl")
    assert [check for check in validate(tmp_path / "graph.ttl", jars=JARS) if check.findings or check.skipped] == []
