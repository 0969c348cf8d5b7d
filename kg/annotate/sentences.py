"""Text → the spans of its sentences, by punctuation, line breaks and a list of abbreviations a language."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from kg.errors import DataError
from kg.packs import pack_folders
from kg.values import Span

_BREAK = re.compile(r"""(?<=[.!?;…])["”»)\]]*\s+(?=[«"“'‘(\[–—¿¡-]?\s?[^\W_a-zß-öø-ÿα-ωάέήίόύώϊϋΐΰа-џґ])|\s*\n+\s*""")
_LAST_WORD = re.compile(r"([\w.]+)\.$")


def split_sentences(text: str, lang: str) -> Iterator[Span]:
    """Yield the spans of the sentences, without the white space between them.

    A full stop after a listed abbreviation or a single capital ends nothing; a line break always does.
    """
    abbreviations = _abbreviations(lang)
    start = 0
    for found in _BREAK.finditer(text):
        closing = len(found.group()) - len(found.group().lstrip('"”»)]'))
        end = found.start() + closing
        if "\n" not in found.group() and _is_abbreviated(text[max(start, end - 20) : end], abbreviations):
            continue
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = found.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _is_abbreviated(before: str, abbreviations: frozenset[str]) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    return word.group(1) in abbreviations or (len(word.group(1)) == 1 and word.group(1).isupper())


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


@cache
def _abbreviations(lang: str) -> frozenset[str]:
    folder = pack_folders().get(lang)
    if folder is None:
        return frozenset()
    path = folder / "sentences.toml"
    try:
        return frozenset(tomllib.loads(path.read_text(encoding="utf8"))["abbreviations"])
    except FileNotFoundError:
        return frozenset()
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(f"{path}: needs a list `abbreviations`: {error}") from error
