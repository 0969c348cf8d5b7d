"""Sources → a knowledge graph: the stages composed. The only module that knows them all."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.decide import Decider
from kg.decisions import Decisions, read_decisions
from kg.errors import InputError, StoreError
from kg.export import find_exporter
from kg.graph import KnowledgeGraph
from kg.ingest import read_all
from kg.interchange import read_lines, write_line
from kg.merge import merge
from kg.packs import languages, trial_languages
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
    actors: str | Path | None = None,
    decisions: str | Path | None = None,
) -> KnowledgeGraph:
    """Make a graph of files and folders, and write it into the folder ``output`` where one is named.

    ``actors`` is a file with names of your own, ``decisions`` one with what people decided. What cannot be read, and
    a decision on what is not there, is told by a warning each, and the rest is built. Raises InputError where nothing
    can be read.
    """
    decider = find_decider(Path(decisions) if decisions else None, actors=Path(actors) if actors else None)
    inputs = read_inputs(sources, lang=lang)
    for error in inputs.skipped:
        warnings.warn(str(error), stacklevel=2)
    if not inputs.documents:
        raise InputError("no article to read in " + ", ".join(str(source) for source in sources))
    kept = Path(store) if store else None
    graph = build_graph(inputs.documents, store=kept, workers=workers, decider=decider)
    for error in decider.lapsed():
        warnings.warn(str(error), stacklevel=2)
    if output is not None:
        write_outputs(graph, Path(output))
    return graph


def read_inputs(sources: Iterable[str | Path], *, lang: str | None = None) -> Inputs:
    """Read every source; a text in letters of which the model has no words is left out."""
    found = [_check_script(each) for each in read_all(sources, lang=lang)]
    return Inputs(
        tuple(each for each in found if isinstance(each, Document)),
        tuple(each for each in found if isinstance(each, InputError)),
    )


def _check_script(found: Document | InputError) -> Document | InputError:
    """Turn away a text of a language on trial whose script the model's vocabulary was not cut to."""
    if isinstance(found, InputError) or found.lang not in trial_languages():
        return found
    from kg.annotate.scripts import model_scripts, script_of

    script = script_of(found.text)
    if script in model_scripts():
        return found
    return InputError(
        f"{found.title or found.id[:8]} ({found.lang}): written in {script.capitalize()} letters, of which the model's "
        "vocabulary has no words; train a model with that script (scripts in the recipe of kg train)"
    )


def find_names(actors: Path | None = None) -> "Names":
    """Return the shipped names, and with them the user's own where a file has some."""
    from kg.names import load_names, load_with_own

    return load_with_own(languages(), actors) if actors else load_names(languages())


def find_decider(decisions: Path | None = None, *, actors: Path | None = None) -> Decider:
    """Return what applies the decisions of a file, if there is one, with the names that ``find_names`` returns."""
    return Decider(read_decisions(decisions) if decisions else Decisions(), find_names(actors))


def resolve_claims(readings: Iterable[Reading], *, names: "Names | None" = None) -> Iterator[Part]:
    """Yield each document with its claims about entities."""
    from kg.resolve import Resolver

    resolver = Resolver(names or find_names())
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
    decider: Decider | None = None,
) -> KnowledgeGraph:
    """Make the graph of documents; its parts are written to the file ``keep``, for ``remove`` to make it again.

    The parts are kept as resolved, before decisions: what people decide differently tomorrow is applied to the same.
    """
    readings = read_texts(documents, extractor=extractor, store=store, workers=workers, progress=progress)
    decider = decider or find_decider()
    parts = resolve_claims(readings, names=decider.names)
    return _merge(_keep(parts, keep) if keep else parts, extractor, decider)


def merge_parts(
    parts: Iterable[Path],
    *,
    extractor: "str | Extractor" = EXTRACTOR,
    decider: Decider | None = None,
) -> tuple[KnowledgeGraph, tuple[InputError, ...]]:
    """Make one graph of files that ``kg extract`` wrote, and return it with what could not be read."""
    found = [each for part in parts for each in read_lines(part)]
    read = [each for each in found if not isinstance(each, InputError)]
    graph = _merge(read, extractor, decider or find_decider())
    return graph, tuple(each for each in found if isinstance(each, InputError))


def remove(
    documents: Iterable[str],
    kept: Path,
    *,
    extractor: "str | Extractor" = EXTRACTOR,
    decider: Decider | None = None,
) -> KnowledgeGraph:
    """Make a graph again without some of its documents, from the parts that a build kept, and keep the rest.

    A document is named by its id or by the beginning of it. Raises InputError for one that is not there.
    """
    parts = [each for each in read_lines(kept) if not isinstance(each, InputError)]
    ids = [document.id for document, _ in parts]
    gone = {_match(name, ids, kept) for name in documents}
    rest = _keep([(document, claims) for document, claims in parts if document.id not in gone], kept)
    return _merge(rest, extractor, decider or find_decider())


def open_parts(path: Path, *, decider: Decider) -> KnowledgeGraph:
    """Return a graph by its file, or made anew of the parts that a build kept: their file, or the folder it lies in.

    Raises InputError where there is no graph, or where the folder holds the parts of several.
    """
    from kg.store import read_graph

    if path.is_dir():
        found = sorted(path.glob("*.jsonl"))
        if len(found) != 1:
            names = ", ".join(each.name for each in found)
            raise InputError(
                f"{path}: {f'name one of its files: {names}' if found else 'no build kept its parts here'}"
            )
        path = found[0]
    if path.suffix != ".jsonl":
        return read_graph(path)
    graph, skipped = merge_parts([path], decider=decider)
    if skipped:
        raise skipped[0]
    return graph


def _merge(parts: Iterable[Part], extractor: "str | Extractor", decider: Decider) -> KnowledgeGraph:
    """Make the graph of what stands; the hash of the data tells names of one's own and decisions from none."""
    data, own = data_hash(), (decider.names.own, decider.decisions.hash)
    if any(own):
        data = sha256("\x1f".join((data, *own)).encode()).hexdigest()
    decided = ((document, decider.decide(document, claims)) for document, claims in parts)
    return merge(decided, model=name_model(extractor), data=data, known=decider.entity)


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
