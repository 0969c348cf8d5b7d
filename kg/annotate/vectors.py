"""Word vectors in blocks of 4 bits, as the base model ships them → float32 rows."""

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
BLOCK_BYTES = 18
"""Two bytes of fp16 scale, then sixteen of weights: byte j holds weight j (low half) and j + 16 (high half)."""


def decode_blocks(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the weights of Q4_0 blocks, shape (…, n * 18) bytes → (…, n * 32) floats: (nibble - 8) * scale."""
    parts = np.ascontiguousarray(blocks).reshape(*blocks.shape[:-1], -1, BLOCK_BYTES)
    scales = parts[..., :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([parts[..., 2:] & 15, parts[..., 2:] >> 4], axis=-1)
    weights = (nibbles.astype(np.float32) - 8) * scales
    return weights.reshape(*blocks.shape[:-1], -1)
