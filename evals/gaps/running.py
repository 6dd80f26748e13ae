"""Draws of hidden articles -> how well the gaps found are the articles hidden."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assist.domain.gaps import GapReport
from assist.domain.ticket import Message, Ticket
from assist.insights.gaps.clusters import FEWEST
from assist.insights.gaps.drafts import Draft, Section
from assist.retrieval.covering.judge import Coverer
from assist.service.covering import Covering
from assist.service.gaps.finding import Mined, find_gaps
from assist.service.gaps.proposals import drafts_of
from assist.service.gaps.proving import Bench
from evals.coverage.items import CoverageSet
from evals.coverage.running import coverer_of
from evals.gaps.tickets import Needs, curated, generated


@dataclass(frozen=True)
class Draw:
    """One draw. `ari` and `v` are over the hidden articles' tickets that are in a gap."""

    hidden: int
    gaps: int
    found: float
    """Share of the hidden articles, of `FEWEST` tickets and more, that some gap is mostly about."""
    spurious: float
    """Share of gaps most of whose tickets are answered by an article that is there."""
    ari: float
    v: float
    caught: float
    """Share of the hidden articles' tickets that are in a gap."""
    restored: float
    """Share of proved gaps' issues that are covered with the draft,"""
    unquoted: float
    """and with what the draft tells alone, without the customers' own words as headings."""
    proved: int
    worse: float
    """Mean share of other tickets that get worse."""


@dataclass(frozen=True)
class Asked:
    """Tickets, what judges them, and the articles of which some are hidden."""

    needs: tuple[Needs, ...]
    coverer: Coverer
    names: tuple[str, ...]

    @classmethod
    def of_company(cls, covering: Covering) -> "Asked":
        """The articles for customers of the home that is served, and tickets about them."""
        library = covering.desk.opened().library
        stored = covering.desk.parts.knowledge.documents(library.generation.id)
        articles = [
            one
            for one in stored
            if one.kind == "kb" and not one.macro and one.audience == "customer" and not one.expires
        ]
        names = sorted(one.id for one in articles)
        needs = [need for one in articles for need in generated(one)]
        needs += curated(frozenset(names))
        return cls(tuple(needs), covering.coverer(), tuple(names))

    @classmethod
    def of_set(cls, found: CoverageSet, compiled: Path) -> "Asked":
        """Another knowledge base with questions that people asked; each is a ticket."""
        needs = tuple(
            Needs(Ticket(id=f"q-{n}", messages=(Message(text=one.text),)), one.documents)
            for n, one in enumerate(found.asked)
            if one.documents
        )
        coverer = coverer_of(found, compiled)
        return cls(needs, coverer, tuple(sorted(coverer.documents)))


def draws(covering: Covering, asked: Asked, seeds: Iterable[int], hide: int) -> list[Draw]:
    """`hide` articles at random, once per seed. Needs a home that serves the company."""
    library = covering.desk.opened().library
    made = []
    for seed in seeds:
        out = frozenset(np.random.default_rng(seed).permutation(asked.names)[:hide].tolist())
        less = asked.coverer.without(out)
        mined = find_gaps(covering, [need.ticket for need in asked.needs], coverer=less)
        bench = Bench.of(mined.issues, less, library.parts.embedder)
        made.append(_draw(mined, asked.needs, out, bench, covering))
    return made


def _draw(
    mined: Mined, needs: Sequence[Needs], out: frozenset[str], bench: Bench, covering: Covering
) -> Draw:
    truth = {need.ticket.id: _about(need, out) for need in needs}
    report = mined.report
    about = [_most([truth[t] for t in _tickets(report, n)]) for n in range(len(report.gaps))]
    many = Counter(name for name in truth.values() if name)
    expected = {name for name, count in many.items() if count >= FEWEST}
    rows = [
        (truth[ticket], number)
        for number in range(len(report.gaps))
        for ticket in _tickets(report, number)
        if truth[ticket]
    ]
    ari, v = _agreement(rows)
    proofs = [
        (bench.prove(gap, made), gap, made)
        for gap, made in drafts_of(mined, covering)
        if not made.is_outline
    ]
    return Draw(
        hidden=len(expected),
        gaps=len(report.gaps),
        found=len(expected & set(about)) / len(expected),
        spurious=about.count("") / max(1, len(about)),
        ari=ari,
        v=v,
        caught=len(rows) / sum(many.values()),
        restored=_mean([proof.restored for proof, _, _ in proofs]),
        unquoted=_mean([bench.prove(gap, _unquoted(made)).restored for _, gap, made in proofs]),
        proved=len(proofs),
        worse=_mean([len(proof.worse) / max(1, proof.others) for proof, _, _ in proofs]),
    )


def _about(need: Needs, out: frozenset[str]) -> str:
    """The hidden article that it misses; "" where one that answers it is there."""
    return min(need.articles) if need.articles <= out else ""


def _unquoted(made: Draft) -> Draft:
    """What it tells, under its tags."""
    told = tuple(text for section in made.sections for text in section.told)
    tags = made.front_matter["tags"]
    title = " ".join(tags) if isinstance(tags, list) else made.id
    return made.model_copy(
        update={"title": title, "sections": (Section(question=title, told=told),)}
    )


def _tickets(report: GapReport, number: int) -> list[str]:
    return list(dict.fromkeys(ticket.ticket_id for ticket in report.gaps[number].tickets))


def _most(names: Sequence[str]) -> str:
    return Counter(names).most_common(1)[0][0]


def _agreement(rows: Sequence[tuple[str, int]]) -> tuple[float, float]:
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    if not rows:
        return 0.0, 0.0
    truth, found = zip(*rows, strict=True)
    return float(adjusted_rand_score(truth, found)), float(v_measure_score(truth, found))


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
