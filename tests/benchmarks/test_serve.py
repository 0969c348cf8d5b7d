"""How a real server bears 32 clients at once for 30 seconds, and what hostile queries do to it: run with ``--benchmarks -s``."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

import httpx
import pytest
import uvicorn

from kg.export.nquads import write_nquads
from kg.graph import KnowledgeGraph
from kg.serve.app import make_app
from kg.serve.pool import Limits

pytestmark = pytest.mark.benchmark

CLIENTS, SECONDS, STATEMENTS = 32, 30.0, 1_000
LIMITS = Limits(seconds=5, answer_bytes=5_000_000, memory_bytes=400_000_000)

QUESTIONS = (
    "SELECT ?x { id:S1 ir:relatesTo|ir:supplies|ir:meets ?x }",
    "SELECT ?label { ?statement ir:subject id:S2 ; rdfs:label ?label }",
    "ASK { ?statement ir:status ir:disputed }",
    "CONSTRUCT WHERE { id:S3 ?p ?o }",
)
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?c != ?i) }",
    "CONSTRUCT { ?a ?b ?c . ?d ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
    "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }",
    "ASK {} #" + "x" * 10_000_000,
)


@pytest.fixture
def address(generated: Callable[[int], KnowledgeGraph], tmp_path: Path) -> Iterator[str]:
    write_nquads(generated(STATEMENTS), tmp_path / "graph.nq")
    app = make_app(tmp_path / "graph.nq", limits=LIMITS)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/sparql"
    server.should_exit = True
    thread.join()


def ask_until(end: float, address: str, number: int) -> list[tuple[int, float]]:
    """Return the status and the seconds of each answer that one client got."""
    answers = []
    with httpx.Client(timeout=120) as client:
        while time.monotonic() < end:
            begin = time.monotonic()
            sparql = QUESTIONS[(number + len(answers)) % len(QUESTIONS)]
            status = client.post(address, data={"query": sparql}).status_code
            answers.append((status, time.monotonic() - begin))
    return answers


def test_thirty_two_clients_are_answered_for_half_a_minute(address: str) -> None:
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = [
            each for found in clients.map(lambda n: ask_until(end, address, n), range(CLIENTS)) for each in found
        ]
    seconds = [each for _, each in answers]
    print(f"\n{CLIENTS} clients, {SECONDS:g} s: {len(answers)} answers, median {median(seconds) * 1000:.0f} ms,")
    print(f"99 of 100 within {quantiles(seconds, n=100)[-1] * 1000:.0f} ms")
    assert Counter(status for status, _ in answers) == {200: len(answers)}


def test_hostile_queries_end_within_the_limits_and_others_are_answered(address: str) -> None:
    with ThreadPoolExecutor(len(HOSTILE) + 1) as clients:
        honest = clients.submit(ask_until, time.monotonic() + SECONDS, address, 0)
        hostile = list(clients.map(lambda sparql: httpx.post(address, data={"query": sparql}, timeout=120), HOSTILE))
        answers = honest.result()
    print(f"\nhostile: {[each.status_code for each in hostile]}; others: {len(answers)} answers")
    assert all(each.status_code in (400, 413, 503) for each in hostile)
    assert {status for status, _ in answers} == {200}
