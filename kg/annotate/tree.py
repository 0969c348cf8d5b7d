"""Scores of arcs in one sentence → its tree: one root, no cycle, the highest sum of scores."""

import networkx
import numpy as np
from numpy.typing import NDArray

from kg.annotate.model import Floats


def best_tree(scores: Floats) -> NDArray[np.int64]:
    """Return the head of each word, (words,), for scores (words, words + 1); column 0 and head 0 are the root.

    Each word's best head is a tree most of the time; only where it is not, Edmonds' algorithm looks for one.
    """
    scores = np.round(scores, 3).astype(np.float64)
    words = np.arange(len(scores))
    scores[words, words + 1] = -np.inf
    without_root = scores[:, 1:].max(axis=1) if len(scores) > 1 else np.zeros(1)
    root = int((scores[:, 0] - without_root).argmax())
    scores[words != root, 0] = -np.inf
    scores[root, 1:] = -np.inf
    heads = scores.argmax(axis=1)
    return heads if _reaches_root(heads) else _arborescence(scores)


def _reaches_root(heads: NDArray[np.int64]) -> bool:
    reach = heads
    for _ in range(len(heads).bit_length()):
        reach = np.where(reach > 0, np.append(0, reach)[reach], 0)
    return not reach.any()


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    graph = networkx.DiGraph()
    for (word, head), score in np.ndenumerate(scores):
        if np.isfinite(score):
            graph.add_edge(head, word + 1, weight=float(score))
    tree = networkx.maximum_spanning_arborescence(graph)
    heads = dict((word, head) for head, word in tree.edges)
    return np.array([heads[n] for n in range(1, len(scores) + 1)])
