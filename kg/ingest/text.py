"""Plain text → drafts; a first word ``date`` or ``state date`` and a day before the article are its header."""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.ingest.draft import Draft, clean, read_whole

_HEADER = re.compile(r"\s*(?:state\s+)?date:?\s+(?P<date>\S+)\s*")
_TITLE_LENGTH = 160
_SENTENCE_END = (".", "!", "?", ";", ":", "…", "»", "”", '"')


def read_text(path: Path) -> Iterator[Draft | InputError]:
    """Yield the one article of a text file."""
    whole = read_whole(path)
    if isinstance(whole, InputError):
        yield whole
        return
    header = _HEADER.match(whole)
    text = clean(whole[header.end() :] if header else whole).strip()
    yield Draft(str(path), text, date=header["date"] if header else "", title=find_title(text))


def find_title(text: str) -> str:
    """Return the first paragraph where it looks like a headline: one short line that ends no sentence, and more below."""
    first, _, rest = text.partition("\n")
    looks_so = bool(rest.strip()) and len(first) <= _TITLE_LENGTH and not first.rstrip().endswith(_SENTENCE_END)
    return first.strip() if looks_so else ""
