"""Keeps documents, passages and generations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from assist.domain.knowledge import Document, Generation, Passage, Refusal


class KnowledgeStore(Protocol):
    """The truth about documents, passages and generations (Postgres), for one workspace."""

    def current(self) -> Generation | None:
        """The generation that serves, or none."""
        ...

    def store_time(self) -> datetime:
        """The time by the clock of the store, which may not be ours."""
        ...

    def documents(self, generation: str) -> tuple[Document, ...]:
        """All documents of a generation, ordered by id."""
        ...

    def files(self, generation: str) -> dict[str, str]:
        """The YAML files of a generation by name."""
        ...

    def passages(self, generation: str) -> tuple[Passage, ...]:
        """All passages of a generation, ordered by document id and position."""
        ...

    def stage(
        self,
        generation: Generation,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        files: Mapping[str, str],
    ) -> None:
        """Write a whole new generation that does not serve yet, in one transaction."""
        ...

    def publish(self, generation: str) -> None:
        """Make a staged generation the one that serves."""
        ...

    def erase(self, document_ids: Collection[str]) -> int:
        """Take documents, with their text, out of every generation that does not serve.

        Returns from how many. What was staged is deleted too.
        """
        ...

    def scrub(self) -> tuple[str, ...]:
        """Overwrite what deleted text left in files; in words, what was done and what was not."""
        ...

    def refuse(self, refusal: Refusal | None) -> None:
        """Remember that what was handed in last was not taken; none: that it was.

        Publishing a generation forgets it too.
        """
        ...

    def refused(self) -> Refusal | None:
        """Why what was handed in last was not taken, or none."""
        ...

    def generations(self) -> tuple[Generation, ...]:
        """Published generations, newest first."""
        ...
