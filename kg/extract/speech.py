"""The words by which a language reports what somebody says: verbs of saying, and what joins them to what is said."""

import tomllib
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.errors import DataError
from kg.packs import pack_folders

VERBS = frozenset(("VERB", "AUX"))


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """What a pack's ``speech.toml`` lists, in small letters."""

    stems: tuple[str, ...] = ()
    """Beginnings of the forms of verbs of saying."""
    complementizers: tuple[str, ...] = ()
    """What begins a clause that is said (that)."""
    parentheses: tuple[str, ...] = ()
    """What begins a remark on who says the clause beside it (as)."""
    denials: tuple[str, ...] = ()
    """Beginnings of the forms of verbs of denying."""
    refusals: tuple[str, ...] = ()
    """Beginnings of the forms of verbs of refusing, as in refusing to confirm."""
    negations: tuple[str, ...] = ()
    """What turns a verb into its contrary (not)."""


@cache
def speech_words(lang: str) -> SpeechWords:
    """Return the words of a language; none for one whose pack lists none."""
    folder = pack_folders().get(lang)
    path = folder / "speech.toml" if folder else None
    if path is None or not path.is_file():
        return SpeechWords()
    try:
        return SpeechWords(
            **{key: tuple(value) for key, value in tomllib.loads(path.read_text(encoding="utf8")).items()}
        )
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise DataError(f"{path}: needs the lists {', '.join(SpeechWords.__slots__)}: {error}") from error


def is_saying(token: Token) -> bool:
    """Tell whether a word is a verb of saying."""
    return token.pos_ in VERBS and token.lower_.startswith(speech_words(token.lang_).stems)


def speech_stems(lang: str) -> tuple[str, ...]:
    """Return the beginnings of the forms of verbs of saying."""
    return speech_words(lang).stems
