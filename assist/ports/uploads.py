"""Takes files that programs send."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class Upload(Protocol):
    """The files of one job while they arrive, one after the other."""

    def begin(self, name: str) -> None:
        """A new file; its name is made safe. Raises `BadInput` where nothing is left of it."""
        ...

    def write(self, data: bytes) -> None:
        """More of that file."""
        ...

    def end(self) -> None:
        """All there is has arrived: from now on it may be read."""
        ...


class Uploads(Protocol):
    """Files that programs sent, in a private folder per job, until the job has ended.

    `limit` is how many bytes one request may bring.
    """

    limit: int

    def receive(self, job_id: str) -> AbstractContextManager[Upload]:
        """Take files in; on an error nothing of them is left."""
        ...

    def folder(self, job_id: str) -> Path:
        """Where they are. Raises `NotFound`."""
        ...

    def remove(self, job_id: str) -> None:
        """Delete the files of this job, where there are any."""
        ...

    def keep(self, job_ids: Collection[str]) -> None:
        """Delete the files of every job but these. Never while files arrive."""
        ...
