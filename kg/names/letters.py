"""Words → the same words without accents, in one script, in Latin letters, or as they sound."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from kg.tables import read_table

TABLES = Path(__file__).parent / "tables"
_LATIN = re.compile(r"[A-Za-zµóàáèéìíòùú]")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_SLUG = re.compile(r"[^A-Za-z0-9]+")


def unaccent(word: str) -> str:
    """Take accents and diaeresis off."""
    return word if word.isascii() else word.translate(_bare_letters())


@cache
def _bare_letters() -> dict[int, str]:
    """Return each accented letter with the letter below its accents, for all alphabets that put accents on letters."""
    bare = dict.fromkeys(range(768, 880), "")
    for code in range(0xC0, 0x2000):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if len(decomposed) > 1:
            bare[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare


@cache
def fold(word: str) -> str:
    """Fold what capitals hide: case, accents, the two forms of sigma."""
    return unaccent(word.casefold()).replace("ς", "σ")


@cache
def _letters(use: str) -> dict[str, str]:
    rows = read_table(TABLES / "letters.psv", ("use", "letters", "becomes"))
    return {row["letters"]: row["becomes"] for row in rows if row["use"] == use}


@cache
def _pattern(use: str) -> re.Pattern[str]:
    longest_first = sorted(_letters(use), key=lambda letters: (-len(letters), letters))
    return re.compile("|".join("^" + re.escape(x[1:]) if x.startswith("^") else re.escape(x) for x in longest_first))


def _becomes(match: re.Match[str], use: str) -> str:
    """Return what the matched letters become; a rule with ``^`` holds at the start of a word."""
    table, letters = _letters(use), match.group()
    return table.get("^" + letters, table.get(letters, letters)) if match.start() == 0 else table[letters]


def one_script(word: str) -> str:
    """Turn letters that only look Greek into Greek ones, in a word where both scripts stand (``Aμερικανός``)."""
    if word.isascii() or not (_LATIN.search(word) and _GREEK.search(word)):
        return word
    return "".join(_letters("homoglyph").get(c, c) for c in word)


def latin(name: str) -> str:
    """Write a name in Latin letters, each word with a capital: ``Σπίρτζης`` → ``Spirdzis``."""
    words = [_pattern("latin").sub(lambda m: _becomes(m, "latin"), unaccent(word.lower())) for word in name.split()]
    text = " ".join(word[:1].upper() + word[1:] for word in words)
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return text


def slug(name: str) -> str:
    """Make a local name for an IRI: ``Αλέξης Τσίπρας`` → ``alexis-tsipras``."""
    return _SLUG.sub("-", latin(name)).strip("-").lower()


@cache
def sound(word: str) -> str:
    """Return the consonants of a word as coarse classes: ``Πεζεσκιάν``, ``Pezeshkian`` and ``Пезешкиан`` give ``psskn``."""
    table = _letters("sound")
    parts = "".join(table[m.group()] for m in _pattern("sound").finditer(unaccent(word.lower())))
    return re.sub(r"(.)\1+", r"\1", parts) or fold(word)[:1]
