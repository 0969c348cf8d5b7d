"""The graph as RDF says what the evidence says, and nothing more."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg import vocab
from kg.export.turtle import render_turtle, write_turtle
from kg.graph import KnowledgeGraph
from kg.merge import merge
from kg.rdf import clean, prefixes, quads, to_rdflib, triples

HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes())


@pytest.fixture(scope="module")
def rdf(example: KnowledgeGraph) -> rdflib.Graph:
    return example.to_rdflib()


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("id:RUS ir:signs_treaty id:IRN", True),
        ("id:IRN ir:signs_treaty id:RUS", True),
        ("id:RUS asserted:signs_treaty id:IRN", False),
        ("id:putin asserted:signs_treaty id:PRK", True),
        ("id:USA asserted:accuses id:IRN", True),
        ("id:IRN ir:accuses id:USA", False),
        ("id:IRN ir:supplies id:missiles", True),
        ("id:IRN asserted:supplies id:missiles", False),
        ("id:lavrov ir:actsFor id:RUS", True),
        ("id:ballistic-missiles skos:broader id:missiles", True),
        ("id:RUS skos:exactMatch wd:Q159", True),
    ],
)
def test_edges_hold_as_the_article_says(rdf: rdflib.Graph, edge: str, *, expected: bool) -> None:
    assert rdf.query(f"{HEAD} ASK {{ {edge} }}").askAnswer is expected


def ask(rdf: rdflib.Graph, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(value) for value in row) for row in rdf.query(HEAD + query))  # type: ignore[union-attr]


def test_who_supplies_what_to_whom_who_says_so_and_who_denies_it(rdf: rdflib.Graph) -> None:
    query = """SELECT ?what ?whom ?says ?denies WHERE {
        ?st a ir:Supplying ; ir:subject id:IRN ; ir:object/rdfs:label ?what ; ir:recipient/rdfs:label ?whom ;
            ir:claimedBy/rdfs:label ?says ; ir:deniedBy/rdfs:label ?denies
        FILTER(LANG(?what) = "en" && LANG(?whom) = "en" && LANG(?says) = "en" && LANG(?denies) = "en") }"""
    assert ask(rdf, query) == [("missiles", "Russia", "United States", "Iran")]


def test_evidence_leads_to_its_sentence_and_words(rdf: rdflib.Graph, example: KnowledgeGraph) -> None:
    query = """SELECT ?quote ?begin ?end ?cue ?from ?to WHERE {
        ?ev nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; ir:cue ?cue ; ir:cueBegin ?from ; ir:cueEnd ?to }"""
    text = example.documents["example"].text
    rows = ask(rdf, query)
    assert len(rows) == 5
    for quote, begin, end, cue, start, stop in rows:
        assert text[int(begin) : int(end)] == quote
        assert text[int(start) : int(stop)] == cue


def test_an_edge_leads_to_its_statement_and_status(rdf: rdflib.Graph) -> None:
    query = """SELECT ?status ?label WHERE {
        ?axiom owl:annotatedSource id:IRN ; owl:annotatedProperty ir:supplies ; ir:edgeStatus ?status ; ir:statedIn/rdfs:label ?label
        FILTER(LANG(?label) = "en") }"""
    told = "Iran supplies missiles to Russia — claimed by United States, denied by Iran"
    assert ask(rdf, query) == [("claimed, denied", told)]


def test_a_disputed_statement_says_so(rdf: rdflib.Graph) -> None:
    assert ask(rdf, "SELECT DISTINCT ?p WHERE { ?st ir:status ir:disputed ; a/ir:edgeProperty ?p }") == [
        (vocab.IR + "supplies",)
    ]


def test_times_are_moments_and_text(rdf: rdflib.Graph) -> None:
    query = "SELECT ?when ?from ?to WHERE { ?st a ir:Accusing ; ir:occurrence [ ir:when ?when ; ir:notBefore ?from ; ir:before ?to ] }"
    assert ask(rdf, query) == [("2024-09", "2024-09-01T00:00:00+00:00", "2024-10-01T00:00:00+00:00")]


def test_turtle_reads_back_the_same_everywhere(example: KnowledgeGraph, rdf: rdflib.Graph) -> None:
    turtle = render_turtle(triples(example), prefixes())
    assert isomorphic(rdflib.Graph().parse(data=turtle, format="turtle"), rdf)
    assert {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == set(triples(example))


def test_no_triple_is_written_twice(example: KnowledgeGraph) -> None:
    assert [triple for triple, count in Counter(triples(example)).items() if count > 1] == []


def test_evidence_lies_in_the_graph_of_its_article(example: KnowledgeGraph) -> None:
    names = {quad.graph_name for quad in quads(example) if quad.predicate.value == vocab.IR_CUE}
    articles = {quad.object for quad in quads(example) if quad.predicate.value == vocab.IR_IN_ARTICLE}
    assert names == articles


def test_labels_are_unique_in_each_language(example: KnowledgeGraph, article: Any) -> None:
    again = replace(article.document, id="again")
    namesake = replace(article.claims[1].subject, id="another-putin")
    claims = [*article.claims, replace(article.claims[1], subject=namesake)]
    graph = example | merge([(again, claims)], model="m")
    labels = Counter(triple.object for triple in triples(graph) if triple.predicate.value == vocab.RDFS_LABEL)
    assert [label for label, count in labels.items() if count > 1] == []


def test_a_base_of_ones_own_changes_things_but_not_terms(article: Any) -> None:
    graph = merge([(article.document, article.claims)], model="m", base="https://example.org/kg/")
    text = "\n".join(map(str, triples(graph)))
    assert "<https://example.org/kg/id/RUS>" in text
    assert f"<{vocab.IR}signs_treaty>" in text
    assert vocab.ID not in text


HOSTILE = [
    'quotes " and """ and \\ and \' .',
    "lines\r\nand\rreturns\n\n",
    "control \x00 \x08 \x1b \x7f \x85",
    "surrogate \ud83d alone",
    "bidi \u202e override \u2066 isolate",
    "noncharacter \ufffe \uffff",
    "markup </script><img onerror=x> ]]> &amp; <!--",
    "> <https://example.org/injected> . @prefix ir: <x:> .",
    " ",
    "🚀 astral",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text: str, article: Any, tmp_path: Path) -> None:
    document = replace(article.document, id=text, title=text, publisher=text, url=text, lang=text)
    document = replace(document, text=text + document.text[len(text) :])
    claim = article.claims[0]
    entity = replace(
        claim.subject,
        labels=frozenset({("el", text), (text, text)}),
        identifiers=frozenset({(text, text), ("wikidata", text)}),
    )
    sentence = (0, len(text))
    told = replace(
        claim,
        claim=replace(claim.claim, sentence=sentence, cue=replace(claim.claim.cue, start=0, end=len(text))),
        subject=entity,
    )
    graph = merge([(document, [told])], model=text)
    write_turtle(graph, tmp_path / "graph.ttl")
    read = {quad.triple for quad in ox.parse(path=str(tmp_path / "graph.ttl"))}
    assert read == set(triples(graph))
    assert [t.object.value for t in read if t.predicate.value == vocab.NIF_ANCHOR_OF] == [clean(text)]
    assert isomorphic(rdflib.Graph().parse(tmp_path / "graph.ttl"), to_rdflib(graph))


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from conftest import ENTITIES, example_article
from kg.export.turtle import write_turtle
from kg.merge import merge
from pathlib import Path
article = example_article()
claims = article.claims if sys.argv[3] == "forward" else article.claims[::-1]
write_turtle(merge([(article.document, claims)], model="m", known=ENTITIES.get), Path(sys.argv[2]))
"""


def test_bytes_do_not_depend_on_hashes_or_order(tmp_path: Path) -> None:
    written = []
    for seed, order in (("0", "forward"), ("1", "backward"), ("4711", "forward")):
        path = tmp_path / f"{seed}.ttl"
        arguments = [sys.executable, "-c", PROGRAM, str(Path(__file__).parent), str(path), order]
        subprocess.run(arguments, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        written.append(path.read_bytes())
    assert written[0] == written[1] == written[2]


def test_an_undated_document_has_no_date(article: Any) -> None:
    graph = merge([(replace(article.document, published=None), article.claims)], model="m")
    assert not [triple for triple in triples(graph) if triple.predicate.value == vocab.DCTERMS_ISSUED]
    assert date(2024, 10, 31).isoformat() not in {str(triple.object) for triple in triples(graph)}
