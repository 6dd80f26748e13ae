"""Texts by cluster -> the words that set each cluster apart (c-TF-IDF).

As in BERTopic (Grootendorst 2022, https://arxiv.org/abs/2203.05794): a cluster is one long text;
a word weighs its share of the cluster times `log(1 + A / f)`, where f is how often it stands in
all clusters and A the mean number of words of a cluster.
"""

from collections.abc import Sequence

import numpy as np

NAMED = 6
"""Words named of a cluster."""
WORD = r"(?u)\b[^\W\d_][\w-]+\b"
"""Words of two letters or more, no bare numbers: an order's number is no subject."""


def keywords(
    clusters: Sequence[Sequence[str]], rest: Sequence[str] = ()
) -> tuple[tuple[str, ...], ...]:
    """Of each cluster its words, the most telling first. `rest` are texts of no cluster."""
    from sklearn.feature_extraction.text import CountVectorizer  # a second to import

    texts = ["\n".join(one) for one in (*clusters, rest)]
    try:
        counter = CountVectorizer(stop_words="english", token_pattern=WORD)
        counts = counter.fit_transform(texts).toarray().astype(np.float64)
    except ValueError:  # what it raises where all are stop words: nothing sets them apart
        return ((),) * len(clusters)
    words = counter.get_feature_names_out()
    lengths = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    weights = counts / lengths * np.log1p(lengths.mean() / counts.sum(axis=0))
    return tuple(_best(words, row) for row in weights[: len(clusters)])


def _best(words: Sequence[str], weights: np.ndarray) -> tuple[str, ...]:
    order = np.argsort(-weights, kind="stable")[:NAMED]
    return tuple(str(words[n]) for n in order if weights[n] > 0)
