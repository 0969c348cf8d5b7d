"""The server speaks the SPARQL 1.1 Protocol, answers questions only, and survives every one of them."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from starlette.testclient import TestClient

from kg.export import find_exporter
from kg.graph import KnowledgeGraph
from kg.serve.app import make_app
from kg.serve.pool import Limits
from kg.serve.protocol import GRAPHS, RESULTS, negotiate

PROTOCOL = json.loads((Path(__file__).parent / "protocol.json").read_text(encoding="utf8"))
"""The requests of the W3C's SPARQL 1.1 Protocol tests, and what they expect."""

DATA = "http://kasei.us/2009/09/sparql/data/data{0}.rdf"
DATA_QUAD = "<{0}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document> <{0}> .\n"
LIMITS = Limits(seconds=2, answer_bytes=1_000_000, memory_bytes=400_000_000, waiting_seconds=60)

EDGE = "SELECT ?x { id:RUS ir:signs_treaty ?x }"


@pytest.fixture(scope="module")
def graph_file(example: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "graph.nq"
    find_exporter("nquads")(example, path)
    with path.open("a", encoding="utf8") as file:
        file.writelines(DATA_QUAD.format(DATA.format(number)) for number in (1, 2, 3))
    return path


@pytest.fixture(scope="module")
def client(graph_file: Path) -> Iterator[TestClient]:
    app = make_app(graph_file, limits=LIMITS, processes=2)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def send(client: TestClient, request: dict[str, Any]) -> httpx.Response:
    accepts = {
        "boolean": "application/sparql-results+json",
        "tabular": "application/sparql-results+xml",
        "RDF": "text/turtle",
    }
    headers = {"accept": request.get("accept") or accepts.get(request.get("format", ""), "*/*")}
    if "content_type" in request:
        headers["content-type"] = request["content_type"]
    body = request["body"].encode(request["encoding"]) if "body" in request else None
    return client.request(request["method"], f"/sparql?{request['query']}", content=body, headers=headers)


@pytest.mark.parametrize(
    "case", [case for case in PROTOCOL if "update" not in case["name"]], ids=lambda case: case["name"]
)
def test_the_w3cs_protocol_tests_for_queries_pass(case: dict[str, Any], client: TestClient) -> None:
    for request in case["requests"]:
        response = send(client, request)
        assert f"{response.status_code // 100}xx" in request["status"], response.text
        if "boolean" in request:
            assert response.json()["boolean"] is request["boolean"]
        if request.get("format") == "RDF":
            assert response.headers["content-type"].split(";")[0] in GRAPHS
        if request.get("format") == "tabular":
            assert response.headers["content-type"].split(";")[0] in RESULTS


UNRECOGNIZABLE = {"bad_update_wrong_media_type", "bad_update_missing_form_type"}
"""Requests that nothing but their body marks as updates: their media type, or its lack, is what is refused."""


@pytest.mark.parametrize("case", [case for case in PROTOCOL if "update" in case["name"]], ids=lambda case: case["name"])
def test_the_w3cs_protocol_tests_for_updates_are_refused(case: dict[str, Any], client: TestClient) -> None:
    response = send(client, case["requests"][0])
    assert response.status_code == (415 if case["name"] in UNRECOGNIZABLE else 403)


def test_the_requests_are_all_those_of_the_w3c() -> None:
    names = [case["name"] for case in PROTOCOL]
    assert len(names) == len(set(names)) == 34
    assert sum("update" in name for name in names) == 14


def ask(client: TestClient, sparql: str, accept: str = "") -> httpx.Response:
    return client.get("/sparql", params={"query": sparql}, headers={"accept": accept} if accept else {})


@pytest.mark.parametrize("media", RESULTS)
def test_rows_come_in_every_result_format(media: str, client: TestClient) -> None:
    response = ask(client, EDGE, media)
    assert response.headers["content-type"].split(";")[0] == media
    assert b"id/IRN" in response.content


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's JSON-LD parser uses what rdflib deprecates
@pytest.mark.parametrize("media", GRAPHS)
def test_triples_come_in_every_graph_format(media: str, client: TestClient) -> None:
    response = ask(client, "CONSTRUCT WHERE { id:RUS ir:signs_treaty ?x }", media)
    assert response.headers["content-type"].split(";")[0] == media
    form = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}[GRAPHS[media]]
    assert len(rdflib.Graph().parse(data=response.text, format=form)) == 1


def test_what_nobody_offers_is_not_acceptable(client: TestClient) -> None:
    assert ask(client, EDGE, "image/png").status_code == 406


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "a/a"),
        ("*/*", "a/a"),
        ("b/*", "b/b"),
        ("a/a;q=0.1, b/b;q=0.5", "b/b"),
        ("a/a;q=0, */*", "b/b"),
        ("c/c", ""),
        ("a/a;q=nonsense", ""),
        ("A/A", "a/a"),
    ],
)
def test_the_client_gets_what_it_likes_best(accept: str, expected: str) -> None:
    assert negotiate(accept, ("a/a", "b/b")) == expected


def test_a_query_sees_the_graphs_of_all_articles(client: TestClient) -> None:
    assert ask(client, "ASK { ?e ir:cue ?c . ?st ir:evidence ?e }").json()["boolean"] is True


HOSTILE = [
    (
        "an endless join",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?c != ?i) }",
        {503},
    ),
    ("a huge answer", "CONSTRUCT { ?a ?b ?c . ?d ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", {400, 503}),
    ("much memory", "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", {400, 503}),
    ("another host", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", {400}),
    ("a disguised one", "SELECT * { S\\u0045RVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", {400}),
    ("deep nesting", "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }", {400}),
    ("deep filters", "SELECT * { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }", {400}),
    ("an endless path", "SELECT (COUNT(*) AS ?n) { ?a (!ir:x|^!ir:x)* ?b . ?c (!ir:x|^!ir:x)* ?d }", {400, 503}),
    ("many aliases", "SELECT * { " + "OPTIONAL { ?a ?b ?c } " * 4_000 + "}", {400, 503}),
    ("a graph of another host", "SELECT * FROM <http://127.0.0.1:9/> { ?a ?b ?c }", {200}),
    ("a file", "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }", {200}),
    ("a load", "LOAD <http://127.0.0.1:9/>", {400}),
    ("an update", "DELETE WHERE { ?a ?b ?c }", {400}),
    ("no query", "", {400}),
    ("a null", "ASK { ?a ?b '\0' }", {200, 400}),
]


@pytest.mark.parametrize(("sparql", "statuses"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_no_query_takes_the_server_down(sparql: str, statuses: set[int], client: TestClient) -> None:
    begin = time.monotonic()
    response = client.post("/sparql", data={"query": sparql})
    assert response.status_code in statuses, response.text
    assert time.monotonic() - begin < 20
    assert ask(client, EDGE).status_code == 200


@pytest.mark.parametrize("source", ["http://127.0.0.1:9/", "file:///etc/passwd"])
def test_a_graph_that_is_not_there_is_empty_and_not_fetched(source: str, client: TestClient) -> None:
    assert ask(client, f"ASK FROM <{source}> {{ ?a ?b ?c }}").json()["boolean"] is False


def test_ten_megabytes_of_query_are_too_long(client: TestClient) -> None:
    response = client.post(
        "/sparql", content=b"ASK {} #" + b"x" * 10_000_000, headers={"content-type": "application/sparql-query"}
    )
    assert response.status_code == 413
    assert ask(client, EDGE).status_code == 200


def test_many_clients_at_once_are_all_answered(client: TestClient) -> None:
    with ThreadPoolExecutor(32) as clients:
        statuses = list(clients.map(lambda _: ask(client, EDGE).status_code, range(200)))
    assert set(statuses) == {200}


def test_a_page_from_elsewhere_cannot_reach_the_server(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": "ASK {}"}, headers={"host": "evil.example"}).status_code == 400
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in response.headers


def test_any_page_may_ask_where_the_user_allows_it(graph_file: Path) -> None:
    app = make_app(graph_file, limits=LIMITS, processes=1, cors=True)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        response = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://example.org"})
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_a_thing_answers_as_page_or_rdf(accept: str, media: str, client: TestClient) -> None:
    response = client.get("/id/RUS", headers={"accept": accept})
    assert response.headers["content-type"].split(";")[0] == media
    assert "Ρωσία" in response.text
    assert response.headers["vary"] == "Accept"


def test_a_page_links_to_what_it_names(client: TestClient) -> None:
    text = client.get("/id/RUS", headers={"accept": "text/html"}).text
    assert '<a href="/id/IRN">Iran</a>' in text
    assert "signs treaty with" in text


@pytest.mark.parametrize("path", ["/id/ATLANTIS", "/id/a%3Eb", "/other/RUS", "/id/", "/id/..%2f..%2fetc", "/nothing"])
def test_what_is_not_there_is_not_found(path: str, client: TestClient) -> None:
    assert client.get(path, headers={"accept": "text/html"}).status_code == 404


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_what_is_not_there_is_not_found_as_rdf_either(accept: str, client: TestClient) -> None:
    assert client.get("/id/ATLANTIS", headers={"accept": accept}).status_code == 404


def test_a_thing_is_not_given_in_a_form_nobody_knows(client: TestClient) -> None:
    assert client.get("/id/RUS", headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(("form", "media"), [("turtle", "text/turtle"), ("jsonld", "application/ld+json")])
def test_a_link_may_name_the_form(form: str, media: str, client: TestClient) -> None:
    response = client.get("/id/RUS", params={"format": form}, headers={"accept": "text/html"})
    assert response.headers["content-type"].split(";")[0] == media


@pytest.mark.parametrize(("accept", "holds"), [("text/html", 'id="State"'), ("text/turtle", "ir:State a owl:Class")])
def test_the_ontology_answers_as_page_or_turtle(accept: str, holds: str, client: TestClient) -> None:
    response = client.get("/ontology", headers={"accept": accept})
    assert response.headers["content-type"].split(";")[0] == accept
    assert holds in response.text


def test_a_page_leads_to_what_its_terms_mean(client: TestClient) -> None:
    assert '<a href="/ontology#State">state</a>' in client.get("/id/RUS", headers={"accept": "text/html"}).text


def test_text_from_articles_is_text_on_pages(example: KnowledgeGraph, tmp_path: Path) -> None:
    from dataclasses import replace

    (name, part), *_ = example.parts.items()
    evil = "<script>alert(1)</script>"
    entities = frozenset(replace(entity, labels=frozenset({("en", f"{evil} {entity.id}")})) for entity in part.entities)
    find_exporter("turtle")(KnowledgeGraph({name: replace(part, entities=entities)}), tmp_path / "graph.ttl")
    with TestClient(make_app(tmp_path / "graph.ttl", processes=1), base_url="http://127.0.0.1") as client:
        response = client.get("/id/RUS", headers={"accept": "text/html"})
    assert evil not in response.text
    assert "&lt;script&gt;" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_data_and_the_service_describe_themselves(client: TestClient) -> None:
    void = rdflib.Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    assert any(str(value) == "http://127.0.0.1/sparql" for value in void.objects())
    told = {str(predicate).rpartition("#")[2]: str(value) for _, predicate, value in void}
    (row,) = ask(client, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }").json()["results"]["bindings"]
    assert told["triples"] == row["n"]["value"]
    assert int(told["entities"]) > 20
    assert told["vocabulary"] == "https://w3id.org/irkg/ontology"
    service = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    assert any(str(value).endswith("SPARQL11Query") for value in service.objects())


def test_the_form_and_the_explorer_are_pages(client: TestClient) -> None:
    assert "<textarea" in client.get("/query").text
    assert "ir:disputed" in client.get("/query", params={"ready": "contested"}).text
    assert client.get("/pages/page.css").headers["content-type"].startswith("text/css")
    explorer = client.get("/")
    assert explorer.status_code == 200
    assert "Ρωσία" in explorer.text
    assert '<a id="ask" href="/query">' in explorer.text


def test_a_real_server_serves(graph_file: Path) -> None:
    import uvicorn

    config = uvicorn.Config(make_app(graph_file, processes=1), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    response = httpx.get(f"http://127.0.0.1:{port}/sparql", params={"query": EDGE}, timeout=30)
    server.should_exit = True
    thread.join()
    assert ox.NamedNode("https://w3id.org/irkg/id/IRN").value in response.text
