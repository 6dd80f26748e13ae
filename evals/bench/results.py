"""What the bench finds out: one type per kind of row. Times in seconds unless named `_ms`."""

from typing import Literal

from assist.domain.base import Model


class FirstSuggestion(Model):
    """A fresh process, from its start to its end, one ticket each."""

    seconds: tuple[float, ...]
    median: float


class Latency(Model):
    """One operation in a warm process, each input once."""

    operation: str
    corpus: str
    n: int
    p50_ms: float
    p95_ms: float


class Ingest(Model):
    """`assist ingest` into an empty home. `seconds` are of the work, `wall` of the process."""

    corpus: str
    passages: int
    seconds: float
    wall: float
    passages_per_second: float


class Memory(Model):
    """Peak sum of PSS over a command's process tree and its database, in MB (10**6 bytes).

    `database_mb` is the database's own peak; 0 means that it was not seen, `samples` says
    how often was looked.
    """

    command: str
    peak_mb: float
    database_mb: float
    samples: int


class Retrieval(Model):
    """Documents ranked for the queries of one set; `_pm` is half the width of a 95 % interval.

    It is none where there is one query alone.
    """

    corpus: str
    retriever: str
    n: int
    recall_at_10: float
    recall_pm: float | None
    ndcg_at_10: float
    ndcg_pm: float | None


class Answering(Model):
    """Questions put to a corpus: its own should be `answered`, another source's `abstained` from.

    `share` is how often that happened, `low` and `high` its 95 % interval. `right` is the share
    of the answers that cite a document known to hold the answer; none for foreign questions.
    """

    corpus: str
    source: str
    due: Literal["answered", "abstained"]
    n: int
    share: float
    low: float
    high: float
    right: float | None


class Bench(Model):
    """Everything measured, on what, and what was left out and why."""

    size: str
    assist_version: str
    git_sha: str | None
    machine: str
    first_suggestion: FirstSuggestion
    latencies: tuple[Latency, ...]
    ingests: tuple[Ingest, ...]
    memory: tuple[Memory, ...]
    retrieval: tuple[Retrieval, ...]
    answering: tuple[Answering, ...]
    skipped: tuple[str, ...]
    seconds: float
