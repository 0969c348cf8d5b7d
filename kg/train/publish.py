"""A trained network → the model's files: ONNX graphs with 8-bit weights, 4-bit word vectors, tokenizer and labels."""

import gzip
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from kg.annotate.labels import write_labels
from kg.train.network import READ_OUTPUTS, Network
from kg.train.reload import note_parameters

_OPSET = 17
_BLOCK = 32
START_THRESHOLDS = {
    "cue": 0.15,
    "role": 0.5,
    "role subject": 0.25,
    "role object": 0.25,
    "role sources": 0.3,  # a claim taken for a fact does more harm than a fact taken for a claim
    "needed_role": 0.1,
    "mention": 0.1,
    "rival": 0.8,
    "beside": 0.7,
    "claim": 0.5,
}
"""What is weighed at all is chosen widely: the weights decide."""
START_WEIGHTS = {
    "bias": -2.0, "cue": 0.6, "rival": -0.5, "verb": 0.0,
    "subject": 0.6, "subject behind": -0.5, "subject apart": -0.5, "subject mention": 0.2, "subject elsewhere": -0.7, "subject path": 0.0, "subject named": 0.3,
    "object": 0.6, "object behind": -0.5, "object apart": -0.5, "object mention": 0.2, "object elsewhere": -0.7, "object path": 0.0, "object named": 0.0,
}  # fmt: skip
"""Where there are no texts to choose by."""


def publish(network: Network, vectors: np.ndarray, tokenizer: str, folder: Path) -> None:
    """Write the model's files into the folder; ``vectors`` are the kept pieces' rows of 4-bit blocks."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    width = network.encoder.sizes.width
    _write(
        network,
        network,
        (torch.randn(1, 9, width), torch.ones(1, 9, dtype=torch.bool), torch.tensor([[1, 3, 4]])),
        folder / "read.onnx",
        inputs={"vectors": {1: "pieces"}, "mask": {1: "pieces"}, "first_pieces": {1: "words"}},
        outputs=READ_OUTPUTS,
    )
    label = network.grammar.label
    inner = label.inner.in_features - 1
    _write(
        network,
        label,
        (torch.randn(3, inner), torch.randn(3, inner)),
        folder / "label.onnx",
        inputs={"dependents": {0: "words"}, "heads": {0: "words"}},
        outputs=("relations",),
    )
    frame = network.statements.frame
    _write(
        network,
        network.statements,
        (
            torch.randn(2, width),
            torch.tensor([0, 1]),
            torch.randn(1, 5, frame),
            torch.tensor([[-1, 0, 1, 2, 3]] * 2),
            torch.ones(2, 5),
        ),
        folder / "frame.onnx",
        inputs={
            "cue_states": {0: "cues"},
            "predicates": {0: "cues"},
            "words": {1: "words"},
            "distances": {0: "cues", 1: "words"},
            "same_sentence": {0: "cues", 1: "words"},
        },
        outputs=("roles", "polarity", "modality"),
    )
    np.save(folder / "vectors.npy", vectors)
    (folder / "tokenizer.json.gz").write_bytes(gzip.compress(tokenizer.encode("utf8"), mtime=0))
    write_labels(network.labels, folder, thresholds=START_THRESHOLDS, weights=START_WEIGHTS)


def _write(
    network: Network,
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    *,
    inputs: dict[str, dict[int, str]],
    outputs: tuple[str, ...],
) -> None:
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter warns that it is the older of torch's two
        torch.onnx.export(
            module,
            example,
            path,
            dynamo=False,
            opset_version=_OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=inputs,
        )
    logging.getLogger("onnxruntime.quantization.matmul_nbits_quantizer").setLevel(logging.WARNING)
    model = onnx.load(path)
    note_parameters(model, network)
    quantizer = MatMulNBitsQuantizer(model, bits=8, block_size=_BLOCK, is_symmetric=True, accuracy_level=4)
    quantizer.process()
    quantizer.model.save_model_to_file(str(path))
