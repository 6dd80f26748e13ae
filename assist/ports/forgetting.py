"""What erasing a person asks of the database and of the home's files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from assist.domain.forgetting import Belongings, Known, Person, Searched, Tombstone


class Erasure(Protocol):
    """Takes the rows of a person, or of old cases, out of the database, for one workspace."""

    def belongings(self, person: Person) -> Belongings:
        """What is kept of them, and how they are known; nothing is changed."""
        ...

    def forget(self, theirs: Belongings, at: datetime) -> Belongings:
        """Take it away in one transaction and leave a tombstone; the same with the rows it took.

        Raises `NotReady` while somebody works on one of the cases.
        """
        ...

    def precedents(self, theirs: Belongings) -> tuple[str, ...]:
        """Ids of precedents, in any generation, that name one of their cases or tickets."""
        ...

    def drop_file(self, name: str, generations: Sequence[str]) -> None:
        """Take a file of the company's out of generations that do not serve any more."""
        ...

    def expire(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` cases that ended before then; how many it took.

        Of suggestions without a case, those of as many tickets go too, and are counted.
        """
        ...

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Who was forgotten, as keyed hashes; the earliest first."""
        ...

    def scrub(self) -> tuple[str, ...]:
        """Overwrite what deleted rows left in the database's files; what was done and what not."""
        ...

    def search(self, known: Sequence[Known]) -> Searched:
        """Look for these in every table. What may stand where it was found has its reason."""
        ...


class OwnFiles(Protocol):
    """The files of a home, its database's among them."""

    def search(self, known: Sequence[Known]) -> Searched:
        """Look for these in every byte of every file."""
        ...

    def clean(self, known: Sequence[Known]) -> tuple[str, ...]:
        """Empty the logs in which one of these stands; what was emptied."""
        ...
