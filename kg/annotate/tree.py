"""Scores of arcs in one sentence → its tree: one root, no cycle, the highest sum of scores."""

import numpy as np
from numpy.typing import NDArray

from kg.annotate.model import Floats

Doubles = NDArray[np.float64]
Places = NDArray[np.int64]


def best_tree(scores: Floats) -> Places:
    """Return the head of each word, (words,), for scores (words, words + 1); column 0 and head 0 are the root."""
    thousandths = np.rint(np.round(scores, 3).astype(np.float64) * 1000)  # whole numbers: their sums are exact
    words = np.arange(len(thousandths))
    thousandths[words, words + 1] = -np.inf
    without_root = thousandths[:, 1:].max(axis=1) if len(words) > 1 else np.zeros(1)
    root = int((thousandths[:, 0] - without_root).argmax())
    thousandths[words != root, 0] = -np.inf
    thousandths[root, 1:] = -np.inf
    nobody = np.full((1, len(words) + 1), -np.inf)
    heads: Places = _arborescence(np.concatenate([nobody, thousandths]))[1:]
    return heads


def _arborescence(scores: Doubles) -> Places:
    """Return the best head of each place for scores (dependents, heads), by Chu, Liu and Edmonds; place 0 is the root.

    Each word's best head is a tree most of the time. Where some form a cycle, the cycle is taken for one word, the
    smaller problem is solved, and the cycle is opened where that one word found its head.
    """
    heads: Places = scores.argmax(axis=1)
    cycle = _cycle(heads)
    if not len(cycle):
        return heads
    others = np.delete(np.arange(len(heads)), cycle)
    entering = scores[np.ix_(cycle, others)] - scores[cycle, heads[cycle]][:, None]
    leaving = scores[np.ix_(others, cycle)]
    contracted = np.full((len(others) + 1, len(others) + 1), -np.inf)
    contracted[:-1, :-1] = scores[np.ix_(others, others)]
    contracted[:-1, -1] = leaving.max(axis=1)
    contracted[-1, :-1] = entering.max(axis=0)
    chosen = _arborescence(contracted)
    heads[cycle[entering[:, chosen[-1]].argmax()]] = others[chosen[-1]]
    heads[others] = np.where(
        chosen[:-1] < len(others), np.append(others, 0)[chosen[:-1]], cycle[leaving.argmax(axis=1)]
    )
    return heads


def _cycle(heads: Places) -> Places:
    """Return the places of a cycle, or none; the root, place 0, is at the end of every path that is no cycle."""
    seen_from = np.zeros(len(heads), dtype=np.int64)
    for start in range(1, len(heads)):
        place = start
        while place and not seen_from[place]:
            seen_from[place] = start
            place = int(heads[place])
        if place and seen_from[place] == start:
            cycle = [place]
            while heads[cycle[-1]] != place:
                cycle.append(int(heads[cycle[-1]]))
            return np.array(sorted(cycle))
    return np.zeros(0, dtype=np.int64)
