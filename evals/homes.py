"""Homes of their own for runs and benches: made empty, gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assist.settings import Settings, read_settings


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A home folder that is deleted when the block ends, whatever embedded state it holds."""
    with tempfile.TemporaryDirectory(prefix="assist-evals-") as folder:
        home = Path(folder)
        # Run as root, PostgreSQL's own user must pass through, or data would be kept elsewhere.
        home.chmod(0o711)
        yield home


def own_settings(home: Path) -> Settings:
    """The settings of a run in a home of its own, whatever servers the environment names.

    A run must neither write into a database that serves nor depend on a records service.
    """
    apart = {"database_url": None, "records_url": None, "workspace": "default"}
    return read_settings(home).model_copy(update=apart)
