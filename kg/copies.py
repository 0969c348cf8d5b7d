"""Texts → which of them are copies of one another: one story of an agency, as many outlets print it.

A text is known by a sketch (b-bit minwise hashing; Li and König, WWW 2010), which it has on its own, so that nothing
of what is found here need be stored or merged.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

DIGITS = 128
"""The length of a sketch: the share of equal digits is off by 0.05 at most in two of three cases."""
RUN = 3
"""Texts are compared by their runs of so many words."""
LEAST = 8
"""A text of fewer words is nobody's copy."""
ALIKE = 0.5
"""Two texts with this share of their runs in common are copies."""
BAND = 3
"""Texts are compared where so many digits in a row are equal: of those that share half their runs, 999 in 1000."""

_CHUNK = 4096
_WORD = re.compile(r"\w+")
_CHANCE = 1 / 16
_UNITS = NDArray[np.uint64]


def sketch(text: str) -> str:
    """Return hexadecimal digits of which two texts share the more, the more runs of words they share.

    Nothing for a text too short to tell.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < LEAST:
        return ""
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    runs = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        runs = runs * _FACTORS[0] + hashes[at : len(hashes) - RUN + 1 + at]
    runs = np.unique(runs ^ (runs >> np.uint64(31)))
    least = np.full(DIGITS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(runs), _CHUNK):
        chunk = runs[start : start + _CHUNK, None] * _FACTORS + _TERMS
        least = np.minimum(least, (chunk >> np.uint64(32)).min(axis=0))
    return "".join(f"{digit:x}" for digit in (least & np.uint64(15)).tolist())


def find_copies(sketches: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the names of texts that are copies of one another or of a third; what has no copy is not among them."""
    same: dict[str, list[str]] = defaultdict(list)
    for name in sorted(sketches):
        if sketches[name]:
            same[sketches[name]].append(name)
    leaders = list(range(len(same)))
    for one, other in _alike(list(same)):
        leaders[_leader(leaders, other)] = _leader(leaders, one)
    groups: dict[int, list[str]] = defaultdict(list)
    for place, names in enumerate(same.values()):
        groups[_leader(leaders, place)] += names
    yield from (sorted(names) for names in groups.values() if len(names) > 1)


def _alike(sketches: list[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places of sketches that have enough in common; every two that share a band are compared."""
    digits = np.array([list(each.encode()) for each in sketches], dtype=np.uint8).reshape(len(sketches), DIGITS)
    enough = ALIKE + (1 - ALIKE) * _CHANCE
    for start in range(0, DIGITS - BAND + 1, BAND):
        buckets: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(sketches):
            buckets[each[start : start + BAND]].append(place)
        for places in buckets.values():
            for number, place in enumerate(places[1:], 1):
                before = np.array(places[:number])
                shared = (digits[before] == digits[place]).mean(axis=1)
                yield from ((int(other), place) for other in before[shared >= enough])


def _leader(leaders: list[int], place: int) -> int:
    while leaders[place] != place:
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
    return place


@lru_cache(100_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf8", "surrogatepass"), digest_size=8).digest(), "big")


def _constants(name: str) -> _UNITS:
    return np.array([_hash(f"{name} {number}") for number in range(DIGITS)], dtype=np.uint64)


_FACTORS, _TERMS = _constants("factor") | np.uint64(1), _constants("term")
