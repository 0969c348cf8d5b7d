"""Queries are answered from the graph alone, in time, and in words."""

import io
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rich.console import Console

from kg.answer import render_rows, serialize, shorten, tabulate
from kg.errors import InputError
from kg.export import find_exporter
from kg.graph import KnowledgeGraph
from kg.query import ENGINES, QueryError, evaluate, query, refuse_service
from kg.ready import fill, find_entity, ready_queries
from kg.store import open_graph, store_graph


@pytest.fixture(scope="module")
def store(example: KnowledgeGraph) -> ox.Store:
    return store_graph(example)


READY = [
    ("dyad", {"a": "Ρωσία", "b": "IRN"}, [
        ("Iran", "signs treaty with", "Russia", "", "", "planned"),
        ("Iran", "supplies", "missiles", "Russia", "", "claimed, denied"),
    ]),
    ("contested", {}, [("Iran", "supplies", "missiles", "Russia", "United States", "Iran")]),
    ("corroborated", {}, [
        ("United States", "accuses", "Iran", "", "asserted", "1", "1"),
        ("Iran", "signs treaty with", "Russia", "", "planned", "1", "1"),
        ("North Korea", "signs treaty with", "Vladimir Putin", "", "asserted", "1", "1"),
        ("Iran", "supplies", "missiles", "Russia", "claimed, denied", "1", "1"),
    ]),
    ("who-says", {"speaker": "RUS"}, [
        ("Sergei Lavrov", "positive", "planned", "Iran", "signs treaty with", "Russia",
         "Η συνθήκη την οποία σκοπεύουν να υπογράψουν σύντομα η Ρωσία και το Ιράν, δήλωσε ο Σεργκέι Λαβρόφ."),
    ]),
    ("timeline", {"actor": "russia"}, [("2024-06", "North Korea", "signs treaty with", "Vladimir Putin", "", "asserted")]),
    ("network", {"actor": "RUS"}, [("Iran", "2", "3"), ("North Korea", "1", "1")]),
    ("supply", {}, [("Iran", "missiles", "Russia", "claimed, denied", "United States", "Iran")]),
    ("supply", {"supplier": "RUS"}, []),
    ("alliances", {"actor": "IRN"}, [("Iran", "signs treaty with", "Russia", "planned")]),
    ("sanctions", {}, []),
    ("since", {"day": "2024-11-01"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "expected"), READY)
def test_ready_queries_answer_from_the_example(
    name: str, values: dict[str, str], expected: list[tuple[str, ...]], store: ox.Store
) -> None:
    answer = query(store, fill(ready_queries()[name], values, store))
    assert tabulate(answer, store, "en") == expected


@pytest.mark.parametrize(("name", "values", "expected"), [case for case in READY if case[2]])
def test_rdflib_answers_ready_queries_alike(
    name: str, values: dict[str, str], expected: list[tuple[str, ...]], store: ox.Store
) -> None:
    answer = query(store, fill(ready_queries()[name], values, store), engine="rdflib")
    assert tabulate(answer, store, "en") == expected


@pytest.mark.xfail(strict=True, reason="rdflib makes one empty row of GROUP BY over nothing")
def test_rdflib_answers_nothing_with_no_rows(store: ox.Store) -> None:
    assert query(store, ready_queries()["sanctions"].sparql, engine="rdflib").rows == ()


def test_every_ready_query_is_tried_and_described() -> None:
    assert {name for name, _, _ in READY} == set(ready_queries())
    assert all(ready.description.endswith(".") for ready in ready_queries().values())


def test_labels_come_in_the_language_asked_for(store: ox.Store) -> None:
    answer = query(store, ready_queries()["contested"].sparql)
    assert tabulate(answer, store, "el") == [
        ("Ιράν", "προμηθεύει", "πύραυλοι", "Ρωσία", "Ηνωμένες Πολιτείες", "Ιράν"),
    ]
    assert tabulate(answer, store, "fr") == tabulate(answer, store, "en")


@pytest.mark.parametrize("name", ["RUS", "rus", "Russia", "ρωσία", "Ρωσική Ομοσπονδία"])
def test_an_entity_is_found_by_id_or_any_name(name: str, store: ox.Store) -> None:
    assert find_entity(name, store).value.endswith("/id/RUS")


def test_an_ambiguous_or_unknown_name_says_so() -> None:
    store = ox.Store()
    turtle = 'id:a rdfs:label "Georgia"@en . id:b rdfs:label "Georgia"@en .'
    from kg.rdf import prefixes

    head = "".join(f"@prefix {prefix}: <{namespace}> . " for prefix, namespace in prefixes())
    store.load(head + turtle, format=ox.RdfFormat.TURTLE)
    with pytest.raises(QueryError, match="may be a, b"):
        find_entity("Georgia", store)
    with pytest.raises(QueryError, match="'Atlantis' is not in the graph"):
        find_entity("Atlantis", store)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("dyad", {"a": "RUS"}, r"dyad takes a \(one actor\), b"),
        ("contested", {"a": "RUS"}, "contested takes no parameters"),
        ("since", {"day": "yesterday"}, "'yesterday' is no day"),
    ],
)
def test_wrong_parameters_say_what_is_right(name: str, values: dict[str, str], message: str, store: ox.Store) -> None:
    with pytest.raises(QueryError, match=message):
        fill(ready_queries()[name], values, store)


def test_a_parameter_cannot_change_the_query(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="is not in the graph"):
        fill(ready_queries()["timeline"], {"actor": "x> } SELECT * { ?a ?b ?c"}, store)


def test_ask_and_construct_are_answers_too(store: ox.Store) -> None:
    assert tabulate(query(store, "ASK { id:RUS ir:signs_treaty id:IRN }"), store, "en") == [("true",)]
    triples = query(store, "CONSTRUCT { id:RUS ir:signs_treaty ?x } WHERE { id:RUS ir:signs_treaty ?x }")
    assert tabulate(triples, store, "en") == [("Russia", "signs treaty with", "Iran")]


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("csv", b"x\r\n"), ("tsv", b"?x\n"), ("json", b'{"head":'), ("xml", b"<?xml")],
)
def test_answers_come_in_the_formats_of_the_w3c(form: str, beginning: bytes, store: ox.Store) -> None:
    sparql = "SELECT ?x { id:RUS ir:signs_treaty ?x }"
    assert evaluate(store, sparql, lambda results: serialize(results, form)).startswith(beginning)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("sparql", "form", "message"),
    [
        ("SELECT ?x { id:RUS ir:signs_treaty ?x }", "ttl", "rows come as csv, tsv, json, xml, not as ttl"),
        ("ASK { id:RUS ir:signs_treaty ?x }", "ttl", "rows come as"),
        ("CONSTRUCT WHERE { id:RUS ir:signs_treaty ?x }", "csv", "triples come as ttl, not as csv"),
    ],
)
def test_an_answer_never_comes_in_another_form_than_asked_for(
    sparql: str, form: str, message: str, engine: str, store: ox.Store
) -> None:
    with pytest.raises(QueryError, match=message):
        evaluate(store, sparql, lambda results: serialize(results, form), engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_constructs_and_describes(engine: str, store: ox.Store) -> None:
    for sparql in ("CONSTRUCT WHERE { id:RUS ir:signs_treaty ?x }", "DESCRIBE id:IRN"):
        turtle = evaluate(store, sparql, lambda results: serialize(results, "ttl"), engine=engine)
        read = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
        assert any(ox.NamedNode("https://w3id.org/irkg/id/IRN") in (triple.subject, triple.object) for triple in read)


@pytest.mark.parametrize("sparql", ["SELECT", "SELECT * { ?a unknown:b ?c }", "SELECT * FROM <http://x/> { ?a ?b ?c }"])
def test_rdflib_refuses_what_it_cannot_answer_from_the_graph_alone(sparql: str, store: ox.Store) -> None:
    with pytest.raises(QueryError, match="cannot be answered"):
        query(store, sparql, engine="rdflib")


def test_a_base_of_ones_own_is_what_the_prefixes_mean(example: KnowledgeGraph) -> None:
    store = store_graph(replace(example, base="https://example.org/kg/"))
    assert query(store, "ASK { id:RUS ir:signs_treaty id:IRN }").rows == ((ox.Literal(value=True),),)


def test_a_table_fits_the_terminal(store: ox.Store) -> None:
    answer = query(store, ready_queries()["who-says"].sparql)
    console = Console(width=60, file=io.StringIO())
    console.print(render_rows(answer, tabulate(answer, store, "el")))
    lines = console.file.getvalue().splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 60


SERVICES = [
    "SELECT * { SERVICE <http://x/> { ?a ?b ?c } }",
    "SELECT * { service silent <http://x/> { ?a ?b ?c } }",
    "SELECT * { ?a ?b '#' . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { ?a ?b '\\'' . SERVICE ?s { ?a ?b ?c } }",
    'SELECT * { ?a ?b """ " \\""" """ . SERVICE ?s { ?a ?b ?c } }',
    "SELECT * { <x#> ?b ?c . SERVICE<http://x/>{} }",
    "SELECT * { S\\u0045RVICE <http://x/> {} }",
    "SELECT * { \\U00000053ERVICE <http://x/> {} }",
    "SELECT * { ?a ?b ?c.SERVICE <http://x/> {} }",
    "SELECT * { ex:a ex:b ex:c;.SERVICE <http://x/> {} }",
    "SELECT * { #\nSERVICE ?s {} }",
    "SELECT * { ?a ?b 1 .SERVICE ?s {} }",
    "SELECT * { FILTER(1<2) SERVICE <http://x/> {} FILTER(3>2) }",
]


@pytest.mark.parametrize("sparql", SERVICES)
def test_no_query_reaches_another_host(sparql: str, store: ox.Store) -> None:
    with pytest.raises(QueryError, match="another host"):
        query(store, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service a 'SERVICE' }",
        "SELECT * { ?a rdfs:label ?service # SERVICE <x>\n }",
        "SELECT * { ?a ?b ir:a.service, ir:a-service, ir:service }",
        "PREFIX service: <http://x/service> SELECT * { service:x ir:service <SERVICE> }",
    ],
)
def test_the_word_service_alone_is_no_crime(sparql: str) -> None:
    refuse_service(sparql)


def test_a_query_that_takes_too_long_is_given_up(store: ox.Store) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryError, match=r"took longer than 0\.2 s"):
        query(store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c != ?f) }", limit=0.2)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("sparql", ["", "SELECT", "SELECT ?x { ?x unknown:p ?y }", "INSERT DATA { <a:a> <a:b> <a:c> }"])
def test_what_is_no_query_is_an_error(sparql: str, store: ox.Store) -> None:
    with pytest.raises(QueryError):
        query(store, sparql)


@pytest.mark.parametrize(
    ("name", "suffix"), [("turtle", "ttl"), ("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld"), ("rdfxml", "rdf")]
)
def test_every_rdf_file_can_be_asked(name: str, suffix: str, example: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{suffix}"
    find_exporter(name)(example, path)
    answer = query(open_graph(path), "SELECT ?e { ?e a ir:Evidence ; ir:inArticle ?a . ?a ir:sha256 ?hash }")
    assert len(answer.rows) == 5


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    (tmp_path / "x.ttl").write_bytes(b"\x00 no graph")
    return tmp_path / "x.ttl"


def test_a_file_that_is_no_graph_says_so(wrong: Path) -> None:
    with pytest.raises(InputError, match="not a graph"):
        open_graph(wrong)
    with pytest.raises(InputError, match="No such file"):
        open_graph(wrong.with_name("none.ttl"))


def test_text_from_articles_cannot_steer_the_terminal(store: ox.Store) -> None:
    answer = query(store, 'SELECT ("a\\u001B[31m\\u202Eb\\nc" AS ?x) {}')
    assert tabulate(answer, store, "en") == [("a\\u001b[31m\\u202eb c",)]


def test_iris_without_labels_are_shortened() -> None:
    assert shorten("https://w3id.org/irkg/id/RUS") == "id:RUS"
    assert shorten("https://w3id.org/irkg/ontology#supplies") == "ir:supplies"
    assert shorten("https://example.org/x") == "https://example.org/x"


def test_a_graph_answers_by_itself(example: KnowledgeGraph) -> None:
    (row,) = example.query("SELECT ?x { id:RUS ir:signs_treaty ?x }").rows
    assert row == (ox.NamedNode("https://w3id.org/irkg/id/IRN"),)
