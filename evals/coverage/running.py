"""A set -> coverage of all that is asked, with the knowledge base whole and articles hidden."""

import time
from pathlib import Path

import numpy as np

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.retrieval.chunking import chunk
from assist.retrieval.covering.judge import Coverer
from assist.retrieval.covering.lines import lines
from assist.retrieval.covering.own import self_calibrated
from assist.retrieval.covering.scale import COVERING
from assist.service.covering_lines import embed_each
from evals.coverage.items import CoverageSet
from evals.coverage.measuring import told_apart

HIDDEN = 0.15
"""Share of articles hidden at a time: their own questions become gaps that are near misses."""
SEEDS = 10


def coverer_of(found: CoverageSet, compiled: Path) -> Coverer:
    """What judges by these documents, cut as a knowledge base is."""
    model = SentenceEmbedder(compiled=compiled, cache=0)
    passages = [p for d in found.documents for p in chunk(d, model.pieces, model.max_pieces)]
    every = lines(passages)
    vectors = embed_each(model, [line.text for line in every])
    coverer = Coverer.of(every, vectors, lambda asked: embed_each(model, asked))
    return coverer.on(self_calibrated(coverer))


def report(found: CoverageSet, coverer: Coverer) -> dict[str, object]:
    """Each label of the set against the covered, near misses, speed, and the first document."""
    started = time.perf_counter()
    judged = coverer.judge_each([a.text for a in found.asked], [a.before for a in found.asked])
    seconds = time.perf_counter() - started
    by_label: dict[str, list[float]] = {asked.label: [] for asked in found.asked}
    for asked, one in zip(found.asked, judged, strict=True):
        by_label[asked.label].append(one.value)
    own = "answerable" if "answerable" in by_label else "covered"
    right = [
        one.document_id in asked.documents
        for asked, one in zip(found.asked, judged, strict=True)
        if asked.label == own
    ]
    against = {
        label: told_apart(by_label[own], values)
        for label, values in by_label.items()
        if label != own
    }
    near = hidden(found, coverer) if own == "covered" else {}
    return {
        "set": found.name,
        "lines": len(coverer.lines),
        "documents": len(coverer.documents),
        "against": against,
        "near": near,
        "document_right": round(float(np.mean(right)), 4),
        "per_second": round(len(found.asked) / seconds, 1),
    }


def hidden(found: CoverageSet, coverer: Coverer) -> dict[str, object]:
    """Of `SEEDS` draws, articles hidden: their questions against those of the others."""
    own = [asked for asked in found.asked if asked.documents]
    vectors = coverer.embed([asked.text for asked in own])
    covered: list[float] = []
    gaps: list[float] = []
    for seed in range(SEEDS):
        names = np.random.default_rng(seed).permutation(sorted(coverer.documents))
        out = frozenset(names[: max(1, round(HIDDEN * len(names)))].tolist())
        less = coverer.without(out)
        values = less.scale.values(less.evidence(less.measure_vectors(vectors))).tolist()
        for asked, value in zip(own, values, strict=True):
            (gaps if asked.documents <= out else covered).append(value)
    return told_apart(covered, gaps)


def few(found: CoverageSet, coverer: Coverer, count: int) -> dict[str, object]:
    """Of `SEEDS` draws of so many articles alone: their questions, the others' and what is far."""
    vectors = coverer.embed([asked.text for asked in found.asked])
    names = sorted({name for asked in found.asked for name in asked.documents})
    covered: list[float] = []
    other: dict[str, list[float]] = {"near": [], "far": []}
    for seed in range(SEEDS):
        drawn = frozenset(np.random.default_rng(seed).permutation(names)[:count].tolist())
        small = coverer.without(frozenset(coverer.documents) - drawn).on(COVERING)
        small = small.on(self_calibrated(small))
        values = small.scale.values(small.evidence(small.measure_vectors(vectors))).tolist()
        for asked, value in zip(found.asked, values, strict=True):
            if asked.documents & drawn:
                covered.append(value)
            else:
                other["near" if asked.documents else "far"].append(value)
    told = {label: told_apart(covered, values) for label, values in other.items() if values}
    return {"set": found.name, "documents": count, **told}
