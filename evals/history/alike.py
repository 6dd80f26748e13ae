"""`python -m evals.history.alike`: how near replies are that say the same, and those that do not.

What set `steps.ALIKE`: drafts to tickets of different categories, against drafts and their own
statements without greeting, thanks and signature.
"""

import asyncio
from itertools import combinations
from pathlib import Path

import numpy as np

from assist.domain.suggestion import Suggestion
from assist.wiring import opened
from evals.cases import load_cases
from evals.history.steps import ALIKE
from evals.homes import own_settings, temporary_home
from evals.suites import ROOT

CASES, CORPUS = ROOT / "evals" / "cases" / "core", ROOT / "kb_corpus"


def _suggestions(cases: Path, corpus: Path) -> tuple[list[Suggestion], list[float], list[float]]:
    """The answers, the cosines of drafts of other categories, and of drafts with their facts."""
    with temporary_home() as home, opened(own_settings(home)) as desk:
        desk.ingest(corpus, progress=lambda _stage, _done, _total: None)
        runs = [desk.begin(case.ticket, at=case.at, level=case.level) for case in load_cases(cases)]
        made = [run.suggestion(asyncio.run(run.last())) for run in runs]
        answers = [one for one in made if one.choice]
        drafts = desk.parts.embedder.embed([one.draft.text for one in answers])
        stated = desk.parts.embedder.embed([_stated(one) for one in answers])
    apart = [
        float(drafts[a] @ drafts[b])
        for a, b in combinations(range(len(answers)), 2)
        if answers[a].issue.category != answers[b].issue.category
    ]
    return answers, apart, [float(a @ b) for a, b in zip(drafts, stated, strict=True)]


def _stated(one: Suggestion) -> str:
    return " ".join(s.text for s in one.draft.sentences if s.kind in ("fact", "promise"))


def main() -> None:
    """Print the quantiles on both sides of the bar."""
    answers, apart, same = _suggestions(CASES, CORPUS)
    print(f"{len(answers)} answers; the bar is {ALIKE}")
    print(f"other categories, {len(apart)} pairs: {_told(apart, (0.5, 0.95, 0.99))}")
    print(f"the same, statements alone: {_told(same, (0.01, 0.05, 0.5))}")


def _told(cosines: list[float], at: tuple[float, ...]) -> str:
    found = np.quantile(cosines, at)
    return ", ".join(f"{q:.0%} {value:.2f}" for q, value in zip(at, found, strict=True))


if __name__ == "__main__":
    main()
