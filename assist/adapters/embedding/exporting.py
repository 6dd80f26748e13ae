"""A sentence-transformers model -> an ONNX graph from pieces to a vector, in single precision."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from assist.adapters.embedding.torch_model import read_pieces
from assist.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

OPSET = 17
TOLD = 200
"""Characters of torch's message that are kept."""
SAMPLE = (2, 17)
"""Texts and pieces of the input that is traced; neither number is kept."""


def export(model: "SentenceTransformer", into: Path) -> None:
    """Write the graph: `input_ids`, int64 (texts, pieces), none of them padding -> `vectors`.

    Whoever asks for `pieces` gets a row for each piece too, special ones included.

    The older exporter, which traces, takes 3 s where the newer one takes 15 and leaves a graph
    that runs a fifth slower in 8 bits. Raises `EmbedderUnavailable` where it cannot be exported.
    """
    import torch

    class Traced(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model  # as a part, so that its weights become the graph's

        def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            return read_pieces(self.model, ids)

    ids = torch.arange(SAMPLE[0] * SAMPLE[1]).reshape(SAMPLE) % 3 + 5
    try:
        with torch.inference_mode(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it is the older one
            torch.onnx.export(
                Traced().eval(),
                (ids,),
                str(into),
                dynamo=False,
                input_names=["input_ids"],
                output_names=["vectors", "pieces"],
                dynamic_axes={
                    "input_ids": {0: "texts", 1: "pieces"},
                    "vectors": {0: "texts"},
                    "pieces": {0: "texts", 1: "pieces"},
                },
                opset_version=OPSET,
            )
    except (RuntimeError, TypeError, ValueError) as error:
        # The message may go on with all the weights.
        problem = str(error).partition("\n")[0][:TOLD]
        raise EmbedderUnavailable(f"the model cannot be exported: {problem}") from error
