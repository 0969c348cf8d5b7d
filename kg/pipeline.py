"""Sources → a knowledge graph: the stages composed. The only module that knows them all."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, StoreError
from kg.export import find_exporter
from kg.graph import KnowledgeGraph
from kg.ingest import read_all
from kg.interchange import read_lines, write_line
from kg.merge import merge
from kg.packs import languages
from kg.read import EXTRACTOR, Progress, data_hash, name_model, read_texts
from kg.values import Document, Reading, ResolvedClaim

if TYPE_CHECKING:  # spaCy and the model are imported when a text is read, not before
    from kg.extract import Extractor
    from kg.names import Names

OUTPUTS = {"graph.ttl": "turtle", "statements.jsonl": "jsonl", "graph.html": "html"}
"""What a build writes, and the exporter of each."""

Part = tuple[Document, tuple[ResolvedClaim, ...]]
"""A document and its claims about entities."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run was given: the documents, and an error for each thing that is none."""

    documents: tuple[Document, ...]
    skipped: tuple[InputError, ...]


def build(
    *sources: str | Path,
    output: str | Path | None = None,
    lang: str | None = None,
    store: str | Path | None = None,
    workers: int = 1,
) -> KnowledgeGraph:
    """Make a graph of files and folders, and write it into the folder ``output`` where one is named.

    What cannot be read is told by a warning each, and the rest is built. Raises InputError where nothing can be read.
    """
    inputs = read_inputs(sources, lang=lang)
    for error in inputs.skipped:
        warnings.warn(str(error), stacklevel=2)
    if not inputs.documents:
        raise InputError("no article to read in " + ", ".join(str(source) for source in sources))
    graph = build_graph(inputs.documents, store=Path(store) if store else None, workers=workers)
    if output is not None:
        write_outputs(graph, Path(output))
    return graph


def read_inputs(sources: Iterable[str | Path], *, lang: str | None = None) -> Inputs:
    """Read every source."""
    found = list(read_all(sources, lang=lang))
    return Inputs(
        tuple(each for each in found if isinstance(each, Document)),
        tuple(each for each in found if isinstance(each, InputError)),
    )


def resolve_claims(readings: Iterable[Reading]) -> Iterator[Part]:
    """Yield each document with its claims about entities."""
    from kg.resolve import Resolver

    resolver = Resolver(_names())
    for reading in readings:
        yield reading.document, resolver.resolve(reading)


def build_graph(
    documents: Iterable[Document],
    *,
    extractor: "str | Extractor" = EXTRACTOR,
    store: Path | None = None,
    workers: int = 1,
    progress: Progress = lambda _done, _of: None,
    keep: Path | None = None,
) -> KnowledgeGraph:
    """Make the graph of documents; its parts are written to the file ``keep``, for ``remove`` to make it again."""
    readings = read_texts(documents, extractor=extractor, store=store, workers=workers, progress=progress)
    parts = resolve_claims(readings)
    return merge(
        _keep(parts, keep) if keep else parts, model=name_model(extractor), data=data_hash(), known=_names().entity
    )


def merge_parts(
    parts: Iterable[Path], *, extractor: "str | Extractor" = EXTRACTOR
) -> tuple[KnowledgeGraph, tuple[InputError, ...]]:
    """Make one graph of files that ``kg extract`` wrote, and return it with what could not be read."""
    found = [each for part in parts for each in read_lines(part)]
    read = [each for each in found if not isinstance(each, InputError)]
    graph = merge(read, model=name_model(extractor), data=data_hash(), known=_names().entity)
    return graph, tuple(each for each in found if isinstance(each, InputError))


def remove(names: Iterable[str], kept: Path, *, extractor: "str | Extractor" = EXTRACTOR) -> KnowledgeGraph:
    """Make a graph again without some of its documents, from the parts that a build kept, and keep the rest.

    A document is named by its id or by the beginning of it. Raises InputError for one that is not there.
    """
    parts = [each for each in read_lines(kept) if not isinstance(each, InputError)]
    ids = [document.id for document, _ in parts]
    gone = {_match(name, ids, kept) for name in names}
    rest = _keep([(document, claims) for document, claims in parts if document.id not in gone], kept)
    return merge(rest, model=name_model(extractor), data=data_hash(), known=_names().entity)


def _match(name: str, ids: list[str], kept: Path) -> str:
    found = [name] if name in ids else [each for each in ids if each.startswith(name)]
    if len(found) != 1:
        raise InputError(f"{name}: {'several documents begin so' if found else 'no such document'} in {kept}")
    return found[0]


def _keep(parts: Iterable[Part], path: Path) -> Iterator[Part]:
    """Pass parts on, and write them to a file that is replaced when all have passed."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf8", newline="\n") as file:
            for document, claims in parts:
                file.write(f"{write_line(document, claims)}\n")
                yield document, claims
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error


def write_outputs(graph: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    """Write a graph in each form that a build gives; a file is replaced only when its successor is complete."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(write_output(graph, folder / name, form) for name, form in OUTPUTS.items())
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror})") from error


def write_output(graph: KnowledgeGraph, path: Path, form: str) -> Path:
    """Write a graph to one file in one form."""
    partial = path.with_name(f".{path.name}.partial")
    find_exporter(form)(graph, partial)
    if not partial.is_dir():
        return partial.replace(path)
    path.mkdir(exist_ok=True)  # a form of several files
    for file in partial.iterdir():
        file.replace(path / file.name)
    partial.rmdir()
    return path


@cache
def _names() -> "Names":
    from kg.names import load_names

    return load_names(languages())
