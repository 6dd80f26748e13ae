"""A query on its way through a search: made ready, and ranked."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Kind
from assist.ports import Ranked, Runs
from assist.retrieval.filters import Wanted
from assist.retrieval.fusion import Fused
from assist.retrieval.query import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """A query made ready: text, vector, the rarity of its terms, where to look.

    `alike` are the first `DEPTH` rows by words, and `wordy` all that are known by words.
    """

    query: Query
    vector: NDArray[np.float32]
    alike: Ranked
    wordy: Ranked
    rarity: Mapping[str, float]
    kinds: tuple[Kind, ...]
    wanted: Wanted
    within: Runs


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything found, fused, and the share of rare words that weighed it."""

    asked: Asked
    fused: Fused
    share: float
