"""`python -m evals.injection.fit`: fit the weights anew, after the examples were changed."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.cli.options import fails_cleanly
from evals.injection.fitting import examples, weights

WEIGHTS = Path("assist/understanding/injection/weights.npy")


@fails_cleanly
def fit_command(
    models: Annotated[Path, typer.Option(help="Where compiled models are kept.")] = Path(
        ".assist/models"
    ),
    out: Annotated[Path, typer.Option(help="The file that is written.")] = WEIGHTS,
) -> None:
    """Fit both models on the packaged examples, with the packaged embedder, and write them."""
    known = examples()
    fitted = weights(known, SentenceEmbedder(compiled=models).embed)
    np.save(out, fitted)
    print(
        f"{out}: {len(known.aimed)} aimed, {len(known.planted)} planted, "
        f"{len(known.ordinary)} ordinary, {sum(map(len, known.mails))} sentences of mails"
    )


if __name__ == "__main__":
    typer.run(fit_command)
