"""A text and its words → blocks of words that are read together: whole sentences, as many as go into one block."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.annotate.sentences import split_sentences

LONGEST_BLOCK_WORDS = 150
"""Consecutive sentences are read together up to so many words."""
LONGEST_SENTENCE_WORDS = 240
"""A sentence of more words stands alone in any case, and is cut after so many: the encoder sees 510 pieces at once."""


def cut_blocks(text: str, starts: Sequence[int], lang: str) -> Iterator[list[range]]:
    """Yield the blocks of a text, each a list of sentences, each sentence the numbers of its words.

    ``starts`` are the offsets at which the words begin, ascending. A sentence longer than a block is one of its own.
    """
    block: list[range] = []
    for sentence in _number_words(text, starts, lang):
        if block and sentence.stop - block[0].start > LONGEST_BLOCK_WORDS:
            yield block
            block = []
        block.append(sentence)
    if block:
        yield block


def _number_words(text: str, starts: Sequence[int], lang: str) -> Iterator[range]:
    first = 0
    for _, end in split_sentences(text, lang):
        last = bisect_left(starts, end, lo=first)
        for begin in range(first, last, LONGEST_SENTENCE_WORDS):
            yield range(begin, min(begin + LONGEST_SENTENCE_WORDS, last))
        first = last
