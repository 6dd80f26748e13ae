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

    A run must neither write into a database that serves nor depend on a records service. The
    compiled model is that of the usual home: a run need not wait until it is compiled once more.
    """
    apart = {
        "database_url": None,
        "records_url": None,
        "workspace": "default",
        "compiled": usual_models(),
    }
    return read_settings(home).model_copy(update=apart)


def usual_models() -> Path:
    """Where the usual home keeps the embedding model as compiled for this machine."""
    usual = read_settings()
    return usual.compiled or usual.home / "models"
