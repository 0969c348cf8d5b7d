"""Words → the pieces that the encoder knows them by."""

from functools import lru_cache

from tokenizers import Tokenizer

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
LONGEST_WORD = 12
"""Pieces of a word beyond this many are left out."""
LONGEST_BLOCK = 510
"""Pieces of a block beyond this many are left out: the encoder has 512 positions that count."""
_REMEMBERED = 1 << 17
"""Words whose pieces are kept at hand: more than the texts of a year use, and a bound for a server's memory."""


class Pieces:
    """A tokenizer that takes words one at a time and remembers them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.of_word = lru_cache(_REMEMBERED)(self._of_word)

    def _of_word(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:LONGEST_WORD]) or (UNKNOWN,)

    def of_block(self, words: tuple[str, ...]) -> tuple[list[int], list[int]]:
        """Return the ids of a block's pieces and the place of each word's first piece."""
        ids, first = [BEGIN], []
        for word in words:
            pieces = self.of_word(word)
            if len(ids) + len(pieces) > LONGEST_BLOCK:
                pieces = ()
            first.append(min(len(ids), LONGEST_BLOCK))
            ids.extend(pieces)
        ids.append(END)
        return ids, [min(place, len(ids) - 1) for place in first]
