"""Rows of numbers and whether each is so → the weights of a logistic regression, and how far its probabilities err."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 30
_BINS = 10
_LEAST_SPREAD = 0.5


def fit(rows: Floats, so: NDArray[np.bool_], *, penalty: float) -> Floats:
    """Return the weights (columns + 1,), the last the bias, that the rows are likeliest under.

    The columns are standardised while fitting, those that hardly vary only in part, and ``penalty`` is the strength of
    the squared penalty on their weights.
    """
    mean, spread = rows.mean(0), np.maximum(rows.std(0), _LEAST_SPREAD)
    scaled = _with_one((rows - mean) / spread)
    shrink = np.full(scaled.shape[1], penalty)
    shrink[-1] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        probabilities = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (so - probabilities) - shrink * weights
        bend = (scaled * (probabilities * (1 - probabilities))[:, None]).T @ scaled + np.diag(shrink)
        weights = weights + np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def probabilities(rows: Floats, weights: Floats) -> Floats:
    """Return the probability of each row."""
    return np.asarray(1 / (1 + np.exp(-_with_one(rows) @ weights)))


def log_loss(found: Floats, so: NDArray[np.bool_]) -> float:
    """Return the mean negative logarithm of the probability of what is so."""
    kept = np.clip(np.where(so, found, 1 - found), 1e-6, 1)
    return float(-np.log(kept).mean())


def calibration_error(found: Floats, so: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.minimum((found * _BINS).astype(int), _BINS - 1)
    return float(
        sum(abs(found[bins == n].sum() - so[bins == n].sum()) for n in range(_BINS) if (bins == n).any()) / len(found)
    )


def _with_one(rows: Floats) -> Floats:
    return np.column_stack([rows, np.ones(len(rows))])
