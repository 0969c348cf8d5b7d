"""Common words for things, roles, groups of people and organs of a state, matched in every form of each word."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.names.find import Token, words_of
from kg.names.forms import Endings, one_accent

WordKind = Literal["things", "roles", "groups", "organs"]
WORD_KINDS: tuple[WordKind, ...] = ("things", "roles", "groups", "organs")
DEFAULT_CLASS = "word"


@dataclass(slots=True)
class _Node:
    meaning: str = ""
    children: dict[str, "_Node"] = field(default_factory=dict)


@dataclass(slots=True)
class Words:
    """The common words of one language: each form's base words, and phrases of base words with what they mean."""

    endings: Endings
    bases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    phrases: dict[WordKind, _Node] = field(default_factory=lambda: {kind: _Node() for kind in WORD_KINDS})

    def add(self, phrase: str, kind: WordKind, meaning: str) -> None:
        """Take a phrase in, such as ``βαλλιστικός:a πύραυλος:m``: a word inflects by the class behind its colon."""
        node = self.phrases[kind]
        for part in phrase.split():
            word, _, word_class = part.partition(":")
            for base in self._bases(word, word_class or DEFAULT_CLASS):
                node = node.children.setdefault(base, _Node())
        node.meaning = node.meaning or meaning

    def match(self, tokens: Sequence[Token], at: int, kind: WordKind) -> tuple[int, str] | None:
        """Return how many words from this one on name something of a kind, and its id; the longest phrase wins."""
        best: tuple[int, str] | None = None
        nodes = [self.phrases[kind]]
        for length in range(1, len(tokens) - at + 1):
            word = tokens[at + length - 1].word.lower()
            bases = self.bases.get(word) or self.bases.get(one_accent(word), set())
            nodes = [node.children[base] for node in nodes for base in bases if base in node.children]
            if not nodes:
                break
            meanings = [node.meaning for node in nodes if node.meaning]
            if meanings:
                best = (length, meanings[0])
        return best

    def _bases(self, word: str, word_class: str) -> list[str]:
        """Return the base of a word and note its forms; one with a hyphen or a dot is several words to the reader."""
        pieces = words_of(word.lower())
        if len(pieces) > 1:
            for piece in pieces:
                self.bases[piece].add(piece)
            return pieces
        base = f"{word}:{word_class}"
        for form in self.endings.inflect(word, word_class):
            self.bases[" ".join(words_of(form.lower()))].add(base)
        return [base]
