"""A shipped reader -> weights to train on from: int8 turned back to float32.

The checkpoints of a training are not kept, its artefact is. What rounding to int8 lost is won back in a few
hundred steps, so a later training begins where the shipped reader stands, not at the bare encoder.

Needs `onnx`, which running the reader does not.

    model.load_state_dict(weights_of(Path("assistant/reader_model")))
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

__all__ = ["weights_of"]

_EMBEDDINGS = "encoder.embeddings."
_TABLES = ("word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight")
_NORM = ("LayerNorm.weight", "LayerNorm.bias")
_PRODUCT = re.compile(r"^/(?P<path>.+)/(?:MatMul|Gemm)_output_0")
_INSIDE_SEQUENTIAL = "relevance.relevance."  # torch names a layer of a Sequential twice


def weights_of(folder: Path) -> dict[str, Tensor]:
    """The parameters of an exported reader (evals/training/export.py, int8) under the names of `ReaderModel`.

    Raises ValueError for a graph that was not exported by this package.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(folder / "model.onnx")).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found: dict[str, NDArray[Any]] = {
        name: value
        for name, value in values.items()
        if value.dtype == np.float32 and name.endswith((".weight", ".bias"))
    }
    for part in (*_TABLES, *_NORM):
        found[_EMBEDDINGS + part] = _floats(values, _EMBEDDINGS + part)
    for node in graph.node:
        if node.op_type == "QAttention":
            layer = re.sub(r"^/|/Reshape.*", "", node.output[0]).replace("/", ".")
            weight = _floats(values, node.input[1].removesuffix("_quantized"))
            names = [f"{layer}.{part}" for part in ("query", "key", "value")]
            for name, columns, bias in zip(
                names, np.split(weight, 3, axis=1), np.split(values[node.input[2]], 3), strict=True
            ):
                found[f"{name}.weight"], found[f"{name}.bias"] = columns.T, bias
        elif node.op_type == "MatMulInteger":
            found[_layer_of(node, folder)] = _floats(values, node.input[1].removesuffix("_quantized")).T
        elif node.op_type == "MatMulNBits":
            found[_layer_of(node, folder)] = _from_blocks(values[node.input[1]], values[node.input[2]])
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in found.items()}


def _layer_of(node: Any, folder: Path) -> str:  # noqa: ANN401  onnx's own type needs the library
    """The name of the weight that a product is made with."""
    path = _PRODUCT.match(node.output[0])
    if path is None:
        raise ValueError(f"{folder} holds a graph of another kind: {node.output[0]}")
    return path["path"].replace("/", ".").replace(_INSIDE_SEQUENTIAL, "relevance.") + ".weight"


def _from_blocks(whole: NDArray[Any], scales: NDArray[Any]) -> NDArray[Any]:
    """(outputs, inputs) from bytes (outputs, blocks, values) around 128, a scale for each block."""
    floats: NDArray[Any] = (whole.astype(np.float32) - 128.0) * scales.reshape(*whole.shape[:2], 1)
    return floats.reshape(len(whole), -1)


def _floats(values: dict[str, NDArray[Any]], name: str) -> NDArray[Any]:
    """The quantised tensor `name`: (whole - zero point) * scale, one scale a column or one for all."""
    whole = values[f"{name}_quantized"].astype(np.float32)
    floats: NDArray[Any] = (whole - values[f"{name}_zero_point"].astype(np.float32)) * values[f"{name}_scale"]
    return floats
