"""The web application: /sparql, a page for each thing, a query form, and the explorer."""

import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kg import vocab
from kg.answer import shorten
from kg.ontology import find_ontology
from kg.ready import ready_queries
from kg.serve.pool import Limits, Pool, Reply, refuse
from kg.serve.protocol import GRAPHS, Question, Refusal, negotiate, read_request
from kg.store import graph_base, open_graph, read_graph

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]  # the protocol, not the router, says which are wrong
_SPACES = frozenset({"id", "statement", "occurrence", "evidence", "article", "run"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
_STYLED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
}
"""For the page of the ontology, which brings its style along and runs nothing."""

LIMITS = Limits()


def make_app(
    path: Path,
    *,
    hosts: Sequence[str] = ("127.0.0.1", "localhost"),
    cors: bool = False,
    limits: Limits = LIMITS,
    processes: int = 0,
) -> Starlette:
    """Return the application for a graph file; it answers only requests that name one of the hosts."""
    served = Served(path, limits, processes or min(4, os.cpu_count() or 1))
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    if cors:
        middleware.append(Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"]))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(served.open)
        yield
        await run_in_threadpool(served.close)

    return Starlette(
        routes=[
            Route("/", served.explorer),
            Route("/sparql", served.sparql, methods=_METHODS),
            Route("/query", served.form),
            Route("/pages/page.css", served.style),
            Route("/.well-known/void", served.void),
            Route("/ontology", served.ontology),
            Route("/{space}/{name}", served.thing),
        ],
        middleware=middleware,
        lifespan=lifespan,
    )


@dataclass
class Served:
    """A graph file and what answers for it: processes for queries, templates for pages."""

    path: Path
    limits: Limits
    processes: int

    def open(self) -> None:
        """Load the graph into a store of its own, and start the processes that answer from it."""
        self.folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self.base = _load(self.path, self.folder)
        self.pool = Pool(self.folder, size=self.processes, limits=self.limits)

    def close(self) -> None:
        """End the processes and remove the store."""
        self.pool.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @cached_property
    def pages(self) -> Environment:
        """Return the templates, which escape every value."""
        return Environment(loader=FileSystemLoader(str(files("kg.serve") / "pages")), autoescape=True, trim_blocks=True)

    @cached_property
    def explorer_page(self) -> str:
        """Return the explorer's HTML, made when it is first asked for."""
        from kg.export.html import render

        return render(read_graph(self.path), form="/query")

    async def explorer(self, _request: Request) -> Response:
        """Answer with the explorer, the same page that an export writes; it brings its own policy."""
        return HTMLResponse(await run_in_threadpool(lambda: self.explorer_page))

    async def sparql(self, request: Request) -> Response:
        """Answer by the SPARQL 1.1 Protocol; without a query, with the description of the service."""
        if request.method in ("GET", "HEAD") and not request.url.query:
            text = (files("kg.serve") / "service.ttl").read_text(encoding="utf8")
            return _respond(Reply(200, "text/turtle", f"@base <{request.base_url}> .\n{text}".encode()))
        try:
            body = await self._read_body(request)
            headers = request.headers
            question = read_request(
                request.method, request.url.query, headers.get("content-type", ""), headers.get("accept", ""), body
            )
        except Refusal as refusal:
            return _respond(refuse(refusal.status, str(refusal)))
        question = replace(question, base=str(request.base_url))
        return _respond(await run_in_threadpool(self.pool.ask, question))

    async def _read_body(self, request: Request) -> bytes:
        most, body = 3 * self.limits.query_bytes, bytearray()  # a character may take three when it is escaped
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise Refusal(413, f"the request is longer than {most} bytes")
        return bytes(body)

    async def thing(self, request: Request) -> Response:
        """Answer for one thing of the graph, as a page or as RDF."""
        space, name = request.path_params["space"], request.path_params["name"]
        if space not in _SPACES or not _is_plain(name):
            return _respond(refuse(404, "no such thing"))
        iri = f"{self.base}{space}/{name}"
        formats = {form: media for media, form in reversed(GRAPHS.items())}
        wished = formats.get(request.query_params.get("format", ""))
        media = wished or negotiate(request.headers.get("accept", ""), ("text/html", *GRAPHS))
        if not media:
            return _respond(refuse(406, f"answers come as text/html, {', '.join(GRAPHS)}"))
        if media == "text/html":
            return await self._page(iri)
        known = await run_in_threadpool(self.pool.ask, Question(f"ASK {{ <{iri}> ?p ?o }}"))
        if known.status == 200 and not json.loads(known.body)["boolean"]:  # noqa: PLR2004
            return _respond(refuse(404, "no such thing"))
        sparql = f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"
        return _respond(await run_in_threadpool(self.pool.ask, Question(sparql, graph_type=media)))

    async def _page(self, iri: str) -> Response:
        sparql = (files("kg.serve") / "thing.rq").read_text(encoding="utf8").replace("THING", iri)
        reply = await run_in_threadpool(self.pool.ask, Question(sparql))
        if reply.status != 200:  # noqa: PLR2004
            return _respond(reply)
        found = [
            {key: cell["value"] for key, cell in row.items()} for row in json.loads(reply.body)["results"]["bindings"]
        ]
        if not found:
            return _respond(refuse(404, "no such thing"))
        rows = [self._row(row) for row in found]
        labels = [row["label"] for row in rows if row["is_label"]]
        tables = [("What it is", [row for row in rows if row["way"] == "out"])]
        tables.append(("What refers to it", [row for row in rows if row["way"] == "in"]))
        page = self.pages.get_template("thing.html.j2")
        text = page.render(iri=iri, name=next(iter(labels), iri), tables=tables)
        return HTMLResponse(text, headers={**_HEADERS, "Vary": "Accept"})

    def _row(self, row: dict[str, str]) -> dict[str, object]:
        words, value = row.get("words") or shorten(row["property"]), row["value"]
        is_ours = value.startswith(self.base) and value.removeprefix(self.base).partition("/")[0] in _SPACES
        return {
            "way": row["way"],
            "words": words,
            "label": row.get("label") or shorten(value),
            "link": f"/{value.removeprefix(self.base)}" if is_ours else _term_link(value),
            "is_label": row["property"].endswith("#label"),
        }

    async def form(self, request: Request) -> Response:
        """Answer with a form for queries."""
        chosen = ready_queries().get(request.query_params.get("ready", ""))
        page = self.pages.get_template("query.html.j2")
        text = page.render(sparql=chosen.sparql if chosen else "", queries=ready_queries().values())
        return HTMLResponse(text, headers=_HEADERS)

    async def style(self, _request: Request) -> Response:
        """Answer with the style sheet of the pages."""
        text = (files("kg.serve") / "pages" / "page.css").read_text(encoding="utf8")
        return Response(text, media_type="text/css", headers=_HEADERS)

    async def ontology(self, request: Request) -> Response:
        """Answer with the ontology: the page of all its terms, or the file itself."""
        media = negotiate(request.headers.get("accept", ""), ("text/html", "text/turtle"))
        if not media:
            return _respond(refuse(406, "the ontology comes as text/html or text/turtle"))
        text = find_ontology("ir.html" if media == "text/html" else "ir.ttl").read_text(encoding="utf8")
        return Response(text, media_type=media, headers={**_HEADERS, "Vary": "Accept", **_STYLED})

    async def void(self, request: Request) -> Response:
        """Answer with the description of the data."""
        sparql = (files("kg.serve") / "void.rq").read_text(encoding="utf8").replace("BASE", str(request.base_url))
        media = negotiate(request.headers.get("accept", ""), tuple(GRAPHS)) or "text/turtle"
        return _respond(await run_in_threadpool(self.pool.ask, Question(sparql, graph_type=media)))


def _load(path: Path, folder: Path) -> str:
    """Copy a graph file into a store on disk, and return the base of its IRIs."""
    source = open_graph(path)
    store = ox.Store(str(folder))
    store.bulk_extend(source.quads_for_pattern(None, None, None, None))
    store.flush()
    return graph_base(source)


def _respond(reply: Reply) -> Response:
    return Response(reply.body, reply.status, {**_HEADERS, "Vary": "Accept"}, reply.media)


def _term_link(iri: str) -> str:
    """Return where the page of the ontology has a term, or nothing for what is none."""
    return f"/ontology#{iri.removeprefix(vocab.IR)}" if iri.startswith(vocab.IR) else ""


def _is_plain(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()
