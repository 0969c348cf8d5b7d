"""Questions → answers, in processes that may be killed: a query that takes too much takes only its process down."""

import io
import multiprocessing
import queue
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from kg.query import QueryError, has_word, refuse_service
from kg.serve.protocol import GRAPHS, RESULTS, Question
from kg.store import graph_prefixes

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_STARTING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    seconds: float = 20.0
    answer_bytes: int = 50_000_000
    memory_bytes: int = 1_500_000_000
    query_bytes: int = 200_000
    waiting_seconds: float = 60.0
    """How long a query may wait for a process to be free."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP status, a media type and a body."""

    status: int
    media: str
    body: bytes


def refuse(status: int, reason: str) -> Reply:
    """Return a reply that says in one line why there is no answer."""
    return Reply(status, "text/plain; charset=utf-8", f"{reason}\n".encode("utf8", "replace"))


class Pool:
    """Processes that answer questions from one store on disk, opened for reading only."""

    def __init__(self, folder: Path, *, size: int, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._idle: queue.Queue[_Worker] = queue.Queue()
        for _ in range(size):
            self._idle.put(self._start())

    def _start(self) -> "_Worker":
        return _Worker(self._folder, self._limits)

    def ask(self, question: Question) -> Reply:
        """Return the answer to a question, or why there is none; blocks while all processes are busy."""
        if len(question.sparql) > self._limits.query_bytes:
            return refuse(413, f"the query is longer than {self._limits.query_bytes} characters")
        try:
            worker = self._idle.get(timeout=self._limits.waiting_seconds)
        except queue.Empty:
            return refuse(503, "too many queries at once; try again")
        reply = worker.ask(question)
        if not worker.is_alive:
            worker = self._start()
        self._idle.put(worker)
        return reply

    def close(self) -> None:
        """End all processes; questions still being answered are given up."""
        while not self._idle.empty():
            self._idle.get_nowait().end()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._limits, self.is_alive, self._has_answered = limits, True, False
        self._process = context.Process(target=work, args=(theirs, folder, limits), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, question: Question) -> Reply:
        try:
            self._pipe.send(question)
            if self._pipe.poll(self._limits.seconds + _STARTING_SECONDS * (not self._has_answered)):
                reply: Reply = self._pipe.recv()
                self._has_answered = True
                return reply
        except (EOFError, OSError):
            self.end()
            return refuse(400, "the query took too much memory, or is nested too deeply")
        self.end()
        return refuse(503, f"the query took longer than {self._limits.seconds:g} s")

    def end(self) -> None:
        self.is_alive = False
        self._process.kill()
        self._process.join()
        self._pipe.close()


def work(pipe: "Connection[Reply, Question]", folder: Path, limits: Limits) -> None:
    """Answer questions until the pipe is closed."""
    store = ox.Store.read_only(str(folder))
    _confine(limits)
    while True:
        try:
            question = pipe.recv()
        except EOFError:
            return
        pipe.send(answer(store, question, limits))


def _confine(limits: Limits) -> None:
    """Let this process have no more memory than the limit beyond what it has, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(store: ox.Store, question: Question, limits: Limits) -> Reply:
    """Return the answer to a question from a store."""
    output = _Output(limits.answer_bytes)
    try:
        refuse_service(question.sparql)
        return _evaluate(store, question, output)
    except SyntaxError as error:
        return refuse(400, f"not SPARQL: {error}")
    except (QueryError, ValueError, RuntimeError, RecursionError) as error:
        return refuse(400, str(error))
    except (OSError, MemoryError) as error:
        return refuse(400, f"the answer is longer than {limits.answer_bytes} bytes" if output.is_full else str(error))


def _evaluate(store: ox.Store, question: Question, output: "_Output") -> Reply:
    has_dataset, names = bool(question.default_graphs or question.named_graphs), graph_prefixes(store)
    results = store.query(
        question.sparql,
        base_iri=question.base,
        prefixes=names,
        use_default_graph_as_union=not has_dataset and not has_word(question.sparql, "from"),
        default_graph=[ox.NamedNode(iri) for iri in question.default_graphs] if has_dataset else None,
        named_graphs=[ox.NamedNode(iri) for iri in question.named_graphs] if has_dataset else None,
    )
    if isinstance(results, ox.QueryTriples):
        form = _GRAPHS[GRAPHS[question.graph_type]]
        ox.serialize(results, output, format=form, prefixes=names)
        return Reply(200, question.graph_type, output.getvalue())
    media = question.results_type
    if isinstance(results, ox.QueryBoolean) and RESULTS[media] in ("csv", "tsv"):
        media = "application/sparql-results+json"
    results.serialize(output, format=_RESULTS[RESULTS[media]])
    return Reply(200, media, output.getvalue())


class _Output(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit, self.is_full = limit, False

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._limit:
            self.is_full = True
            raise OSError("the answer is too long")
        return super().write(data)
