"""Files and folders → documents: every form an article comes in, and one line for each that cannot be read."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kg.errors import InputError, LeftOut
from kg.ingest.draft import Draft, Reader, clean
from kg.ingest.html import read_html
from kg.ingest.identify import identify
from kg.ingest.markdown import read_markdown
from kg.ingest.records import read_csv, read_jsonl
from kg.ingest.text import read_text
from kg.plugins import find_plugins, load_plugin
from kg.values import Document

__all__ = ["Draft", "Reader", "make_document", "read", "read_all", "suffixes"]

_READERS: dict[str, Reader] = {
    "": read_text,
    ".csv": read_csv,
    ".htm": read_html,
    ".html": read_html,
    ".jsonl": read_jsonl,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".ndjson": read_jsonl,
    ".tsv": read_csv,
    ".txt": read_text,
    ".xhtml": read_html,
}


def read(source: str | Path, *, lang: str | None = None) -> Iterator[Document | InputError]:
    """Yield the documents of a file or folder, and an error for each thing that is none.

    ``lang`` is the language of documents that do not declare their own.
    """
    yield from read_all([source], lang=lang)


def read_all(sources: Iterable[str | Path], *, lang: str | None = None) -> Iterator[Document | InputError]:
    """Yield the documents of several sources; an id that comes again is an error, whichever source it comes from."""
    where_by_id: dict[str, str] = {}
    for source in sources:
        for draft in _read_source(Path(source)):
            document = draft if isinstance(draft, InputError) else _finish(draft, lang or "")
            if isinstance(draft, InputError) or isinstance(document, InputError):
                yield document
            elif document.id in where_by_id:
                yield InputError(f"{draft.where}: same id as {where_by_id[document.id]} ({document.id})")
            else:
                where_by_id[document.id] = draft.where
                yield document


def make_document(text: str, *, lang: str = "", published: date | None = None) -> Document:
    """Return a text as a document; raises InputError for an empty one, and for a language that is not served."""
    document = _finish(Draft("text", clean(text), lang=lang, date=published.isoformat() if published else ""), "")
    if isinstance(document, InputError):
        raise document
    return document


def suffixes() -> tuple[str, ...]:
    """Return the file suffixes that can be read, those of plugins included."""
    return tuple(
        sorted({suffix for suffix in _READERS if suffix} | {f".{name}" for name in find_plugins("kg.readers")})
    )


def _read_source(path: Path) -> Iterator[Draft | InputError]:
    if path.is_dir():
        yield from _read_folder(path)
    elif not path.exists():
        yield InputError(f"{path}: no such file or folder")
    elif (reader := _reader(path)) is None:
        yield InputError(f"{path}: no reader for {path.suffix} (readable: {' '.join(suffixes())})")
    else:
        yield from reader(path)


def _read_folder(folder: Path) -> Iterator[Draft | InputError]:
    left_out: Counter[str] = Counter()
    found = False
    for path in _walk(folder, left_out):
        if path.suffix and (reader := _reader(path)) is not None:
            found = True
            yield from reader(path)
        else:
            left_out[path.suffix or "without suffix"] += 1
    left_out += Counter()  # drops what was counted zero times
    if left_out:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(left_out.items()))
        error = LeftOut if set(left_out) == {"hidden"} else InputError
        yield error(f"{folder}: files left out, no articles: {sum(left_out.values())} ({kinds})")
    if not found:
        yield InputError(f"{folder}: no articles in the folder (readable: {' '.join(suffixes())})")


def _walk(folder: Path, left_out: Counter[str]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        left_out["hidden"] += sum(name.startswith(".") for name in (*folders, *names))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def _reader(path: Path) -> Reader | None:
    suffix = path.suffix.lower()
    if suffix in _READERS:
        return _READERS[suffix]
    plugin = find_plugins("kg.readers").get(suffix.removeprefix("."))
    if plugin is None:
        return None
    reader: Reader = load_plugin("reader", plugin)
    return reader


def _finish(draft: Draft, lang: str) -> Document | InputError:
    if not any(character.isalpha() for character in draft.text):
        return InputError(f"{draft.where}: empty, no words")
    published = _parse_date(draft.date, draft.where)
    if isinstance(published, InputError):
        return published
    title = " ".join(clean(draft.title).split())
    text = draft.text if draft.text.startswith(title) else f"{title}\n\n{draft.text}"
    code = identify(text, draft.lang or lang, draft.where)
    if isinstance(code, InputError):
        return code
    document = Document("", text, code, published, title, draft.url, draft.publisher)
    return Document(draft.id or draft.url or document.sha256, text, code, published, title, draft.url, draft.publisher)


def _parse_date(written: str, where: str) -> date | InputError | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return InputError(f"{where}: date '{written[:40]}' is none (expected YYYY-MM-DD)")
