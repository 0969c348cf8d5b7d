"""Scripts: the one that a text is written in, and those that the model's vocabulary has words of."""

import gzip
import json
import unicodedata
from collections import Counter
from functools import cache

from kg.annotate.model import SHIPPED

_SAMPLE = 2000
_ENOUGH = 500
"""Pieces of several letters that a script needs to count as one the model reads."""


def script_of(text: str) -> str:
    """Return the script of most letters, the first word of their Unicode names: ``GREEK``, ``LATIN``, ``ARABIC``."""
    counts = Counter(_script(character) for character in text[:_SAMPLE] if character.isalpha())
    return max(counts, key=lambda script: (counts[script], script), default="")


@cache
def model_scripts() -> frozenset[str]:
    """Return the scripts that the shipped model's vocabulary was cut to."""
    tokenizer = json.loads(gzip.decompress((SHIPPED / "tokenizer.json.gz").read_bytes()))
    counts: Counter[str] = Counter()
    for piece, _ in tokenizer["model"]["vocab"]:
        letters = [character for character in piece if character.isalpha()]
        if len(letters) > 1:
            counts[_script(letters[0])] += 1
    return frozenset(script for script, count in counts.items() if count >= _ENOUGH)


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]
