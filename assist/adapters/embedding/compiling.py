"""A sentence-transformers model -> a graph for ONNX Runtime, held to the model it was made from.

Running this imports torch, transformers and onnx: seconds, when a home meets a model first.
"""

import logging
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from assist.adapters.embedding.batches import Ids
from assist.adapters.embedding.compiled import BULK, GRAPH, Chosen, Engine, Manifest, graph_hash
from assist.adapters.embedding.fidelity import EXACT, LEAST, Trial, gate_texts, held
from assist.adapters.embedding.model_folder import ModelFolder
from assist.adapters.embedding.onnx_model import OnnxModel
from assist.adapters.embedding.speed import pieces_per_second
from assist.adapters.embedding.torch_model import (
    TorchModel,
    in_bfloat16,
    loaded,
    reference_vectors,
)
from assist.adapters.processor import computes_bfloat16, has_int8
from assist.errors import EmbedderUnavailable
from assist.ports import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)
EXPORTED = "single.onnx"
PACKAGES = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")


def compiled(folder: ModelFolder, into: Path, engine: Engine) -> Manifest:
    """Write the model's graph to `into`, and say what it is and how near it comes.

    `auto` takes the fastest that passes the gate, and writes no graph where none does. `int8` that
    does not pass is taken all the same; a graph that is not the model is never taken. Raises
    `EmbedderUnavailable`.
    """
    log.info("compiling %s, once for this home", folder.name)
    started = time.perf_counter()
    model = loaded(folder)
    texts = gate_texts()
    reference, ids = reference_vectors(model, texts), folder.ids(texts)
    chosen, tried = _chosen(model, ids, reference, into, engine)
    if engine not in ("auto", chosen):
        raise EmbedderUnavailable(
            f"the model cannot be compiled as {engine}: {_told(chosen, tried)}",
            cure="let the engine be chosen",
            where=str(folder.path),
        )
    rates: dict[str, float] = {}
    if chosen != "reference":
        rates[chosen] = pieces_per_second(OnnxModel(into / GRAPH).vectors, ids)
    if chosen != "reference" and engine == "auto" and computes_bfloat16():
        bulk = TorchModel(in_bfloat16(model), folder.dimension)
        tried = (*tried, held(BULK, bulk.vectors(ids), reference, LEAST, 1))
        if tried[-1].passes:
            rates[BULK] = pieces_per_second(bulk.vectors, ids)
    manifest = Manifest(
        model=folder.name,
        identity=folder.identity,
        modules=folder.modules,
        dimension=folder.dimension,
        max_pieces=folder.max_pieces,
        engine=chosen,
        int8_instructions=chosen == "int8" and has_int8(),
        sha256=graph_hash(into),
        cosines={one.what: round(one.cosine, 4) for one in tried},
        rates={what: round(rate) for what, rate in rates.items()},
        texts=len(texts),
        note=_told(chosen, tried),
        seconds=round(time.perf_counter() - started, 1),
        made_with={package: version(package) for package in PACKAGES},
    )
    log.info("compiled %s in %.0f s: %s", folder.name, manifest.seconds, manifest.note)
    return manifest


def _chosen(
    model: "SentenceTransformer", ids: list[Ids], reference: Vectors, into: Path, engine: Engine
) -> tuple[Chosen, tuple[Trial, ...]]:
    """Leave the graph to be used in `into`, if there is one; what was tried, in order."""
    from assist.adapters.embedding.exporting import export
    from assist.adapters.embedding.quantizing import RECIPES, quantize

    exported, graph = into / EXPORTED, into / GRAPH
    try:
        export(model, exported)
        tried = [held("fp32", OnnxModel(exported).vectors(ids), reference, EXACT, 0)]
    except EmbedderUnavailable as error:
        tried = [Trial("fp32", -1.0, EXACT, error.problem)]
    if not tried[0].passes:
        exported.unlink(missing_ok=True)
        return "reference", tuple(tried)
    for recipe in RECIPES if engine != "fp32" else ():
        quantize(exported, recipe, graph)
        found = OnnxModel(graph).vectors(ids)
        tried.append(held(f"int8 {recipe}", found, reference, LEAST, 1))
        if tried[-1].passes:
            break
    if (tried[-1].passes and len(tried) > 1) or engine == "int8":
        exported.unlink()
        return "int8", tuple(tried)
    exported.replace(graph)
    return "fp32", tuple(tried)


def _told(chosen: Chosen, tried: tuple[Trial, ...]) -> str:
    """What computes, and how near each came that was tried."""
    who = "sentence-transformers itself" if chosen == "reference" else f"ONNX Runtime in {chosen}"
    return f"{who}; cosine to the reference: {', '.join(map(str, tried))}"
