"""Sources → a knowledge graph: the stages composed. The only module that knows them all."""

import multiprocessing
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cache import Cache
from kg.errors import InputError, PluginError, StoreError
from kg.export import find_exporter
from kg.graph import KnowledgeGraph
from kg.ingest import read_all
from kg.interchange import read_lines, write_line
from kg.merge import merge
from kg.packs import languages, pack_folders
from kg.plugins import find_plugins, load_plugin
from kg.values import Document, Reading, ResolvedClaim

if TYPE_CHECKING:  # spaCy and the model are imported when a text is read, not before
    from kg.extract import Extractor
    from kg.names import Names

EXTRACTOR = "model"
"""The extractor that reads unless another is asked for."""

OUTPUTS = {"graph.ttl": "turtle", "statements.jsonl": "jsonl", "graph.html": "html"}
"""What a build writes, and the exporter of each."""

Part = tuple[Document, tuple[ResolvedClaim, ...]]
"""A document and its claims about entities."""

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


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


def read_claims(
    documents: Iterable[Document],
    *,
    extractor: "str | Extractor" = EXTRACTOR,
    store: Path | None = None,
    workers: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> Iterator[Reading]:
    """Yield what the extractor reads in each document, in their order; what ``store`` holds is not read again."""
    documents = tuple(documents)
    kept = Cache(store, _maker(extractor)) if store else None
    known = [kept is not None and kept.has(document) for document in documents]
    fresh = [document for document, is_known in zip(documents, known, strict=True) if not is_known]
    extracted = _extract_all(fresh, extractor, workers)
    for done, (document, is_known) in enumerate(zip(documents, known, strict=True), 1):
        reading = kept.get(document) if kept and is_known else None
        if reading is None:  # new, or what was kept of it is broken
            reading = _extract_one((extractor, document)) if is_known else next(extracted)
            if kept:
                kept.put(reading)
        progress(done, len(documents))
        yield reading


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
    readings = read_claims(documents, extractor=extractor, store=store, workers=workers, progress=progress)
    parts = resolve_claims(readings)
    return merge(
        _keep(parts, keep) if keep else parts, model=_model(extractor), data=data_hash(), known=_names().entity
    )


def merge_parts(
    parts: Iterable[Path], *, extractor: "str | Extractor" = EXTRACTOR
) -> tuple[KnowledgeGraph, tuple[InputError, ...]]:
    """Make one graph of files that ``kg extract`` wrote, and return it with what could not be read."""
    found = [each for part in parts for each in read_lines(part)]
    read = [each for each in found if not isinstance(each, InputError)]
    graph = merge(read, model=_model(extractor), data=data_hash(), known=_names().entity)
    return graph, tuple(each for each in found if isinstance(each, InputError))


def remove(names: Iterable[str], kept: Path, *, extractor: "str | Extractor" = EXTRACTOR) -> KnowledgeGraph:
    """Make a graph again without some of its documents, from the parts that a build kept, and keep the rest.

    A document is named by its id or by the beginning of it. Raises InputError for one that is not there.
    """
    parts = [each for each in read_lines(kept) if not isinstance(each, InputError)]
    ids = [document.id for document, _ in parts]
    gone = {_match(name, ids, kept) for name in names}
    rest = _keep([(document, claims) for document, claims in parts if document.id not in gone], kept)
    return merge(rest, model=_model(extractor), data=data_hash(), known=_names().entity)


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


def find_extractor(name: "str | Extractor") -> "Extractor":
    """Return an extractor by the name of its entry point in the group ``kg.extractors``; one at hand is that one."""
    if not isinstance(name, str):
        return name
    found = find_plugins("kg.extractors")
    if name not in found:
        raise PluginError(f"no extractor {name!r} is installed (there are: {', '.join(found)})")
    extractor: Extractor = load_plugin("extractor", found[name])
    return extractor


@cache
def data_hash() -> str:
    """Return a hash over the language packs: what else, beside the model, makes kept readings stale."""
    digest = sha256()
    for code, folder in sorted(pack_folders().items()):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{code}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _extract_all(documents: list[Document], extractor: "str | Extractor", workers: int) -> Iterator[Reading]:
    if workers <= 1 or len(documents) <= 1:
        extract = find_extractor(extractor) if documents else None
        yield from (extract(document) for document in documents if extract)
        return
    processes = multiprocessing.get_context("spawn")  # a forked process would share the model's threads
    with ProcessPoolExecutor(min(workers, len(documents)), mp_context=processes) as pool:
        yield from pool.map(_extract_one, ((extractor, document) for document in documents))


def _extract_one(task: "tuple[str | Extractor, Document]") -> Reading:
    extractor, document = task
    return find_extractor(extractor)(document)


def _maker(extractor: "str | Extractor") -> str:
    return f"{_model(extractor)} {data_hash()}"


def _model(extractor: "str | Extractor") -> str:
    """Return what tells one extractor's readings from another's: the hash of the shipped model, or a name."""
    if extractor == EXTRACTOR:
        from kg.annotate.model import model_hash

        return model_hash()
    return extractor if isinstance(extractor, str) else getattr(extractor, "__qualname__", type(extractor).__qualname__)


@cache
def _names() -> "Names":
    from kg.names import load_names

    return load_names(languages())
