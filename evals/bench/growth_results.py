"""What a growth run finds out about the vector index, size by size."""

from assist.domain.base import Model


class Asked(Model):
    """`n` distinct queries for the nearest rows, of which a filter keeps a `share` in `runs` runs.

    `recall_at_10` is against comparing with every row that passes.
    """

    share: float
    runs: int
    n: int
    p50_ms: float
    p95_ms: float
    recall_at_10: float


class Grown(Model):
    """The index of `passages` vectors, the first `real` of them of passages, the others jittered.

    `open_seconds`: the first query after opening, Chroma's import included where it is needed.
    `check_ms`: the check at start. `lost`: rows of `looked_up` that their own vector did not find.
    """

    passages: int
    real: int
    build_seconds: float
    bytes_per_passage: float
    open_seconds: float
    check_ms: float
    looked_up: int
    lost: int
    asked: tuple[Asked, ...]


class Growth(Model):
    """All sizes. `jitter` is the length of what was added to a unit vector to make another."""

    machine: str
    dimension: int
    limit: int
    jitter: float
    sizes: tuple[Grown, ...]
