import numpy as np
import pytest
from hypothesis import given, strategies
from hypothesis.extra.numpy import arrays

from kg.annotate.tree import best_tree


def test_the_best_heads_are_the_tree_where_they_are_one():
    scores = np.array([[0, 0, 9, 1], [9, 0, 0, 0], [0, 1, 9, 0]], dtype=np.float32)
    assert best_tree(scores).tolist() == [2, 0, 2]


def test_a_cycle_is_broken_at_the_least_cost():
    scores = np.array([[5, 0, 9, 0], [1, 9, 0, 0], [0, 0, 9, 0]], dtype=np.float32)
    heads = best_tree(scores)
    assert heads.tolist() == [0, 1, 2]


def test_one_word_is_the_root():
    assert best_tree(np.zeros((1, 2), dtype=np.float32)).tolist() == [0]


@given(
    strategies.integers(1, 7).flatmap(
        lambda n: arrays(np.float32, (n, n + 1), elements=strategies.floats(-9, 9, width=32))
    )
)
def test_any_scores_give_one_root_and_no_cycle(scores):
    heads = best_tree(scores)
    assert sum(heads == 0) == 1
    for word in range(len(heads)):
        seen, at = set(), word + 1
        while at:
            assert at not in seen
            seen.add(at)
            at = int(heads[at - 1])


@pytest.mark.parametrize("seed", range(5))
def test_the_tree_beats_every_other_tree_with_its_root(seed):
    scores = np.random.default_rng(seed).normal(size=(4, 5)).astype(np.float32)
    best = best_tree(scores)
    root = int(np.argmin(best))

    def total(heads):
        return sum(round(float(scores[n, h]), 3) for n, h in enumerate(heads))

    others = [heads for heads in np.ndindex(5, 5, 5, 5) if _is_tree(heads) and heads[root] == 0]
    assert total(best) == pytest.approx(max(map(total, others)), abs=1e-4)


def _is_tree(heads):
    if sum(h == 0 for h in heads) != 1 or any(h == n + 1 for n, h in enumerate(heads)):
        return False
    for word in range(len(heads)):
        at, steps = word + 1, 0
        while at:
            at, steps = heads[at - 1], steps + 1
            if steps > len(heads):
                return False
    return True
