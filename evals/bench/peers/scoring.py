"""The runs of all peers -> each query's recall, nDCG and MRR, to compare with any other run's."""

from collections.abc import Sequence
from pathlib import Path

from evals.retrieval.beir import read_judgments
from evals.retrieval.metrics import Scores, score
from evals.retrieval.trec import read_run


def score_runs(out: Path, qrels: Path, queries: str) -> dict[str, Scores]:
    """Peer -> its scores on the query file of this name, for each peer with such a run in `out`.

    A query that a peer found nothing for scores 0. Raises `BadInput` naming file and line.
    """
    judgments = read_judgments(qrels)
    return {file.parent.name: score(read_run(file), judgments) for file in runs(out, queries)}


def runs(out: Path, queries: str) -> Sequence[Path]:
    """The run of each peer on the query file of this name, in order of the peers' names."""
    return sorted(out.glob(f"*/{queries}.trec"))
