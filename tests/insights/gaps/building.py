"""Issues and directions for tests of gaps."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from assist.domain.coverage import Covered
from assist.insights.gaps.uncovered import Uncovered
from assist.ports import Vectors

START = datetime(2026, 1, 1, tzinfo=UTC)


def an_issue(
    ticket_id: str = "t-1", text: str = "How do I move the hub?", **told: Any
) -> Uncovered:
    """One that nothing covers."""
    coverage = told.pop("coverage", 0.1)
    document = told.pop("document", "")
    covered = Covered(value=coverage, state="not", document_id=document)
    return Uncovered(ticket_id=ticket_id, text=text, covered=covered, **told)


def day(number: int) -> datetime:
    """The day of this number."""
    return START + timedelta(days=number)


def around(axes: list[int], dimension: int = 16, noise: float = 0.2, seed: int = 0) -> Vectors:
    """A unit row near each of these axes."""
    rng = np.random.default_rng(seed)
    rows = np.eye(dimension, dtype=np.float32)[axes]
    rows = rows + rng.normal(scale=noise / np.sqrt(dimension), size=rows.shape).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
