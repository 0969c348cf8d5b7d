"""A saved web page → a draft: the article's text, title, day, address and publisher, found by trafilatura."""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.ingest.draft import Draft, clean

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_LANG = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z-]+)", re.IGNORECASE)
_HEAD = 65536


def read_html(path: Path) -> Iterator[Draft | InputError]:
    """Yield the article of a saved page; its paragraphs are separated by blank lines."""
    import trafilatura

    try:
        page = path.read_bytes()
    except OSError as error:
        yield InputError(f"{path}: cannot be read ({error.strerror})")
        return
    if not page.strip():
        yield InputError(f"{path}: empty")
        return
    saved_from = _first(_SAVED_FROM, page)
    found = trafilatura.bare_extraction(page, url=saved_from or None, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict) or not found.text:
        yield InputError(f"{path}: no article found in the page")
        return
    yield Draft(
        str(path),
        clean(re.sub(r"\n+", "\n\n", found.text)).strip(),
        lang=_first(_LANG, page),
        date=found.date or "",
        title=clean(found.title or ""),
        url=found.url or saved_from,
        publisher=found.sitename or found.hostname or "",
    )


def _first(pattern: re.Pattern[bytes], page: bytes) -> str:
    match = pattern.search(page[:_HEAD])
    return match[1].decode("ascii", "replace") if match else ""
