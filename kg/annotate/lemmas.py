"""Words with tags → their lemmas: from the forms that the treebanks have, a word list, and endings learned from both."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # its word lists are read when a lemma is asked for
    from simplemma.strategies import DictionaryLookupStrategy

FILE = "lemmas.json.gz"
LONGEST_ENDING = 6
_NAME = "PROPN"
_FOREIGN = "X"


@dataclass(frozen=True, slots=True)
class Lemmas:
    """What one language's treebank says of the lemmas of forms, and of endings."""

    forms: Mapping[str, str]
    """``form in small letters/tag`` → lemma."""
    endings: Mapping[str, tuple[int, str]]
    """``last letters/tag`` → how many letters to cut off, and what to put there instead."""

    def of(self, form: str, tag: str, lang: str) -> str:
        """Return the lemma of a form: seen in the treebank, else an abbreviation's own, the word list's, by its ending."""
        lower = form.lower()
        seen = self.forms.get(f"{lower}/{tag}")
        if seen is not None:
            return seen
        is_abbreviation = form.isupper() and (len(form) > 1 or tag == _FOREIGN)
        if is_abbreviation or (tag == _FOREIGN and form != lower):
            return form
        return (tag != _NAME and _listed(form, lang)) or self._by_ending(form, lower, tag)

    def _by_ending(self, form: str, lower: str, tag: str) -> str:
        for length in range(min(LONGEST_ENDING, len(lower)), -1, -1):
            rule = self.endings.get(f"{lower[len(lower) - length :]}/{tag}")
            if rule is not None:
                cut, put = rule
                lemma = lower[: len(lower) - cut] + put
                return lemma[:1].upper() + lemma[1:] if tag == _NAME else lemma
        return form


def _listed(form: str, lang: str) -> str:
    lists = _word_lists()
    return lists.get_lemma(form, lang) or lists.get_lemma(form.lower(), lang) or ""


@cache
def _word_lists() -> "DictionaryLookupStrategy":
    from simplemma.strategies import DictionaryLookupStrategy

    return DictionaryLookupStrategy()


def read_lemmas(folder: Path) -> dict[str, Lemmas]:
    """Return the lemmas of a model's folder by language."""
    with gzip.open(folder / FILE, "rt", encoding="utf8") as text:
        content = json.load(text)
    return {
        lang: Lemmas(tables["forms"], {ending: (cut, put) for ending, (cut, put) in tables["endings"].items()})
        for lang, tables in content.items()
    }


def write_lemmas(lemmas: Mapping[str, Lemmas], folder: Path) -> None:
    """Write the lemmas of some languages."""
    content = {lang: {"forms": dict(each.forms), "endings": dict(each.endings)} for lang, each in lemmas.items()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (folder / FILE).write_bytes(gzip.compress(text.encode("utf8"), mtime=0))
