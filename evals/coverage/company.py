"""The sample company, articles hidden -> coverage of the curated tickets that ask for them."""

from pathlib import Path

import numpy as np

from assist.domain.coverage import TicketCoverage
from assist.service.covering import Covering
from evals.cases import load_cases
from evals.coverage.measuring import told_apart
from evals.coverage.running import HIDDEN, SEEDS
from evals.opening import desk_of, existing

CASES = Path("evals/cases")
FOLDERS = ("core", "everyday", "hard")


def report_of_company(home: Path | None) -> dict[str, object]:
    """Tickets that name the documents to use; a gap is one all of whose documents are hidden."""
    cases = load_cases([CASES / name for name in FOLDERS])
    with desk_of(existing(home)) as desk:
        covering = Covering(desk)
        whole = covering.coverer()
        known = set(whole.documents)
        named = [(case, frozenset(case.expect.documents) & known) for case in cases]
        asked = [(case, documents) for case, documents in named if documents]
        covered: list[float] = []
        gaps: list[float] = []
        for seed in range(SEEDS):
            names = np.random.default_rng(seed).permutation(sorted(known))
            out = frozenset(names[: round(HIDDEN * len(names))].tolist())
            judged = covering.judge((case.ticket for case, _ in asked), whole.without(out))
            for (_, documents), one in zip(asked, judged, strict=True):
                if isinstance(one, TicketCoverage):
                    (gaps if documents <= out else covered).append(one.worst.value)
        return {"set": "kb", "tickets": len(asked), "near": told_apart(covered, gaps)}
