"""Export a checkpoint to the folder that `assistant.trained_reader` loads.

`python -m evals.training.export --checkpoint FILE --out FOLDER [--form int8]`

The graph is fused (attention, layer norm, GELU) and its matrix products are
quantised to int8; activations are quantised as they come (dynamic quantisation).
`--form fp32` keeps the graph as it is, to compare with.

Needs `onnx`, which running the reader does not.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import torch

from evals.training.model import ReaderModel
from evals.training.train import default_encoder

Form = Literal["fp32", "int8"]
BLOCK = 128  # values that share a scale
INT8_PRODUCTS = 4  # ONNX Runtime's accuracy level at which blocks are multiplied in int8


def export(checkpoint: Path, out: Path, form: Form) -> Path:
    """Write `model.onnx` and `tokenizer.json` to a folder; returns the model's path."""
    out.mkdir(parents=True, exist_ok=True)
    folder = default_encoder()
    model = ReaderModel.from_pretrained(folder)
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    model.eval()
    target = out / "model.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        _to_onnx(model, plain)
        _fuse(plain, fused)
        if form == "fp32":
            shutil.copy(fused, target)
        else:
            _quantise(fused, target)
    shutil.copy(folder / "tokenizer.json", out / "tokenizer.json")
    return target


def _to_onnx(model: ReaderModel, path: Path) -> None:
    ids = torch.randint(1000, 2000, (3, 24))
    types = torch.zeros_like(ids)
    types[:, 9:] = 1
    mask = torch.ones_like(ids)
    mask[1, 20:] = 0
    sizes = {0: "pairs", 1: "length"}
    torch.onnx.export(
        model,
        (ids, types, mask),
        str(path),
        input_names=["ids", "types", "mask"],
        output_names=["start", "end", "relevance"],
        dynamic_axes={
            **dict.fromkeys(("ids", "types", "mask", "start", "end"), sizes),
            "relevance": {0: "pairs"},
        },
        opset_version=17,
        dynamo=False,
    )


def _fuse(plain: Path, fused: Path) -> None:
    from onnxruntime.transformers import optimizer  # type: ignore[import-untyped]

    optimised = optimizer.optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384, opt_level=0)
    optimised.save_model_to_file(str(fused))


def _quantise(fused: Path, target: Path) -> None:
    """Weights in int8: in blocks for the dense layers, a scale a channel for attention, the heads left as they are.

    With one scale for all of a layer's input the reader lost 2.4 points of F1; in blocks, where each run of 128 values
    has its own, it loses none that can be told.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
    from onnxruntime.quantization.matmul_nbits_quantizer import (  # type: ignore[import-untyped]
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    in_blocks = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=INT8_PRODUCTS, bits=8)
    dense = MatMulNBitsQuantizer(onnx.load(str(fused)), algo_config=in_blocks)
    dense.process()
    with tempfile.TemporaryDirectory() as scratch:
        half = Path(scratch) / "dense.onnx"
        dense.model.save_model_to_file(str(half))
        heads = [node.name for node in onnx.load(str(half)).graph.node if node.op_type == "Gemm"]
        quantize_dynamic(
            str(half),
            str(target),
            per_channel=True,
            reduce_range=False,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=heads,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": 1},
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--form", choices=("fp32", "int8"), default="int8")
    chosen = parser.parse_args(arguments)
    path = export(chosen.checkpoint, chosen.out, chosen.form)
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
