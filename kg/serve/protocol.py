"""An HTTP request → the question that it asks by the SPARQL 1.1 Protocol, or why it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"

RESULTS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "text/plain": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
"""Media types, and the formats that they mean; the first is what a client without wishes gets."""


class Refusal(Exception):
    """A request that is not answered: its status and the reason in one line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs it asks, and the media types in which its answer may come (rows, triples)."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    results_type: str = "application/sparql-results+json"
    graph_type: str = "text/turtle"
    base: str | None = None
    """What relative IRIs in the query are relative to."""


def read_request(method: str, query_string: str, content_type: str, accept: str, body: bytes) -> Question:
    """Return what a request asks; raises Refusal."""
    parameters = _parse(query_string)
    media, _, options = (part.strip().lower() for part in content_type.partition(";"))
    if any(name == "update" for name, _ in parameters) or (method == "POST" and media == UPDATE):
        raise Refusal(403, "this server only answers questions; it does not update")
    if method == "POST":
        parameters += _read_body(media, options, body)
    elif method not in ("GET", "HEAD"):
        raise Refusal(405, "use GET or POST")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Refusal(400, f"{len(queries)} queries, there must be one")
    return Question(
        queries[0],
        tuple(value for name, value in parameters if name == "default-graph-uri"),
        tuple(value for name, value in parameters if name == "named-graph-uri"),
        *_negotiate_both(accept),
    )


def _read_body(media: str, options: str, body: bytes) -> list[tuple[str, str]]:
    charset = options.removeprefix("charset=").strip('"') or "utf-8"
    if charset not in ("utf-8", "utf8"):
        raise Refusal(415, f"the body must be UTF-8, not {charset}")
    try:
        text = body.decode("utf8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "the body is not UTF-8") from error
    if media == QUERY:
        return [("query", text)]
    if media != FORM:
        raise Refusal(415, f"a query is sent as {QUERY} or {FORM}")
    parameters = _parse(text)
    if any(name == "update" for name, _ in parameters):
        raise Refusal(403, "this server only answers questions; it does not update")
    return parameters


def _parse(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refusal(400, "the parameters are not UTF-8, or too many") from error


def _negotiate_both(accept: str) -> tuple[str, str]:
    """Return the media types for rows and for triples; it is enough if one of them can be what the client accepts."""
    results, graphs = negotiate(accept, tuple(RESULTS)), negotiate(accept, tuple(GRAPHS))
    if not results and not graphs:
        raise Refusal(406, f"answers come as {', '.join((*RESULTS, *GRAPHS))}")
    return results or next(iter(RESULTS)), graphs or next(iter(GRAPHS))


def negotiate(accept: str, offered: Sequence[str]) -> str:
    """Return which of the media types a client likes best, the first of equals; nothing where it takes none."""
    wishes = [_wish(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best = max(offered, key=lambda media: (_quality(media, wishes), -offered.index(media)))
    return best if _quality(best, wishes) > 0 else ""


def _wish(part: str) -> tuple[str, float]:
    media, *options = (piece.strip().lower() for piece in part.split(";"))
    for option in options:
        if option.startswith("q="):
            try:
                return media, float(option[2:])
            except ValueError:
                return media, 0.0
    return media, 1.0


def _quality(media: str, wishes: Sequence[tuple[str, float]]) -> float:
    """Return how much a media type is wanted; the most exact wish counts."""
    whole, kind = media, media.partition("/")[0] + "/*"
    for pattern in (whole, kind, "*/*"):
        found = [quality for wish, quality in wishes if wish == pattern]
        if found:
            return max(found)
    return 0.0
