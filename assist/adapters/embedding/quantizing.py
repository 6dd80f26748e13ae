"""A graph in single precision -> the same with its matrices in 8 bits, by one of three recipes.

Measured on the packaged model, one core, a query of 12 pieces and a text of 256, with the cosine
to the reference at the 1st percentile of the gate's texts:

    single precision    5.0 ms   69 ms   1.000
    by run              1.5 ms   30 ms    .988    inputs scaled by the largest number of the run
    wide by block       1.9 ms   41 ms    .991    in blocks where a layer narrows, else by run
    by block            2.4 ms   50 ms    .997    inputs scaled in blocks of 128
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from assist.adapters.processor import has_int8

Recipe = Literal["by run", "wide by block", "by block"]
BLOCK = 128
"""Numbers with one scale. With 64 a long text took as long as in single precision."""
TABLE_ROWS = 1024
"""From so many rows on a table of embeddings is kept in half precision: half the file, half the
memory, and no vector changes by more than 1e-3."""
PREPARED = {"onnx.quant.pre_process": "onnxruntime.quant"}
"""Said of a graph, it keeps the quantizer from telling the root logger to prepare it."""


def quantize(graph: Path, recipe: Recipe, into: Path) -> None:
    """Write the graph with its matrices in 8 bits to `into`."""
    model = onnx.load(graph)
    helper.set_model_props(model, PREPARED)
    _halve_tables(model)
    RECIPES[recipe](model, into)


def _by_run(model: ModelProto, into: Path, but: tuple[str, ...] = ()) -> None:
    quantize_dynamic(
        model,
        into,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=list(but),
        per_channel=True,
        reduce_range=not has_int8(),
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )


def _wide_by_block(model: ModelProto, into: Path) -> None:
    _by_run(model, into, but=_wide(model))
    _by_block(onnx.load(into), into)


def _by_block(model: ModelProto, into: Path) -> None:
    weights = {weight.name: weight for weight in model.graph.initializer}
    for node in _nodes(model, "MatMul"):
        weight = weights.get(node.input[1])
        if weight is not None and len(weight.dims) == 2:
            node.CopyFrom(_in_blocks(model, node, numpy_helper.to_array(weight)))
            if not _uses(model, weight.name):
                model.graph.initializer.remove(weight)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, into)


def _in_blocks(model: ModelProto, node: NodeProto, weight: NDArray[np.float32]) -> NodeProto:
    """The same multiplication by whole numbers of -127 to 127, kept 128 higher, and scales.

    Our own, since the library's quantizer turns on the root logger when it is imported.
    """
    rows, columns = weight.shape
    blocks = -(-rows // BLOCK)
    padded = np.zeros((columns, blocks * BLOCK), dtype=np.float32)
    padded[:, :rows] = weight.T
    split = padded.reshape(columns, blocks, BLOCK)
    scales = np.abs(split).max(axis=2) / 127
    scales[scales == 0] = 1.0
    whole = (np.rint(split / scales[..., np.newaxis]) + 128).astype(np.uint8)
    parts = {f"{node.name}_whole": whole, f"{node.name}_scales": scales.reshape(-1)}
    for name, array in parts.items():
        model.graph.initializer.append(numpy_helper.from_array(array, name))
    return helper.make_node(
        "MatMulNBits",
        [node.input[0], *parts],
        list(node.output),
        name=node.name,
        domain="com.microsoft",
        K=rows,
        N=columns,
        bits=8,
        block_size=BLOCK,
        accuracy_level=4,  # inputs in 8 bits too
    )


RECIPES: dict[Recipe, Callable[[ModelProto, Path], None]] = {
    "by run": _by_run,
    "wide by block": _wide_by_block,
    "by block": _by_block,
}
"""The fastest first."""


def _wide(model: ModelProto) -> tuple[str, ...]:
    """The multiplications by a matrix that makes fewer numbers out of more.

    Their inputs come from an activation: a few large numbers among many small ones.
    """
    shapes = {weight.name: tuple(weight.dims) for weight in model.graph.initializer}
    found = ((node, shapes.get(node.input[1], ())) for node in _nodes(model, "MatMul"))
    return tuple(node.name for node, shape in found if len(shape) == 2 and shape[0] > shape[1])


def _halve_tables(model: ModelProto) -> None:
    """Keep the large tables that rows are looked up in in half precision, made single after it."""
    tables = {
        weight.name: weight
        for weight in model.graph.initializer
        if weight.data_type == TensorProto.FLOAT
        and len(weight.dims) == 2
        and weight.dims[0] >= TABLE_ROWS
    }
    for node in _nodes(model, "Gather"):
        table = tables.get(node.input[0])
        if table is None or _uses(model, table.name) > 1:
            continue
        half = numpy_helper.to_array(table).astype(np.float16)
        if not np.isfinite(half).all():
            continue
        table.CopyFrom(numpy_helper.from_array(half, table.name))
        found, rows = node.output[0], f"{node.output[0]}_half"
        node.output[0] = rows
        place = list(model.graph.node).index(node) + 1
        cast = helper.make_node("Cast", [rows], [found], to=TensorProto.FLOAT)
        model.graph.node.insert(place, cast)


def _nodes(model: ModelProto, kind: str) -> list[NodeProto]:
    return [node for node in model.graph.node if node.op_type == kind]


def _uses(model: ModelProto, name: str) -> int:
    return sum(name in node.input for node in model.graph.node)
