"""Vectors of what passages state, which answers are chosen by."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

StatementVectors = NDArray[np.int8]
"""Shape (n, dimension): each text's direction, scaled to whole numbers of -127 to 127."""


class Kept(NamedTuple):
    """What is kept of some texts, in their order: a row each, all 0 where `there` is false.

    `placed` says which are statements, whether their vector has been made or not.
    """

    vectors: StatementVectors
    there: NDArray[np.bool_]
    placed: NDArray[np.bool_]


class StatementIndex(Protocol):
    """The vectors of a generation's statements, by their texts.

    It is built without most of them: whoever builds makes them one after another, while it serves,
    and each can be read by all processes as soon as it is kept. A torn or altered vector counts as
    not kept.
    """

    def build(
        self, generation: str, texts: Collection[str], dimension: int, lender: str = ""
    ) -> None:
        """Write a generation beside the others, with a place for each of these texts.

        What the generation `lender` keeps of the same texts is kept at once; for one that was
        embedded by the same model, and may be gone.
        """
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there; how many of its vectors are kept does not matter."""
        ...

    def count(self, generation: str) -> int:
        """How many texts have a place."""
        ...

    def unread(self, generation: str) -> int:
        """How many of them have no vector yet. Quick."""
        ...

    def without_place(self, generation: str, texts: Sequence[str]) -> list[str]:
        """Those of these texts that have no place."""
        ...

    def missing(self, generation: str, texts: Sequence[str]) -> list[str]:
        """Those of these texts that have a place and no vector, each once."""
        ...

    def keep(self, generation: str, texts: Sequence[str], vectors: StatementVectors) -> None:
        """Keep these vectors, for all who read; of a text without a place nothing is kept."""
        ...

    def read(self, generation: str, texts: Sequence[str]) -> Kept:
        """What is kept of these texts. Quick: it is asked many times for one suggestion."""
        ...

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; empty where all is. Quick: it runs at start."""
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        ...
