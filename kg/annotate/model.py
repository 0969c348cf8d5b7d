"""The model's files, opened: words of a block → what each head says of them, by ONNX Runtime on the CPU."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.annotate.labels import read_labels
from kg.annotate.lemmas import FILE as LEMMAS, Lemmas, read_lemmas
from kg.annotate.pieces import Pieces
from kg.annotate.vectors import decode_blocks
from kg.errors import ModelMissing

Floats = NDArray[np.float32]
FILES = ("read.onnx", "label.onnx", "frame.onnx", "vectors.npy", "tokenizer.json.gz", "labels.json", LEMMAS)
SHIPPED = Path(str(files("kg"))) / "annotate" / "model"


@dataclass(frozen=True, slots=True)
class Scores:
    """What one pass over a block gives: a row a word, before any decision."""

    tags: Floats
    features: Floats
    names: Floats
    arcs: Floats
    """(dependents, heads); head 0 is the root, head n + 1 is word n."""
    label_dependents: Floats
    label_heads: Floats
    mentions: Floats
    """Not a mention, its first word, a further word."""
    cues: Floats
    """(words, predicates)"""
    cue_states: Floats
    role_words: Floats


class Model:
    """One encoder and its heads. Blocks are read one at a time, so that no block's scores depend on another's."""

    def __init__(self, folder: Path = SHIPPED, *, threads: int = 0) -> None:
        """Open the files in the folder; no threads means one a core.

        Raises ModelMissing where a file is not there, DataError where labels.json is none of a model's.
        """
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelMissing(
                f"{folder}: {', '.join(missing)} missing; install kg again, or make them with `kg train`"
            )
        self.labels, self.thresholds, self.weights = read_labels(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # threads that wait in a loop take the processor from whatever else runs on the machine
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._read, self._label, self._frame = (
            onnxruntime.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])
            for name in FILES[:3]
        )
        self._vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        self._pieces = Pieces(Tokenizer.from_buffer(gzip.decompress((folder / "tokenizer.json.gz").read_bytes())))

    def read(self, words: Sequence[str]) -> Scores:
        """Return the scores of a block's words: at most 150, or one longer sentence."""
        ids, first = self._pieces.of_block(tuple(words))
        vectors = decode_blocks(self._vectors[ids])[None]
        inputs = {
            "vectors": vectors,
            "mask": np.ones((1, len(ids)), dtype=bool),
            "first_pieces": np.array([first], dtype=np.int64),
        }
        return Scores(*(output[0] for output in self._read.run(None, inputs)))

    def label(self, scores: Scores, heads: NDArray[np.int64]) -> Floats:
        """Return the scores of each word's relation to its head: (words, relations)."""
        inputs = {"dependents": scores.label_dependents, "heads": scores.label_heads[heads]}
        return np.asarray(self._label.run(None, inputs)[0])

    def frame(
        self, scores: Scores, cues: NDArray[np.int64], predicates: NDArray[np.int64], sentences: NDArray[np.int64]
    ) -> tuple[Floats, Floats, Floats]:
        """Return role scores (cues, roles, words), polarity (cues, 2) and modality (cues, 3) of some cue words."""
        places = np.arange(len(scores.cues), dtype=np.int64)
        inputs = {
            "cue_states": scores.cue_states[cues],
            "predicates": predicates,
            "words": scores.role_words[None],
            "distances": places[None] - cues[:, None],
            "same_sentence": (sentences[None] == sentences[cues][:, None]).astype(np.float32),
        }
        roles, polarity, modality = self._frame.run(None, inputs)
        return roles, polarity, modality


@cache
def shipped_model() -> Model:
    """Return the model inside the package, opened once."""
    return Model()


@cache
def shipped_lemmas() -> dict[str, Lemmas]:
    """Return the lemmas inside the package by language, read once."""
    return read_lemmas(SHIPPED)


@cache
def model_hash(folder: Path = SHIPPED) -> str:
    """Return the SHA-256 over the model's files, in the order of FILES: what makes cached claims stale."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
