"""The form in a table and its class → all the forms of the word, by the endings of the language's pack."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.names.letters import unaccent
from kg.tables import read_table

ACUTE = "\N{COMBINING ACUTE ACCENT}"


@dataclass(frozen=True, slots=True)
class Endings:
    """How the words of a language inflect: for a class of words, each ending and the endings of the other forms."""

    by_class: dict[str, dict[str, tuple[str, ...]]]

    def inflect(self, word: str, word_class: str) -> tuple[str, ...]:
        """Return the word and all its forms; the longest ending of the class that fits it decides."""
        endings = self.by_class.get(word_class, {})
        fitting = [ending for ending in endings if word.endswith(ending)]
        if not fitting:
            return (word,)
        ending = max(fitting, key=len)
        stem = word[: len(word) - len(ending)]
        return tuple(dict.fromkeys((word, *(_join(stem, form) for form in endings[ending]))))


def read_endings(folder: Path) -> Endings:
    """Read the endings of a language pack; a pack without the file inflects nothing."""
    path = folder / "endings.psv"
    by_class: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in read_table(path, ("class", "ending", "forms")) if path.exists() else ():
        forms = by_class[row["class"]]
        forms[row["ending"]] = (*forms.get(row["ending"], ()), *row["forms"].split())
    return Endings(dict(by_class))


def accusative(nominative: str, genitive: str, endings: Endings) -> str:
    """Return the accusative of a name: the words that its genitive changes take the pack's ``accusative`` endings."""
    words, others = nominative.split(" "), genitive.split(" ")
    if len(words) != len(others):
        return nominative
    pairs = zip(words, others, strict=True)
    return " ".join(word if word == other else endings.inflect(word, "accusative")[-1] for word, other in pairs)


def with_variants(forms: Iterable[str]) -> Iterator[str]:
    """Yield each form, and the form with a bare initial where capitals drop their accent (``Ελληνας``)."""
    for form in forms:
        yield form
        bare = " ".join(unaccent(word[:1]) + word[1:] if word[:1].isupper() else word for word in form.split(" "))
        if bare != form:
            yield bare


def one_accent(word: str) -> str:
    """Take off the second accent that a possessive behind it puts on a word (``στρατεύματά τους``)."""
    decomposed = unicodedata.normalize("NFD", word)
    first, second = decomposed.find(ACUTE), decomposed.rfind(ACUTE)
    if first == second:
        return word
    return unicodedata.normalize("NFC", decomposed[:second] + decomposed[second + 1 :])


def _join(stem: str, ending: str) -> str:
    if ending.startswith("+"):
        return _accented(unaccent_tonos(stem)) + ending[1:]
    return (unaccent_tonos(stem) if unaccent_tonos(ending) != ending else stem) + ending


def unaccent_tonos(word: str) -> str:
    """Take the accents off and leave the diaeresis on (``ϊ``)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace(ACUTE, ""))


def _accented(stem: str) -> str:
    """Put the accent on the last letter of a bare stem that can bear one; of a pair of vowels that is the second."""
    for index in range(len(stem) - 1, -1, -1):
        letter = unicodedata.normalize("NFC", stem[index] + ACUTE)
        if len(letter) == 1:
            return stem[:index] + letter + stem[index + 1 :]
    return stem
