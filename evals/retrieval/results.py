"""What a measurement of rankings finds out. Metrics go by their names in `metrics.METRICS`."""

from datetime import datetime

from assist.domain.base import Model


class Estimate(Model):
    """A mean over queries and the 95 % interval it was estimated with.

    There is no interval where one query is all there is: it cannot tell how others would do.
    """

    mean: float
    low: float | None
    high: float | None


class Measures(Model):
    """Every metric's mean over the same `n` queries, or over `n` sources."""

    n: int
    metrics: dict[str, Estimate]


class Difference(Model):
    """A run's mean minus its baseline's over the same queries, with its 95 % interval if any.

    `p` is the share of random swaps of the two that differ at least as much; `better`, `equal`
    and `worse` count queries.
    """

    mean: float
    low: float | None
    high: float | None
    p: float
    better: int
    equal: int
    worse: int


class Loss(Model):
    """A query that the run ranks worse than the baseline, by nDCG@10; `text` where it is known."""

    query_id: str
    text: str | None
    run: float
    baseline: float


class Comparison(Model):
    """A run against a baseline over `n` queries, and the queries that lost most."""

    run: str
    baseline: str
    n: int
    metrics: dict[str, Difference]
    lost: tuple[Loss, ...]


class Ratio(Model):
    """Of two means over sources: what one has more, and how many times the other's it is.

    `times` is none where the other's mean is 0, or is so in one of the resamples.
    """

    difference: Estimate
    times: Estimate | None


class RetrievalRun(Model):
    """One folder's queries, ranked by one state of the knowledge base.

    `by_kind` holds the measures where only documents of that kind count as relevant. `values` are
    each query's metrics. Queries `without_relevant` documents count nowhere; those `without_text`
    find nothing and count as 0.
    """

    source: str
    queries: str
    started_at: datetime
    seconds: float
    assist_version: str
    git_sha: str | None
    generation: str
    embedder: str
    top_k: int
    documents: int
    measures: Measures
    by_kind: dict[str, Measures]
    comparison: Comparison | None
    values: dict[str, dict[str, float]]
    without_relevant: tuple[str, ...]
    without_text: tuple[str, ...]
    notes: tuple[str, ...]
