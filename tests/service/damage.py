"""Derived parts that can be damaged, and are whole again once they are built anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from assist.domain.knowledge import Passage
from tests.fake_catalogue import InMemoryCatalogue
from tests.fake_parts import InMemoryParts
from tests.fake_vectors import ExactVectors
from tests.fake_words import NaiveLexical


class Damageable:
    """Says of itself what a test put there, until it is built again."""

    said: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()
    failure: Exception | None = None
    builds = 0

    def build(self, *arguments: Any) -> None:
        if self.failure is not None:
            raise self.failure
        super().build(*arguments)  # type: ignore[misc]
        self.said, self.lost = (), ()
        self.builds += 1

    def faults(self, generation: str) -> tuple[str, ...]:
        return self.said


class DamageableCatalogue(Damageable, InMemoryCatalogue):
    pass


class DamageableVectors(Damageable, ExactVectors):
    def unfindable(self, generation: str, rows: Sequence[int], progress: Any) -> list[int]:
        return [row for row in rows if row in self.lost]

    def overwrite(self, generation: str, rows: Sequence[int]) -> None:
        """The vectors of all passages are those of these rows, as where rows are mixed up."""
        self._built[generation] = self._built[generation][list(rows)]


class DamageableParts(Damageable, InMemoryParts):
    def overwrite(self, generation: str, rows: Sequence[int]) -> None:
        """As of vectors."""
        self._built[generation] = self._built[generation][list(rows)]


class DamageableWords(Damageable, NaiveLexical):
    def unfindable(
        self, generation: str, passages: Mapping[int, Passage], progress: Any
    ) -> list[int]:
        return [row for row in passages if row in self.lost]
