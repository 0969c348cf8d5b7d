"""Documents → which of them tell one story in the same words: a wire report in several outlets, an article and its copy.

Texts are compared by their shingles (Broder, 1997): what share of the runs of five words of the shorter one the longer
one has, too.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable

from kg.values import Document

RUN = 5
"""So many words in a row make a shingle."""
SHARE = 0.5
"""Texts with so large a share of the shorter one's shingles in common tell one story."""
SKETCH = 64
"""Only texts that share one of so many of their shingles, those with the smallest numbers, are compared."""
FEW = 20
"""What more stories than this begin with, a standing phrase, leads to no further comparison."""


def find_stories(documents: Iterable[Document]) -> dict[str, str]:
    """Return, for the id of each document, that of the longest document which tells its story: often its own.

    The order of the documents does not matter.
    """
    shingles = {document.id: _shingles(document.text) for document in documents}
    stories: dict[str, str] = {}
    firsts: dict[int, list[str]] = defaultdict(list)  # shingle → the stories whose sketch has it
    for name in sorted(shingles, key=lambda name: (-len(shingles[name]), name)):
        own = shingles[name]
        sketch = sorted(own)[:SKETCH]
        near = sorted({first for shingle in sketch for first in firsts[shingle][:FEW]})
        shared = {first: len(own & shingles[first]) for first in near}
        best = max(near, key=lambda first: shared[first], default=name)
        stories[name] = best if shared.get(best, 0) > SHARE * len(own) else name
        if stories[name] == name:
            for shingle in sketch:
                firsts[shingle].append(name)
    return stories


def _shingles(text: str) -> frozenset[int]:
    words = re.findall(r"\w+", text.casefold())
    runs = (" ".join(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1)))
    return frozenset(zlib.crc32(run.encode("utf8")) for run in runs)
