"""A graph goes into a remote store, and comes out of it again as it was."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.export.target import load_into
from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph
from kg.rdf import triples


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # beside the interpreter: tests may run in an environment that is not activated
    program = shutil.which("oxigraph", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if not program:
        pytest.skip("needs the oxigraph server: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("oxigraph")
    process = subprocess.Popen(
        [program, "serve", "--location", str(folder), "--bind", address], stderr=subprocess.DEVNULL
    )
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://{address}/", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://{address}/store"
    process.terminate()
    process.wait()


def read(server: str) -> list[ox.Quad]:
    request = urllib.request.Request(server, headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return list(ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS))


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def test_a_store_holds_what_was_loaded_into_it(server: str, example: KnowledgeGraph) -> None:
    names = load_into(example, server)
    stored = read(server)
    assert canonical(ox.Quad(*quad.triple) for quad in stored) == canonical(ox.Quad(*each) for each in triples(example))
    assert {quad.graph_name.value for quad in stored} == set(names)
    assert len(names) == 2


def test_loading_twice_is_loading_once_and_leaves_the_rest_alone(server: str, example: KnowledgeGraph) -> None:
    other = b"<https://example.org/a> <https://example.org/b> <https://example.org/c> ."
    request = urllib.request.Request(
        f"{server}?graph=https%3A%2F%2Fexample.org%2Fother",
        other,
        {"Content-Type": "application/n-triples"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=30).close()
    load_into(example, server)
    load_into(example, server)
    assert len(read(server)) == len(set(triples(example))) + 1


def test_the_command_loads_a_file_into_a_store(
    server: str, example: KnowledgeGraph, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_turtle(example, tmp_path / "graph.ttl")
    words = [sys.executable, "-P", "-m", "kg", "export", str(tmp_path / "graph.ttl"), "--target", server]
    assert subprocess.run(words, check=False).returncode == 0
    assert capfd.readouterr().err == f"graphs loaded into {server}: 2\n"
    stored = (quad for quad in read(server) if quad.graph_name != ox.NamedNode("https://example.org/other"))
    assert canonical(ox.Quad(*quad.triple) for quad in stored) == canonical(ox.Quad(*each) for each in triples(example))


class Refusing(BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        pass


def test_a_refusal_is_told(example: KnowledgeGraph) -> None:
    with HTTPServer(("127.0.0.1", 0), Refusing) as refusing:
        thread = Thread(target=refusing.handle_request)
        thread.start()
        with pytest.raises(StoreError, match=r"the store refused .*403"):
            load_into(example, f"http://127.0.0.1:{refusing.server_port}/store")
        thread.join()


@pytest.mark.parametrize(
    ("url", "message"), [("http://127.0.0.1:9/", "cannot be reached"), ("file:///tmp/x", "by http or https")]
)
def test_what_is_no_store_is_told(url: str, message: str, example: KnowledgeGraph) -> None:
    with pytest.raises(StoreError, match=message):
        load_into(example, url)


def test_the_turtle_of_rdf_1_2_annotates_edges_as_triples(example: KnowledgeGraph, tmp_path: Path) -> None:
    from kg.export.turtle12 import write_turtle12

    write_turtle12(example, tmp_path / "graph.ttl")
    store = ox.Store()
    store.load(path=str(tmp_path / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    rows = store.query(
        """PREFIX id: <https://w3id.org/irkg/id/> PREFIX ir: <https://w3id.org/irkg/ontology#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?status { ?edge rdf:reifies <<( id:IRN ir:supplies id:missiles )>> ; ir:edgeStatus ?status }"""
    )
    assert [row["status"].value for row in rows] == ["claimed, denied"]
    assert (
        "owl:annotatedSource"
        not in (tmp_path / "graph.ttl").read_text(encoding="utf8").split("a owl:AnnotationProperty")[0]
    )
