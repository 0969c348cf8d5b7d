"""A graph file → a web server on this machine: SPARQL 1.1 Protocol, read-only, and pages for people."""

from pathlib import Path

HOST = "127.0.0.1"
PORT = 8080
ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 - listened on only where the user says so
"""Addresses that mean all of this machine's: then it may be called by any of its names."""


def serve(path: Path, *, host: str = HOST, port: int = PORT, cors: bool = False) -> None:
    """Serve a graph until interrupted.

    Only requests that name this host are answered, so that no web page can reach the graph through the browser;
    with ``cors`` any page may. Raises InputError where the file is no graph.
    """
    import uvicorn

    from kg.serve.app import make_app

    hosts = ("*",) if host in ANY_HOST else (host, "localhost")
    uvicorn.run(make_app(path, hosts=hosts, cors=cors), host=host, port=port, log_level="warning")
