"""The model's files → a network with their weights, to go on training from: what 8 bits kept of them.

When a graph is written, each of its constants that is a parameter of the network is noted in the file's metadata
(``note_parameters``); reading takes the notes back (``start_from``).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from kg.annotate.model import FILES
from kg.errors import InputError

_NOTE = "parameters"
_SMALL = 64
"""Parameters of so few values that are no constant of a graph (one was folded into another) are noted themselves."""
_ZERO = 128
"""The weight 0 in the unsigned 8 bits of MatMulNBits."""


def note_parameters(model: onnx.ModelProto, network: nn.Module) -> None:
    """Note in a graph's metadata which constants are which parameters, as they are or transposed; by their values."""
    constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    notes: dict[str, Any] = {}
    for name, parameter in network.named_parameters():
        values = parameter.detach().numpy()
        if values.size <= _SMALL:
            notes[name] = values.ravel().tolist()
        for constant, array in constants.items():
            if array.size == values.size and array.dtype == values.dtype:
                if np.array_equal(array.ravel(), values.ravel()):
                    notes[name] = (constant, False)
                elif array.shape == values.T.shape and np.array_equal(array, values.T):
                    notes[name] = (constant, True)
    onnx.helper.set_model_props(model, {_NOTE: json.dumps(notes)})


def start_from(network: nn.Module, folder: Path) -> None:
    """Set a network's parameters to those of the model in the folder.

    Raises InputError where one is missing or has another shape: the model was made by another recipe.
    """
    found: dict[str, NDArray[np.float32]] = {}
    for file in (name for name in FILES if name.endswith(".onnx")):
        model = onnx.load(folder / file)
        constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        nodes = {node.input[1]: node for node in model.graph.node if node.op_type == "MatMulNBits"}
        notes = json.loads(next((each.value for each in model.metadata_props if each.key == _NOTE), "{}"))
        for name, note in notes.items():
            constant, is_transposed = note if isinstance(note[0], str) else ("", False)
            if not constant:
                found.setdefault(name, np.array(note, dtype=np.float32))
            elif constant in constants:
                array = constants[constant]
                found[name] = array.T if is_transposed else array
            else:
                packed = next(key for key in nodes if key.startswith(f"{constant}_Q"))
                found[name] = _unpacked(nodes[packed], constants)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name not in found or found[name].size != parameter.numel():
                raise InputError(f"{folder}: no {name} of the right size; the model was made by another recipe")
            parameter.copy_(torch.from_numpy(np.array(found[name])).reshape(parameter.shape))


def _unpacked(node: onnx.NodeProto, constants: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the weights of a MatMulNBits node, (outputs, inputs) as torch has them."""
    size = {each.name: each.i for each in node.attribute}
    weights = constants[node.input[1]].astype(np.float32) - _ZERO
    scales = constants[node.input[2]].reshape(size["N"], -1, 1)
    return (weights * scales).reshape(size["N"], -1)[:, : size["K"]]
