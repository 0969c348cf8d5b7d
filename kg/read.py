"""Documents → readings: by an extractor, in as many processes as one likes, and nothing twice."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cache import Cache
from kg.errors import PluginError
from kg.ontology import find_ontology
from kg.packs import pack_folders
from kg.plugins import find_plugins, load_plugin
from kg.values import Document, Reading

if TYPE_CHECKING:  # spaCy and the model are imported when a text is read, not before
    from kg.extract import Extractor

_PACKAGE = Path(__file__).parent

EXTRACTOR = "model"
"""The extractor that reads unless another is asked for."""

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


def read_texts(
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
    """Return a hash over the language packs, the tables of names and the ontology."""
    packs = {f"language/{code}": folder for code, folder in pack_folders().items()}
    words = _hash_files({**packs, "names": _PACKAGE / "names" / "tables"})
    ontology = _hash_files({"ontology": find_ontology("ir.ttl").parent}, "*.ttl")
    return sha256(f"{words} {ontology}".encode()).hexdigest()


def _maker(extractor: "str | Extractor") -> str:
    """Return everything that a reading depends on beside its text; the program's own lines are a part of it."""
    code = _hash_files({"annotate": _PACKAGE / "annotate", "extract": _PACKAGE / "extract"}, "*.py")
    return f"{name_model(extractor)} {data_hash()} {code}"


def _hash_files(folders: Mapping[str, Path], pattern: str = "*") -> str:
    digest = sha256()
    for name, folder in sorted(folders.items()):
        for path in sorted(
            path for path in folder.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts
        ):
            digest.update(f"{name}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def name_model(extractor: "str | Extractor") -> str:
    """Return what tells one extractor's readings from another's: the hash of the shipped model, or a name."""
    if extractor == EXTRACTOR:
        from kg.annotate.model import model_hash

        return model_hash()
    return extractor if isinstance(extractor, str) else getattr(extractor, "__qualname__", type(extractor).__qualname__)


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
