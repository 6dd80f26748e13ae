"""How near an engine's vectors come to those of the reference, on texts that come with us."""

from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assist.ports import Vectors

LEAST = 0.99
"""Cosine that 99 of 100 texts must reach in 8-bit or bfloat16 numbers."""
EXACT = 0.9999
"""Cosine that every text must reach in single precision: less means the graph is not the model."""
TEXTS = "gate.txt"


def gate_texts() -> tuple[str, ...]:
    """What is compared: passages and queries of support, some in other languages and scripts.

    The last one is all passages together, longer than most models read.
    """
    text = files("assist.adapters.embedding").joinpath(TEXTS).read_text("utf-8")
    lines = tuple(line for line in text.splitlines() if line)
    return (*lines, " ".join(lines))


def cosines(found: Vectors, reference: Vectors) -> NDArray[np.float64]:
    """Row by row; -1 where a row is not finite or has no direction."""
    a, b = found.astype(np.float64), reference.astype(np.float64)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        cosine = np.einsum("ij,ij->i", a, b) / lengths
    return np.where(np.isfinite(cosine), cosine, -1.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """A way to compute, and the cosine to the reference it came to; `fault` if it failed."""

    what: str
    cosine: float
    least: float
    fault: str = ""

    @property
    def passes(self) -> bool:
        """Whether it came near enough."""
        return self.cosine >= self.least

    def __str__(self) -> str:
        if self.fault:
            return f"{self.what} none ({self.fault})"
        short = "" if self.passes else f" (below {self.least})"
        return f"{self.what} {self.cosine:.4f}{short}"


def held(what: str, found: Vectors, reference: Vectors, least: float, percentile: float) -> Trial:
    """What came of holding these vectors to those of the reference; percentile 0 is the least."""
    return Trial(what, float(np.percentile(cosines(found, reference), percentile)), least)
