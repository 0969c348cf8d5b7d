"""A mention → its parts: the words that count, the names in them, and the common words that say what it is."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.names.find import NameHit, Token
from kg.names.words import WordKind
from kg.resolve.page import Page
from kg.resolve.people import PersonSpan
from kg.values import Mention

WIDEN = 4
"""How many words around a mention may belong to the phrase that it is a part of."""


@dataclass(frozen=True, slots=True)
class Part:
    """A common word or phrase in a mention: its place among the mention's words, and what it means."""

    start: int
    end: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mention is made of; articles, titles and possessives are left out of ``words``."""

    mention: Mention
    words: Sequence[Token]
    hits: Sequence[NameHit]
    person: PersonSpan | None
    plural: bool
    page: Page

    def first(self, kind: WordKind) -> Part | None:
        """Return the first phrase of a kind, the noun that the mention is about."""
        for at, word in enumerate(self.words):
            if kind == "organs" and any(hit.start <= word.start < hit.end for hit in self.hits):
                continue  # a republic in a state's name is no organ of it
            match = self.page.pack.words.match(self.words, at, kind)
            if match is not None:
                return Part(at, at + match[0], match[1])
        return None

    def phrase_around(self, kind: WordKind) -> str:
        """Return what the longest phrase of a kind that shares a word with the mention means, or nothing.

        A mention may be a part of the phrase (``βεληνεκούς`` of ``μικρού βεληνεκούς βαλλιστικούς πυραύλους``); of
        phrases of one length the first counts.
        """
        if not self.words:
            return ""
        tokens = self.page.tokens
        first = bisect_left(tokens, self.words[0].start, key=lambda token: token.start)
        after = bisect_left(tokens, self.words[-1].end, key=lambda token: token.start)
        found: list[tuple[int, int, str]] = []
        for at in range(max(0, first - WIDEN), after):
            window = _joined(tokens, at, after + WIDEN)
            match = self.page.pack.words.match(window, 0, kind)
            if match is not None and at + match[0] > first:
                found.append((-match[0], at, match[1]))
        return min(found)[2] if found else ""

    @property
    def other_words(self) -> list[Token]:
        """The words that belong neither to a name of an actor or place nor to a person's name."""
        spans = [(hit.start, hit.end) for hit in self.hits]
        if self.person is not None:
            spans.append((self.person.start, self.person.end))
        return [word for word in self.words if not any(start <= word.start < end for start, end in spans)]

    @property
    def text(self) -> str:
        """The mention without the article before it."""
        if not self.words:
            return self.mention.text
        start, end = self.words[0].start, self.words[-1].end
        return self.page.document.text[start:end]


def _joined(tokens: Sequence[Token], at: int, limit: int) -> Sequence[Token]:
    """Return the words from one on that only spaces and hyphens part, at most up to a limit."""
    end = at + 1
    while end < min(limit, len(tokens)) and tokens[end].joins:
        end += 1
    return tokens[at:end]


def read_parts(page: Page, mention: Mention) -> Parts:
    """Take a mention apart."""
    grammar = page.pack.grammar
    inside = page.tokens_in(mention.start, mention.end)
    left_out = ("article", "title", "possessive")
    words = [token for token in inside if not any(grammar.is_a(token.word, word_class) for word_class in left_out)]
    hits = [hit for hit in page.hits_in(mention.start, mention.end) if not page.is_person(hit.entity_ids[0])]
    plural = bool(inside) and grammar.is_a(inside[0].word, "plural-article")
    return Parts(mention, words or inside, hits, page.people.at(mention.start, mention.end), plural, page)
