"""A block of an article → the same block about other actors: names exchanged for names of the same form."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.train.corpora import StatementBlock

_SHARE = 0.5
"""How many of the blocks drawn are changed."""


def exchanger(groups: Iterable[frozenset[str]]) -> Callable[[StatementBlock, random.Random], StatementBlock]:
    """Return the change: half of the blocks drawn get their one-word names replaced, each name by one other throughout.

    The names of a group can stand for each other without a change elsewhere in the sentence (one gender, one case),
    so the model learns who does what to whom from the words between, not from who usually does it.
    """
    peers = {name: sorted(group) for group in groups for name in group}

    def exchange(block: StatementBlock, chance: random.Random) -> StatementBlock:
        if chance.random() >= _SHARE:
            return block
        words, chosen = block.block.words, {}
        for word in words:
            if word in peers and word not in chosen:
                chosen[word] = chance.choice(peers[word])
        return replace(block, block=replace(block.block, words=tuple(chosen.get(word, word) for word in words)))

    return exchange
